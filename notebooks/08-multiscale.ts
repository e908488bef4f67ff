// %% [markdown]
// # 8 · Multiscale flows
//
// **Let the easy half go**
//
// *The question.* A flow needs as many latents as data: for a photograph millions, each of which goes through every layer. Most of them describe grain that no later layer improves. Can a flow let them go early, stay exactly invertible, and lose nothing of its likelihood? And pictures are whole numbers: what does a *density* mean for them at all?
//
// You will
//
// 1. squeeze pictures, in the order of each library, and let half of their channels leave,
// 2. see why that is a coupling whose parameters are constant, and count what it saves,
// 3. train a multiscale flow on faces, and draw each of its levels anew by itself,
// 4. watch a likelihood grow without bound on whole numbers, and measure bits that can be compared.
//
// The chapter follows section 16.4 of Simon Prince's *Understanding Deep Learning*, and what section 16.5.2 says of whole numbers. Equation numbers are the book's. Run the cells from top to bottom with **Shift+Enter**. Chapter 5 is needed; chapters 6 and 7 are not.

// %%
import {
  affine,
  affineTransformer,
  chain,
  channelMask,
  convNet,
  coupling,
  fit,
  flow,
  glow,
  glowStep,
  invertible1x1Convolution,
  latentLevels,
  random,
  rationalQuadraticSpline,
  split,
  squeeze,
  standardNormal,
  tf,
} from "flowlab";
import { bitsPerDimension, dequantize, drawnImages, quantize } from "flowlab/data";
import { imageGridFigure, jacobianFigure, jacobianOf, lineFigure, palette } from "flowlab/figure";
import { progressBar, slider, table } from "flowlab/notebook";
import { check, predict } from "flowlab-grader";

// %% [markdown]
// ## 8.1 From pixels to places
//
// A flow cannot throw numbers away: it could not find them again. What it can do is to stop working on some of them. To decide on which, a picture is first rearranged. **Squeezing** makes one *place* of each block of 2 × 2 pixels, with four times as many channels. Nothing is computed, numbers change places; the determinant of such a map is 1 or −1.
//
// Here are faces of 16 × 16 pixels, grey, drawn by program, and the four channels of 8 × 8 places that squeezing makes of each.

// %%
const side = 16;
const faces = drawnImages("faces", { count: 1500, size: side, seed: 8 }).images;
const newFaces = drawnImages("faces", { count: 200, size: side, seed: 9 }).images;

const four = faces.slice([0, 0, 0, 0], [4, side, side, 1]);
const squeezedFour = squeeze().inverse(four).value as tf.Tensor4D;

imageGridFigure({
  images: four,
  columns: 4,
  title: "Four faces of 16 × 16 pixels",
});

// %%
imageGridFigure({
  images: tf.transpose(squeezedFour, [0, 3, 1, 2]).reshape([16, 8, 8, 1]) as tf.Tensor4D,
  columns: 4,
  values: [0, 255],
  headings: ["channel 1", "channel 2", "channel 3", "channel 4"],
  title: "The same, squeezed: four channels of 8 × 8 places",
});

// %% [markdown]
// Each channel is the face again, seen through every other row and column. So a place knows four neighbours, and a coupling that keeps some channels and changes the others has good predictors. A convolution that sees 3 × 3 places now reaches twice as far.
//
// Which pixel becomes which channel? The book and the papers leave it open, and programs disagree: whoever loads weights from one into another has to know.

// %% exercise="08.squeeze"

// %% [markdown]
// A picture in colour shows the difference. Below, the twelve channels of one squeezed ball in the three orders, by **your** code once it has passed. The first half, six channels, are those that would stay.

// %%
const yours = await check.passed("08.squeeze", ["squeezeImage"]);

const ball = drawnImages("balls", { count: 1, size: side, colour: true, seed: 3 }).images;
const ballNumbers = Array.from(ball.dataSync());

slider(
  { name: "order", from: 0, to: 2, step: 1, value: 0 },
  (order) => {
    const squeezed = tf.tensor3d(yours.squeezeImage(ballNumbers, side, 3, order), [8, 8, 12]);
    return imageGridFigure({
      images: tf.transpose(squeezed, [2, 0, 1]).reshape([12, 8, 8, 1]) as tf.Tensor4D,
      columns: 6,
      values: [0, 255],
      title: `${["0: place first", "1: channel first", "2: diagonals first"][order]}. Upper row: the first six channels`,
    });
  },
  { frames: 3 },
);

// %% [markdown]
// In order 0 the upper row holds all three colours of the upper two pixels of each block. In order 1 it holds all four pixels of red, then two of green. In order 2 it holds all colours of one diagonal: a checkerboard.
//
// ## 8.2 Half of them leave
//
// After some layers at this resolution, half of the channels of each place **leave**: they are latents now. The others go on, are squeezed again, and so forth. In the book's notation $z = [z_1, z_2, \dots, z_N]$: when a picture is *generated*, one begins with the coarse part $z_1$ alone, takes it through its layers, appends $z_2$, goes on, and so on until there are as many numbers as in $x$. When a picture is *scored*, it goes the other way, and each part is compared with the base density where it leaves:
//
// $$\log Pr(x) = \sum_{\text{levels}} \Big(\log Pr(\text{what leaves}) + \log\big|\det \text{ of the level's layers}\big|\Big).$$

// %% predict="through-all-levels"

// %%
const levelOf = latentLevels([side, side, 1], 3);
const leavesAt = [1, 2, 3].map((level) => tf.tidy(() => tf.sum(tf.equal(levelOf, level)).dataSync()[0]));

imageGridFigure({
  images: tf.stack([1, 2, 3].map((level) => tf.cast(tf.equal(levelOf, level), "float32"))) as tf.Tensor4D,
  columns: 3,
  values: [-0.1, 1.15],
  headings: leavesAt.map((count, i) => `level ${i + 1}: ${count} numbers`),
  title: "Where the latents of each level sit, if they are laid back to their pixels",
});

// %% answer="through-all-levels"
predict.answer("through-all-levels", { first: leavesAt[0], second: leavesAt[1], third: leavesAt[2] });

// %% [markdown]
// The stripes are those of order 0: the first half of a place's channels is the upper row of its block.
//
// *After the book's figure 16.10.* There the vector $z$ is cut into four parts, and the last map acts on all of it; here a level works on what has not left yet.
//
// Nothing is lost. All 256 latents are still there, and the map is exactly invertible: put what has left beside what comes back, and undo the layers. So this is no compression. What becomes smaller is the *work*.
//
// > **A remark on the book's motivation.** It begins with the thought that natural data can be described by fewer variables than they have numbers, and lets the others leave early. A multiscale flow does not find out how many variables that are: half of the channels leave at each level, whatever the data. And latents that have left still count in the likelihood, each as much as any other.
//
// **It is a coupling.** Look at the layers of one level, once half of the numbers have left. As a map of *all* numbers, what is its Jacobian? Below are 16 numbers, a picture of 2 × 2 places with four channels, of which two stay and go through a layer with a network in it. Rows and columns are sorted, first the eight that stay, then the eight that leave.

// %% predict="split-jacobian"

// %%
const inside = chain([
  invertible1x1Convolution({ channels: 2, seed: 2 }),
  coupling({
    mask: channelMask(2, "second"),
    transformer: affineTransformer(),
    conditioner: convNet({ inputs: 1, outputs: 2, hidden: [8], zeroLast: false, seed: 5 }),
  }),
]);
const partly = split({ inner: inside });
const spot = random("chapter 8, jacobian").normal(16);
const jacobianThere = jacobianOf((x) => partly.inverse(x).value, spot, [2, 2, 4]);
const stayFirst = [...Array(16).keys()].sort((a, b) => Number(a % 4 >= 2) - Number(b % 4 >= 2) || a - b);
const sortedJacobian = stayFirst.map((i) => stayFirst.map((j) => jacobianThere[i][j]));
const zerosIn = (rows: number[], columns: number[]): number =>
  rows.flatMap((i) => columns.map((j) => sortedJacobian[i][j])).filter((v) => v === 0).length;
const [staying, leaving] = [
  [0, 1, 2, 3, 4, 5, 6, 7],
  [8, 9, 10, 11, 12, 13, 14, 15],
];

jacobianFigure({
  matrix: sortedJacobian,
  names: ["z", "x"],
  title: "∂z/∂x of a level after the split: exact zeros are grey",
});

// %% answer="split-jacobian"
predict.answer("split-jacobian", {
  upper: zerosIn(staying, leaving),
  lower: zerosIn(leaving, staying),
});

// %% [markdown]
// Compare it with chapter 5. A coupling is $x_a = z_a$, $x_b = g[z_b, \phi[z_a]]$, and all that its network learns sits in the block below the diagonal. Here that block is empty, too: the map of what goes on, $g[\,\cdot\,, \phi]$, has parameters that do not look at the other half. Dinh, Sohl-Dickstein and Bengio (2016) say so of their architecture: **a multiscale flow is a coupling flow whose $\phi$ is constant.** Its determinant is that of the smaller map alone.
//
// Glow puts a little of it back. There the *base* of what leaves is a normal density whose mean and deviation are computed from what stays. That is a coupling once more, as you will derive.

// %% exercise="08.split"

// %% [markdown]
// ## 8.3 What it saves
//
// Think of a picture in colour, 32 × 32, with four levels, and of steps as Glow has them: a matrix over the channels, and a coupling with a small convolutional network.

// %% predict="where-the-time-goes"

// %% exercise="08.cost"

// %% [markdown]
// The counts, by **your** function once it has passed, beside the time that the library's steps take at each level, for eight pictures at once. Each time is the best of several.

// %%
const counting = await check.passed("08.cost", ["workPerLevel"]);

const hidden = 32;
const counts = [1, 0].map((leave) => counting.workPerLevel(32 * 32, 3, 4, hidden, leave));

/** Milliseconds of one step at a level with these channels, from x to z. */
function timeStep(places: number, channels: number): number {
  const step = glowStep({ channels, hidden: [hidden, hidden] });
  const edge = Math.sqrt(places);
  const pictures = random(`chapter 8, ${channels} channels`).normalTensor([8, edge, edge, channels]);
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    tf.tidy(() => step.inverse(pictures).value.dataSync());
    return performance.now() - start;
  });
  pictures.dispose();
  return Math.min(...times);
}

const timing = progressBar("Timing the steps of each level", 8);
const times = [1, 0].map((leave, way) =>
  [1, 2, 3, 4].map((level) => {
    const channels = 3 * (leave === 1 ? 2 ** (level + 1) : 4 ** level);
    const time = timeStep(1024 / 4 ** level, channels);
    timing.update(4 * way + level);
    return time;
  }),
);
timing.finish();

table(
  [1, 2, 3, 4].map((level, i) => ({
    level,
    "numbers, half leaving": 3072 / 2 ** i,
    "million multiplications": (counts[0][i] / 1e6).toFixed(2),
    ms: times[0][i].toFixed(1),
    "numbers, all staying": 3072,
    "million multiplications ": (counts[1][i] / 1e6).toFixed(2),
    "ms ": times[1][i].toFixed(1),
  })),
);

// %%
lineFigure({
  series: [
    {
      x: [1, 2, 3, 4],
      y: counts[0].map((v) => v / 1e6),
      name: "half leaves after each level",
      line: { color: palette.data },
    },
    { x: [1, 2, 3, 4], y: counts[1].map((v) => v / 1e6), name: "all stay", line: { color: palette.base } },
  ],
  xTitle: "level",
  yTitle: "million multiplications of one step",
  title: "With leaving, coarse levels are nearly free",
});

// %% answer="where-the-time-goes"
predict.answer("where-the-time-goes", {
  first: counts[0][0] / counts[0].reduce((a, b) => a + b),
  ratio: counts[1].reduce((a, b) => a + b) / counts[0].reduce((a, b) => a + b),
  lastRatio: counts[1][3] / counts[0][3],
});

// %% [markdown]
// The measured times follow the counts only roughly. Small layers spend most of their time on being called, which is why coarse levels do not cost *nothing* in practice; and a matrix of 192 channels has to be put together of its factors (chapter 3) before it is applied at all.
//
// ## 8.4 Level by level
//
// The smallest multiscale flow has no network at all: sums and differences of neighbours, and for each level one scale and one shift for each of four channels. Write it, there and back.

// %% exercise="08.multiscale"

// %% [markdown]
// **Yours**, once it has passed, at work: two levels on pictures of 8 × 8 pixels. The same latents are used from left to right; what differs is the log-scale of the *differences*, that is, how much grain there is. The first channels are the coarse picture, 2 × 2 numbers.

// %%
const small = await check.passed("08.multiscale", ["multiscaleFlow"]);
const smallLatent = random("chapter 8, grain").normal(64);
const grain = (level: number, scale: number) => {
  const S = [0, 1].map((row) => [0, ...Array(3).fill(row === level ? scale : -2)]);
  return small.multiscaleFlow(S, [Array(4).fill(0), Array(4).fill(0)]).forward(smallLatent);
};

imageGridFigure({
  images: tf.tensor4d(
    [0, 1].flatMap((level) => [-4, -2, -1, 0, 0.7].flatMap((scale) => grain(level, scale))),
    [10, 8, 8, 1],
  ),
  columns: 5,
  values: [-3, 3],
  headings: ["s = −4", "−2", "−1", "0", "0.7"],
  title: "Log-scale of the differences: of level 1 (upper row), of level 2 (lower row)",
});

// %% [markdown]
// The upper row differs from pixel to pixel, the lower from block to block. A picture of the world has much of the second and little of the first.
//
// Now a multiscale flow of the faces: three levels of two steps, of which half of the channels leave twice. Whole numbers from 0 to 255 are made coarser, 32 levels, and get noise (8.5 says why).

// %%
const faceMap = chain([
  glow({
    height: side,
    width: side,
    channels: 1,
    levels: 3,
    steps: 2,
    hidden: [32, 32],
    learnedPrior: false,
    seed: 8,
  }),
  affine({ scale: 0.25, shift: 0.5 }),
]);
const faceFlow = flow(standardNormal([side, side, 1]), faceMap);
const faceSteps = 240;
const faceBar = progressBar("Training on faces", faceSteps);
const faceHistory = await fit(faceFlow, faces, {
  steps: faceSteps,
  batchSize: 64,
  learningRate: 2e-3,
  schedule: "cosine",
  keep: "last",
  seed: 1,
  perturb: (batch, noise) => dequantize(batch, { bits: 5, random: noise }),
  onProgress: ({ step, loss }) => faceBar.update(step, `${loss.toFixed(0)} nats`),
});
faceBar.finish();

lineFigure({
  series: [
    {
      x: faceHistory.loss.map((_, i) => i + 1),
      y: faceHistory.loss,
      name: "loss",
      line: { color: palette.data },
    },
  ],
  xTitle: "step",
  yTitle: "loss of a face (nats)",
  title: "Training a multiscale flow",
});

// %% [markdown]
// One new face is taken to its latents. Then the latents of **one** level are drawn anew from the base, and all others are kept. Level 1 are the 128 numbers that leave first, level 3 the 64 that stay to the end.

// %% predict="which-level"

// %%
const oneFace = newFaces.slice([3, 0, 0, 0], [1, side, side, 1]);
const oneLatent = tf.tidy(() => faceMap.inverse(dequantize(oneFace, { bits: 5, random: 4 })).value);

/** Eight pictures in which the latents of these levels are new. */
function redraw(levels: number[], temperature = 0.8): tf.Tensor4D {
  return tf.tidy(() => {
    const chosen = tf.cast(
      levels.map((level) => tf.equal(levelOf, level)).reduce((a, b) => tf.logicalOr(a, b)),
      "float32",
    );
    const noise = random(`chapter 8, levels ${levels}`).normalTensor([8, side, side, 1]);
    const z = tf.add(tf.mul(oneLatent, tf.sub(1, chosen)), tf.mul(tf.mul(noise, temperature), chosen));
    return quantize(faceMap.forward(z).value, { bits: 5 }) as tf.Tensor4D;
  });
}
const redrawn = [1, 2, 3].map((level) => redraw([level]));
/** Mean change of a pixel, of 255. */
const changes = redrawn.map((pictures) =>
  tf.tidy(() => tf.mean(tf.abs(tf.sub(pictures, oneFace))).dataSync()[0]),
);

imageGridFigure({
  images: tf.concat([tf.tile(oneFace, [8, 1, 1, 1]), ...redrawn]) as tf.Tensor4D,
  columns: 8,
  values: [0, 255],
  title: "The face, and with level 1, 2, 3 drawn anew (rows)",
});

// %% answer="which-level"
predict.answer("which-level", { fine: changes[0], middle: changes[1], coarse: changes[2] });

// %% [markdown]
// With all levels new, the flow generates. The noise is a little less wide than the base here, 0.8; chapter 9 says what that means.

// %%
imageGridFigure({
  images: tf.concat([redraw([1, 2, 3]), faces.slice([8, 0, 0, 0], [8, side, side, 1])]) as tf.Tensor4D,
  columns: 8,
  values: [0, 255],
  title: "Upper row: new faces of the flow. Lower row: faces it was trained on",
});

// %% [markdown]
// After so short a training, a few hundred steps, the heads are there, and their grain is not right yet. Chapter 9 trains a larger one for longer.
//
// ## 8.5 Why whole numbers need noise
//
// A pixel is a whole number. A *density* may be as high as it likes: nothing but its integral is bounded. Let us see where that leads. Four numbers, 0 to 3, occur with probabilities 0.1, 0.4, 0.3 and 0.2; their entropy is 1.280 nats.
//
// Here is a sequence of flows on $[0, 4)$. Each is piecewise linear, as in chapter 4: the base is uniform on $[0, 1)$, and 98 per cent of what belongs to a whole number $n$ is put into the interval from $n$ to $n + \varepsilon$, the rest spread over the other $1 - \varepsilon$.

// %% predict="integers-without-noise"

// %%
const weights = [0.1, 0.4, 0.3, 0.2];
const share = 0.98;
const entropy = -weights.reduce((sum, w) => sum + w * Math.log(w), 0);

/** log-density of x in [0, 4), in nats, of the flow whose steep pieces have the width ε. */
function stairs(x: number, epsilon: number): number {
  const n = Math.min(3, Math.floor(x));
  const slope = x - n < epsilon ? share / epsilon : (1 - share) / (1 - epsilon);
  return Math.log(weights[n] * slope);
}
const onIntegers = (epsilon: number): number =>
  -weights.reduce((sum, w, n) => sum + w * stairs(n, epsilon), 0);
/** The mean over noise, exactly: a share ε of the noise falls on the steep piece. */
const withNoise = (epsilon: number): number =>
  -weights.reduce(
    (sum, w, n) => sum + w * (epsilon * stairs(n, epsilon) + (1 - epsilon) * stairs(n + 0.999999, epsilon)),
    0,
  );

const axis = Array.from({ length: 801 }, (_, i) => (4 * i) / 801);
slider(
  { name: "width", from: -3, to: -0.1, step: 0.1, value: -1, label: "log₁₀ ε" },
  (width) => {
    const epsilon = 10 ** width;
    // So that a piece of any width is seen, its two ends belong to the axis.
    const places = [
      ...axis,
      ...weights.flatMap((_, n) => [n, n + 0.999 * epsilon, n + 1.001 * epsilon]),
    ].sort((a, b) => a - b);
    return lineFigure({
      series: [
        {
          x: places,
          y: places.map((x) => Math.exp(stairs(x, epsilon))),
          name: "density",
          line: { color: palette.data },
        },
      ],
      xTitle: "x",
      yTitle: "density",
      yRange: [0, 10],
      title: `ε = ${epsilon.toPrecision(2)}: −log Pr on whole numbers ${onIntegers(epsilon).toFixed(2)} nats, with noise ${withNoise(epsilon).toFixed(2)}`,
    });
  },
  { frames: 5 },
);

// %%
const widths = Array.from({ length: 60 }, (_, i) => 10 ** (-6 + (5.99 * i) / 59));

lineFigure({
  series: [
    {
      x: widths.map(Math.log10),
      y: widths.map(onIntegers),
      name: "on whole numbers",
      line: { color: palette.data },
    },
    {
      x: widths.map(Math.log10),
      y: widths.map(withNoise),
      name: "with noise",
      line: { color: palette.base },
    },
    {
      x: [-6, 0],
      y: [entropy, entropy],
      name: "entropy of the numbers",
      line: { color: palette.neutral, dash: "dash" },
    },
  ],
  xTitle: "log₁₀ of the width ε",
  yTitle: "mean −log Pr (nats)",
  title: "The narrower the steps, the better the score, without end",
});

// %% answer="integers-without-noise"
predict.answer("integers-without-noise", { tenth: onIntegers(0.1), millionth: onIntegers(1e-6), entropy });

// %% [markdown]
// Such a model has learned nothing that is not in a table of four probabilities. Yet its score passes any other's.
//
// **Noise closes the door.** Add to each number fresh noise $u$, uniform on $[0, 1)$, and score $n + u$. This is *dequantization*. Then a density can be high on a part of a cell only if it is low on the rest, and the noise visits both. In formulas, with the probability $P(n) = \int_0^1 p(n + u)\,du$ that the density gives to the cell, Jensen's inequality says
//
// $$\mathbb{E}_u\big[\log p(n + u)\big] \;\le\; \log \int_0^1 p(n + u)\,du = \log P(n).$$
//
// So what is trained is a *lower bound* of the log-probability of whole numbers; and on average over data, no probabilities have less than their entropy. Equality holds where $p$ is flat within each cell.

// %% predict="integers-with-noise"

// %%
const numbersDrawn = (() => {
  const draws = random("chapter 8, numbers").uniform(2000);
  return draws.map((u) => (u < 0.1 ? 0 : u < 0.5 ? 1 : u < 0.8 ? 2 : 3));
})();

const learningBar = progressBar("A spline on whole numbers, without noise and with it", 800);
/** Losses of a spline's training, with fresh noise at each step or with none. */
async function learnNumbers(noisy: boolean): Promise<readonly number[]> {
  const model = flow(
    standardNormal(),
    chain([rationalQuadraticSpline({ bins: 16, interval: [-3, 3] }), affine({ scale: 0.8, shift: 2 })]),
  );
  const { loss } = await fit(model, numbersDrawn, {
    steps: 400,
    batchSize: 500,
    learningRate: 0.03,
    keep: "last",
    seed: 1,
    ...(noisy && { perturb: (batch: tf.Tensor, noise) => tf.add(batch, noise.uniformTensor(batch.shape)) }),
    onProgress: ({ step }) => learningBar.update((noisy ? 400 : 0) + step),
  });
  return loss;
}
const [bare, noisy] = [await learnNumbers(false), await learnNumbers(true)];
learningBar.finish();

lineFigure({
  series: [
    {
      x: bare.map((_, i) => i + 1),
      y: bare,
      name: "whole numbers as they are",
      line: { color: palette.data },
    },
    { x: noisy.map((_, i) => i + 1), y: noisy, name: "with fresh noise", line: { color: palette.base } },
    { x: [1, 400], y: [entropy, entropy], name: "entropy", line: { color: palette.neutral, dash: "dash" } },
  ],
  xTitle: "step",
  yTitle: "loss (nats)",
  title: "The same spline, the same numbers",
});

// %% answer="integers-with-noise"
predict.answer("integers-with-noise", {
  bare: bare.slice(-20).reduce((a, b) => a + b) / 20,
  noisy: noisy.slice(-20).reduce((a, b) => a + b) / 20,
  entropy,
});

// %% [markdown]
// The noise has to be drawn **anew at each step**. Drawn once, it is learned by heart with the data: the points would be real numbers, but still points.
//
// Uniform noise asks the flow for densities that are flat in small cubes, which smooth maps do not like. Flow++ (Ho and others, 2019) learns the noise, too; it has to stay within the cell, or the bound is none.
//
// ## 8.6 Bits
//
// The loss of an image flow is in nats, for so many numbers, of a density in some scaling. To compare models, it is expressed as **bits per dimension**: the length of a code that the model could write for the image, per number. A code that knows nothing takes 8 bits for 256 levels.

// %% exercise="08.bits"

// %% [markdown]
// The faces once more: bits per dimension of the trained flow on faces that it has not seen, by **your** function once it has passed, beside the library's. They have 32 levels, so a code without knowledge takes 5.

// %%
const accounting = await check.passed("08.bits", ["addNoise", "bitsPerNumber"]);

const [held, heldLog] = tf.tidy(() => {
  const coarse = tf.floor(tf.div(newFaces.slice([0, 0, 0, 0], [50, side, side, 1]), 8));
  const pixels = Array.from(coarse.dataSync());
  const noised = accounting.addNoise(pixels, random("chapter 8, held out").uniform(pixels.length), 32);
  return [noised, Array.from(faceFlow.logProb(tf.tensor4d(noised, [50, side, side, 1])).dataSync())];
});
const size = side * side;
const yourBits = heldLog.map((log, i) =>
  accounting.bitsPerNumber(log, held.slice(i * size, (i + 1) * size), 32, 1, 0.05),
);
const mean = (list: number[]): number => list.reduce((a, b) => a + b, 0) / list.length;

table(
  [
    { model: "a code that knows nothing", "bits per dimension": 5 },
    { model: "the multiscale flow, by bitsPerNumber", "bits per dimension": mean(yourBits) },
    {
      model: "the same, by the library",
      "bits per dimension": mean(heldLog.map((log) => bitsPerDimension(log, { dimensions: size, bits: 5 }))),
    },
  ],
  { digits: 4 },
);

// %% [markdown]
// ## 8.7 Yours
//
// All of the chapter in one: a flow of small pictures, from coarse to fine, trained by you and measured in bits.

// %% exercise="08.train"

// %% [markdown]
// Whatever passes is trained here on faces of 8 × 8 pixels. The rows below are faces that it has seen, new ones that it draws, and one face with its first 48 latents drawn anew, then with all but the last four drawn anew, then with only these four.

// %%
const trainers = await check.passed("08.train", ["fitMultiscale"], { waits: true });

const smallFaces = drawnImages("faces", { count: 300, size: 8, seed: 10 }).images;
const smallData = (
  dequantize(smallFaces, { bits: 5, random: 11 }).reshape([300, 64]) as tf.Tensor2D
).arraySync();
const ownFlow = await trainers.fitMultiscale(smallData);
const ownLatent = await ownFlow.inverse(smallData[0]);

/** Eight pictures with these places of z new; the others are those of the first face. */
async function redrawOwn(isNew: (place: number) => boolean): Promise<number[][]> {
  const stream = random("chapter 8, yours");
  const rows: number[][] = [];
  for (let i = 0; i < 8; i++) {
    const noise = stream.normal(64);
    rows.push(await ownFlow.forward(ownLatent.map((v, place) => (isNew(place) ? noise[place] : v))));
  }
  return rows;
}
const ownRows = [
  smallData.slice(0, 8),
  await redrawOwn(() => true),
  await redrawOwn((place) => place < 48),
  await redrawOwn((place) => place < 60),
  await redrawOwn((place) => place >= 60),
];

imageGridFigure({
  images: tf.tensor4d(ownRows.flat(2), [40, 8, 8, 1]),
  columns: 8,
  values: [0, 1],
  title: "Seen; new; grain new; all but the last four new; the last four new",
});

// %%
const ownNew = drawnImages("faces", { count: 100, size: 8, seed: 12 }).images;
const ownLogs = await ownFlow.logDensity(
  (dequantize(ownNew, { bits: 5, random: 13 }).reshape([100, 64]) as tf.Tensor2D).arraySync(),
);

table(
  [
    { "faces of 8 × 8 pixels": "a code that knows nothing", "bits per dimension": 5 },
    {
      "faces of 8 × 8 pixels": "your flow, on 100 new ones",
      "bits per dimension": bitsPerDimension(mean(ownLogs), { dimensions: 64, bits: 5 }),
    },
  ],
  { digits: 3 },
);

// %% [markdown]
// ## What to take away
//
// - Squeezing makes places with four channels of blocks of 2 × 2 pixels. It moves numbers, and programs differ in the order.
// - Half of the channels leave after each level, are scored by the base, and are not seen by later levels. The log-densities of what leaves and the log-determinants of all levels are added.
// - As a map of all numbers, a level after a split is a coupling whose parameters are constant. A base that looks at what stays is a coupling, too.
// - With leaving, all levels together work on less than twice the numbers of the first. Without, channels grow by four, and matrices over them by sixteen.
// - What leaves late is coarse: the head and where it is. What leaves first is the grain.
// - On whole numbers a likelihood has no bound. Fresh noise in each cell makes it a lower bound of a log-probability.
// - Bits per dimension are about cells of width 1. Every change of scaling counts, the logit's most of all.
//
// **What comes next.** All parts of Glow are there but two: a normalization that works for one picture at a time, and the matrix over the channels. Chapter 9 puts them together.
//
// **Where it comes from.** Laurent Dinh, Jascha Sohl-Dickstein and Samy Bengio (2016) let half of the channels leave, in RealNVP, and take the logit of noised pixels. Diederik Kingma and Prafulla Dhariwal (2018) made it Glow's architecture. Benigno Uria, Iain Murray and Hugo Larochelle (2013) added uniform noise to whole numbers so that densities of them make sense; Lucas Theis, Aäron van den Oord and Matthias Bethge (2016) showed that this gives a bound. Jason Yu, Konstantinos Derpanis and Marcus Brubaker (2020) let wavelets decide what leaves.

// %% [markdown]
// ## Quiz
//
// Five questions to see what has stayed. Write an answer in the place of the remark and run the cell: what it means unfolds below. There are no points, and you may choose again.

// %% quiz=true

// %% [markdown]
// ## References
//
// - Simon J. D. Prince. *Understanding Deep Learning*, chapter 16. MIT Press, 2023. [udlbook.com](https://udlbook.com)
// - Laurent Dinh, Jascha Sohl-Dickstein, Samy Bengio. Density estimation using Real NVP. [arXiv:1605.08803v3](https://arxiv.org/abs/1605.08803v3), 2016.
// - Diederik P. Kingma, Prafulla Dhariwal. Glow: generative flow with invertible 1×1 convolutions. [arXiv:1807.03039v2](https://arxiv.org/abs/1807.03039v2), 2018.
// - Benigno Uria, Iain Murray, Hugo Larochelle. RNADE: the real-valued neural autoregressive density-estimator. [arXiv:1306.0186v2](https://arxiv.org/abs/1306.0186v2), 2013.
// - Lucas Theis, Aäron van den Oord, Matthias Bethge. A note on the evaluation of generative models. [arXiv:1511.01844v3](https://arxiv.org/abs/1511.01844v3), 2016.
// - Jonathan Ho, Xi Chen, Aravind Srinivas, Yan Duan, Pieter Abbeel. Flow++: improving flow-based generative models with variational dequantization and architecture design. [arXiv:1902.00275v2](https://arxiv.org/abs/1902.00275v2), 2019.
// - Jason J. Yu, Konstantinos G. Derpanis, Marcus A. Brubaker. Wavelet Flow: fast training of high resolution normalizing flows. [arXiv:2010.13821v1](https://arxiv.org/abs/2010.13821v1), 2020.
