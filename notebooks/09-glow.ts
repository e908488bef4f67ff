// %% [markdown]
// # 9 · Glow
//
// **Faces out of noise**
//
// *The question.* All the parts are there: layers that mix, layers that bend, latents that leave early. What does it take to put them together so that a flow *draws*: faces that nobody has seen, faces between two others, a face with another smile?
//
// You will
//
// 1. write the parts of Glow, and see why each of them is as it is,
// 2. train a Glow on faces while you watch, stop it, and let it go on where it was,
// 3. draw faces, colder and warmer, and learn what a temperature does and what it does not,
// 4. walk between two faces, change a mouth, and draw each level anew by itself,
// 5. build a small Glow of your own, train it, and hand in the file with what it has learned,
// 6. let a flow learn from a density, without any samples.
//
// The chapter follows sections 16.5.2 and 16.5.3 of Simon Prince's *Understanding Deep Learning* and includes its problem 16.11. Equation numbers are the book's. Run the cells from top to bottom with **Shift+Enter**. Chapters 3, 5 and 8 are needed.

// %%
import { existsSync } from "node:fs";
import {
  affine,
  chain,
  fit,
  fitToDensity,
  flow,
  glow,
  latentLevels,
  glowStep as libraryStep,
  loadFlow,
  logitTransform,
  multiscale,
  normalDensity,
  normalQuantile,
  random,
  splineCoupling,
  squeeze,
  standardize,
  standardNormal,
  tf,
  uniform,
} from "flowlab";
import * as pictures from "flowlab/data";
import { bitsPerDimension, dequantize, drawnImages, quantize, toyDensities } from "flowlab/data";
import {
  density2dFigure,
  imageGridFigure,
  jacobianFigure,
  jacobianOf,
  lineFigure,
  linspace,
  palette,
  samples2dFigure,
} from "flowlab/figure";
import { markdown, progressBar, slider, table, trainingDisplay } from "flowlab/notebook";
import { check, predict } from "flowlab-grader";

// %% [markdown]
// ## 9.1 A normalization for few pictures at a time
//
// Deep networks train well when the numbers between their layers have a mean near 0 and a deviation near 1. Chapter 3 had two flows for that, both diagonal. *Batch normalization* takes mean and deviation of each batch anew. **ActNorm** takes them once, of the first batch, and from then on its scale and shift are parameters like any other.
//
// Why not always the first? Large pictures fill the memory, so they come in small batches: Glow's authors trained on one picture at a time on each processor. Let us see what that does. Here are faces, squeezed as in chapter 8: 8 × 8 places with four channels each.

// %%
const side = 16;
const faces = drawnImages("faces", { count: 400, size: side, seed: 8 }).images;
const places = tf.tidy(() =>
  squeeze()
    .inverse(tf.sub(tf.div(faces, 128), 1))
    .value.reshape([-1, 256]),
);
const rows = places.arraySync() as number[][];

imageGridFigure({
  images: faces.slice([0, 0, 0, 0], [16, side, side, 1]),
  columns: 8,
  title: "Faces of 16 × 16 pixels",
});

// %% [markdown]
// Batch normalization, and behind it a standard normal base: the simplest flow that there is with it. The first face of all is scored by it again and again, each time in the company of other faces, 100 times for each size of the batch.

// %% predict="company"

// %%
/** log Pr of the first picture, in nats, if each channel is standardized by mean and deviation of these pictures. */
function scoreInBatch(batch: readonly number[][]): number {
  let logDensity = -128 * Math.log(2 * Math.PI);
  for (let c = 0; c < 4; c++) {
    const own = batch.flatMap((picture) => picture.filter((_, at) => at % 4 === c));
    const mean = own.reduce((sum, v) => sum + v, 0) / own.length;
    const variance = own.reduce((sum, v) => sum + (v - mean) ** 2, 0) / own.length;
    for (let at = c; at < 256; at += 4)
      logDensity -= ((batch[0][at] - mean) ** 2 / variance + Math.log(variance)) / 2;
  }
  return logDensity;
}

const batchSizes = [1, 2, 4, 8, 16, 32, 64];
const companies = random("chapter 9, company");
const scores = batchSizes.map((size) =>
  Array.from({ length: 100 }, () => {
    const others = companies.uniform(size - 1).map((u) => rows[1 + Math.floor(399 * u)]);
    return scoreInBatch([rows[0], ...others]);
  }),
);
const range = (list: readonly number[]): number => Math.max(...list) - Math.min(...list);

lineFigure({
  series: [
    {
      x: batchSizes.map(Math.log2),
      y: scores.map((list) => Math.max(...list)),
      name: "highest score",
      line: { color: palette.data },
    },
    {
      x: batchSizes.map(Math.log2),
      y: scores.map((list) => Math.min(...list)),
      name: "lowest score",
      line: { color: palette.base },
    },
  ],
  xTitle: "log₂ of the batch's size",
  yTitle: "log Pr of the same face (nats)",
  title: "What a face is worth depends on its company",
});

// %% answer="company"
predict.answer("company", { two: range(scores[1]), eight: range(scores[3]), many: range(scores[6]) });

// %% [markdown]
// Those are not two opinions about the face: the map itself is another one in each batch. And alone in its batch, a picture is always standardized by itself, so that brightness and contrast are gone, and nothing is left to learn about them. When such a flow *generates*, there is no batch at all, and averages kept from training stand in for it.
//
// ActNorm's first batch makes a good beginning of the map, the same for all pictures. It costs $2C$ parameters for $C$ channels, and its log-determinant is a sum.

// %% exercise="09.actnorm"

// %% [markdown]
// **Yours**, once it has passed: the four channels of the squeezed faces before and after, over a batch of 64.

// %%
const normalizing = await check.passed("09.actnorm", ["firstScales", "normalizeChannels"]);

const firstBatch = rows.slice(0, 64);
const ownScales = normalizing.firstScales(firstBatch, 4);
const normalized = firstBatch.map((picture) =>
  normalizing.normalizeChannels(picture, ownScales.s, ownScales.b),
);
const statistics = (pictures: readonly (readonly number[])[], c: number) => {
  const own = pictures.flatMap((picture) => picture.filter((_, at) => at % 4 === c));
  const mean = own.reduce((sum, v) => sum + v, 0) / own.length;
  return { mean, deviation: Math.sqrt(own.reduce((sum, v) => sum + (v - mean) ** 2, 0) / own.length) };
};

table(
  [0, 1, 2, 3].map((c) => {
    const [before, after] = [
      statistics(firstBatch, c),
      statistics(
        normalized.map(({ z }) => z),
        c,
      ),
    ];
    return {
      channel: c + 1,
      "mean before": before.mean,
      "deviation before": before.deviation,
      "mean after": Math.round(1e6 * after.mean) / 1e6,
      "deviation after": after.deviation,
    };
  }),
  { digits: 3 },
);

// %% [markdown]
// ## 9.2 A matrix over the channels
//
// A coupling changes half of the channels and lets the other half be, so between two couplings the halves must be exchanged. RealNVP exchanges them in a fixed way. Glow lets the exchange be *learned*: each place's $C$ numbers are multiplied by a matrix $W$, the same at all places. That is a convolution that sees 1 × 1 place. Exchanges and shuffles are such matrices, and so is everything between them: below, a rotation of two of the four channels.
//
// $W$ is kept in factors, $W = P L\,(U + \mathrm{diag}(s))$, as in chapter 3. $P$ is drawn once and stays, $L$ has ones on its diagonal, and the log-determinant is $h \cdot w \cdot \sum_c \log|s_c|$.
//
// > **Erratum.** One text prints $\log\det W$ and $\mathrm{sum}(\log s)$, another $\log|\det W|$ on one side and $\mathrm{sum}(\log s)$ on the other. Both need the bars, here and in ActNorm: scales may be negative. And for equation 16.9 the diagonal of $L$ has to be said: with a free diagonal its logarithms count, too.

// %% exercise="09.conv"

// %% [markdown]
// A rotation by the angle $\theta$, without a permutation, has the factors
//
// $$\begin{pmatrix}\cos\theta & -\sin\theta\\ \sin\theta & \cos\theta\end{pmatrix} = \begin{pmatrix}1 & 0\\ \tan\theta & 1\end{pmatrix}\begin{pmatrix}\cos\theta & -\sin\theta\\ 0 & 1/\cos\theta\end{pmatrix}.$$
//
// At 0° nothing happens, at 90° the two channels are exchanged (one with the other sign), between them they are mixed.

// %% predict="ninety-degrees"

// %%
const mixing = await check.passed("09.conv", ["mixChannels"]);

/** A face with its first two channels turned by an angle in degrees. */
function turnChannels(degrees: number): { pictures: tf.Tensor4D; logDet: number } {
  const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const lower = [
    [1, 0],
    [sine / cosine, 1],
  ];
  const upper = [
    [0, -sine],
    [0, 0],
  ];
  // Every other pixel's brightness, and how much darker its right neighbour is.
  const two = rows[0].flatMap((v, at) => (at % 4 === 0 ? [v, v - rows[0][at + 1]] : []));
  const { z, logDet } = mixing.mixChannels(two, [0, 1], lower, upper, [cosine, 1 / cosine]);
  const channels = [0, 1].flatMap((c) => z.filter((_, at) => at % 2 === c));
  return { pictures: tf.tensor4d(channels, [2, 8, 8, 1]), logDet };
}

slider(
  { name: "angle", from: 0, to: 89, step: 1, value: 30, label: "θ in degrees" },
  (angle) => {
    const { pictures, logDet } = turnChannels(angle);
    return imageGridFigure({
      images: pictures,
      columns: 2,
      values: [-1.5, 1.5],
      headings: ["channel 1", "channel 2"],
      title: `Brightness and edges, turned by ${angle}°: log|det| = ${Math.abs(logDet) < 1e-9 ? "0" : logDet.toFixed(3)}`,
    });
  },
  { frames: 5 },
);

// %% answer="ninety-degrees"
predict.answer("ninety-degrees", {
  pivot: Math.cos((89.9 * Math.PI) / 180),
  entry: Math.tan((89.9 * Math.PI) / 180),
});

// %% [markdown]
// So $P$ is not there for beauty. A rotation that is drawn at random, as Glow's $W$ is at the beginning, is factored with its pivots in a good order, $P$ remembers the order, and training moves on from there.
//
// **Other linear convolutions.** A $1 \times 1$ matrix sees no neighbours. Linear maps with a wider view can be inverted, too. *Emerging* convolutions (Hoogeboom, van den Berg and Welling, 2019) chain two autoregressive convolutions, each of which is a triangular matrix, so that together they see a full window; *periodic* ones, in the same paper, treat the picture as a torus, where a convolution is a product in the Fourier domain, and its determinant a product over frequencies. *ConvFlow* (Zheng, Yang and Carbonell, 2017) is no linear map itself: to a vector it adds what a convolution that looks one way only makes of it, bent and scaled, so that its Jacobian is triangular. Glow does without: its neighbours are seen by the networks.
//
// ## 9.3 A step of Glow
//
// ActNorm, matrix, coupling: that is a **step**. Each layer, its way back and its log-determinant, for pictures of $h \times w$ places with $C$ channels, from $x$ to $z$:
//
// | layer | to $z$ | back | log-determinant |
// |---|---|---|---|
// | ActNorm | $z = s \odot x + b$ | $x = (z - b)/s$ | $h\,w \sum_c \log\lvert s_c\rvert$ |
// | 1 × 1 convolution | $z = W x$ | $x = W^{-1} z$ | $h\,w \sum_c \log\lvert s_c\rvert$, $W = PL(U + \mathrm{diag}(s))$ |
// | affine coupling | $z_a = x_a$, $z_b = (x_b - t[x_a]) \odot e^{-r[x_a]}$ | $x_b = z_b \odot e^{r[z_a]} + t[z_a]$ | $-\sum r[x_a]$ |
//
// The last sum goes over all numbers that change. The network that computes $r$ and $t$ sees the *other* half, and can be anything. Papers differ in which half passes, and in which direction is multiplied: compare signs before you compare codes.

// %% exercise="09.step"

// %% [markdown]
// The Jacobian of **your** step, once it has passed, for two places of four channels; beside it that of the library's, whose network is convolutional: four places in a square.

// %%
const stepping = await check.passed("09.step", ["glowStep"]);

const weightsOf = random("chapter 9, a step");
const square = (n: number, scale: number): number[][] =>
  Array.from({ length: n }, () => weightsOf.normal(n).map((v) => scale * v));
const ownStep = stepping.glowStep(
  [1.5, -0.7, 0.9, 1.2],
  [0, 0.3, -0.2, 0.1],
  [2, 0, 3, 1],
  square(4, 0.6),
  square(4, 0.6),
  [0.8, -1.1, 1.4, 0.7],
  square(2, 0.8),
  square(2, 0.8),
);
const somewhere = weightsOf.normal(8);
/** By central differences. */
const ownJacobian = somewhere.map((_, i) =>
  somewhere.map((_, j) => {
    const moved = (step: number) => ownStep.inverse(somewhere.map((v, k) => (k === j ? v + step : v))).z[i];
    const slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
    return Math.abs(slope) < 1e-9 ? 0 : slope;
  }),
);

jacobianFigure({
  matrix: ownJacobian,
  names: ["z", "x"],
  title: "∂z/∂x of your step, two places of four channels: exact zeros are grey",
});

// %%
const wideStep = libraryStep({ channels: 4, hidden: [8], seed: 9 });
const fourPlaces = random("chapter 9, four places").normalTensor([1, 2, 2, 4]);
wideStep.initialize?.(random("chapter 9, a batch").normalTensor([16, 2, 2, 4]));
// A network begins with the answer 0; a little of everything in its last layer, as training brings.
for (const variable of wideStep.variables)
  if (tf.tidy(() => tf.sum(tf.abs(variable)).dataSync()[0]) === 0)
    variable.assign(tf.tidy(() => tf.mul(random("chapter 9, weights").normalTensor(variable.shape), 0.1)));

jacobianFigure({
  matrix: jacobianOf((x) => wideStep.inverse(x).value, Array.from(fourPlaces.dataSync()), [2, 2, 4]),
  names: ["z", "x"],
  title: "The library's step, four places: the second half of each place depends on its neighbours",
});

// %% [markdown]
// In the first picture each place is a block of its own. In the second, the rows of the first half of a place are as before; those of the second half reach over to the neighbours, by the network and by nothing else. Yet the determinant never asks for these entries.
//
// ## 9.4 Levels of steps
//
// $L$ levels of $K$ steps each: squeeze, take $K$ steps, let half of the channels leave, and so on, as in chapter 8. For pictures of 256 × 256 pixels Kingma and Dhariwal took $L = 6$ and $K = 32$, 192 couplings with networks of 512 channels. Here $L = 3$ and $K = 4$ do, with networks of 48 channels, for 16 × 16 pixels. One more thing is Glow's: each network's *last* layer begins with zeros, so that at first every coupling does nothing, and the whole flow begins as ActNorms and rotations.
//
// Which pictures? Faces that are drawn by program, as they can be had anywhere. **Yours** will do as well, by changing one line: a folder of PNG files, all of one size, or a file in the format of MNIST.
//
// ```ts
// const album: pictures.ImageSet = pictures.pngFolder("my-pictures", { channels: 1 });
// const album: pictures.ImageSet = pictures.idxImages("train-images-idx3-ubyte", { limit: 5000 });
// ```
//
// Sides of 16 to 32 pixels, even, are a good size; with a few thousand pictures a flow does not learn them by heart.

// %%
const album: pictures.ImageSet = pictures.drawnImages("faces", { count: 4200, size: 16, seed: 9 });

const [albumSize, height, width, channels] = album.images.shape;
const heldCount = Math.min(200, Math.floor(albumSize / 5));
const seen = album.images.slice([heldCount, 0, 0, 0], [albumSize - heldCount, height, width, channels]);
const unseen = album.images.slice([0, 0, 0, 0], [heldCount, height, width, channels]);
// As many levels as the sides can be halved, up to three.
const levels = [3, 2, 1].find((count) => height % 2 ** count === 0 && width % 2 ** count === 0) ?? 1;
const dimensions = height * width * channels;
/** 32 levels of grey: chapter 8. */
const bits = 5;

imageGridFigure({
  images: unseen.slice([0, 0, 0, 0], [24, height, width, channels]),
  columns: 8,
  title: `${albumSize - heldCount} pictures to learn from, and ${heldCount} like these to be tested on`,
});

// %% predict="before-training"

// %%
const glowMap = chain([
  glow({ height, width, channels, levels, steps: 4, hidden: [48, 48], seed: 9 }),
  affine({ scale: 0.25, shift: 0.5 }),
]);
const model = flow(standardNormal([height, width, channels]), glowMap);
const toPixels = (x: tf.Tensor): tf.Tensor4D => quantize(x, { bits }) as tf.Tensor4D;

// ActNorm wants a first batch, as it will get in training.
model.bijection.initialize?.(
  dequantize(seen.slice([0, 0, 0, 0], [64, height, width, channels]), { bits, random: 1 }),
);
const untrained = tf.tidy(() => toPixels(model.sample(8, 1)));

imageGridFigure({ images: untrained, columns: 8, values: [0, 255], title: "Drawn before training" });

// %% answer="before-training"
const neighbours = tf.tidy(() => {
  const x = tf.sub(untrained, tf.mean(untrained));
  const right = x.slice([0, 0, 1, 0], [8, height, width - 1, channels]);
  const left = x.slice([0, 0, 0, 0], [8, height, width - 1, channels]);
  return tf.div(tf.mean(tf.mul(left, right)), tf.mean(tf.square(x))).dataSync()[0];
});
predict.answer("before-training", { neighbours });

// %% [markdown]
// Now the training. It takes half a minute or more; the curve grows while you watch. Its progress is kept in a file beside this notebook, so that nothing is lost: **stop it** in the middle (■) and run the cell again, and it goes on where it was. Run the whole notebook tomorrow, and the faces are there at once. Write a larger number of steps and run the cell again: it goes on from the last one. To begin anew, or with other pictures of the same number and size, delete the file, make the model anew by running the cell with `const model`, and run this one again: a model that is there goes on with the weights that it has.

// %%
const trainingSteps = 700;
const trained = await fit(model, seen, {
  steps: trainingSteps,
  batchSize: 64,
  learningRate: 0.003,
  warmup: 50,
  seed: 9,
  perturb: (batch, noise) => dequantize(batch, { bits, random: noise }),
  checkpoint: { path: `09-glow-${album.images.shape.join("x")}.checkpoint`, everySeconds: 10 },
  onProgress: trainingDisplay({
    steps: trainingSteps,
    label: "Training Glow",
    yTitle: "loss of a picture (nats)",
  }),
});
const stepsDone = trained.loss.length;

// %%
const bitsOf = (images: tf.Tensor4D): number =>
  tf.tidy(() =>
    bitsPerDimension(tf.mean(model.logProb(dequantize(images, { bits, random: 2 }))).dataSync()[0], {
      dimensions,
      bits,
    }),
  );

table(
  [
    { pictures: "a code that knows nothing", "bits per dimension": bits },
    {
      pictures: "pictures from the training",
      "bits per dimension": bitsOf(seen.slice([0, 0, 0, 0], [heldCount, height, width, channels])),
    },
    { pictures: `${heldCount} new ones, after ${stepsDone} steps`, "bits per dimension": bitsOf(unseen) },
  ],
  { digits: 3 },
);

// %%
imageGridFigure({
  images: tf.tidy(() =>
    tf.concat([toPixels(model.sample(24, 5)), seen.slice([0, 0, 0, 0], [8, height, width, channels])]),
  ) as tf.Tensor4D,
  columns: 8,
  values: [0, 255],
  title: "Three rows of new faces, and one of those it was trained on",
});

// %% [markdown]
// A head, two eyes that tilt with it, a mouth below: nobody has told the flow of them. It has seen pixels, and has been asked for their density. Most are faces; some have an eye too many or a mouth that runs off. With more steps the loss goes on falling. Write 2000 above, run the cell again, and see whether such slips become rarer.
//
// ## 9.5 Temperature
//
// Pictures like those in papers are seldom drawn from the base as it is. Latents are multiplied by a **temperature** $T < 1$, so that extreme ones do not occur.

// %% predict="coldest"

// %%
const chilled = random("chapter 9, temperature").normalTensor([16, height, width, channels]);

slider(
  { name: "temperature", from: 0, to: 1.2, step: 0.1, value: 0.7, label: "T" },
  (temperature) =>
    imageGridFigure({
      images: tf.tidy(() => toPixels(glowMap.forward(tf.mul(chilled, temperature)).value)),
      columns: 8,
      values: [0, 255],
      title: `The same latents, times T = ${temperature.toFixed(1)}`,
    }),
  { frames: 5 },
);

// %% answer="coldest"
/** Mean difference of two pictures at a pixel, of 255. */
const spreadAt = (temperature: number): number =>
  tf.tidy(() => {
    const drawn = toPixels(glowMap.forward(tf.mul(chilled, temperature)).value);
    const [one, other] = [
      drawn.slice([0, 0, 0, 0], [8, height, width, channels]),
      drawn.slice([8, 0, 0, 0], [8, height, width, channels]),
    ];
    return tf.mean(tf.abs(tf.sub(one, other))).dataSync()[0];
  });
predict.answer("coldest", { zero: spreadAt(0), half: spreadAt(0.5), one: spreadAt(1) });

// %% [markdown]
// GANs have a similar device, the *truncation trick* (Brock, Donahue and Simonyan, 2018), which draws extreme latents again: less variety, cleaner pictures. What does it do to the density?
//
// The density of $T z$ is the base's density to the power $1/T^2$, up to a constant. The power is **above** 1 for $T < 1$: it makes high densities higher.
//
// > **Errata.** The book (16.5.2) says that the base density is raised to a *positive* power. Positive is not enough: a power of $\tfrac12$ would make it wider. It is $1/T^2 > 1$. Glow's paper (section 6) prints the power $T^2$ for the model's density, which for $T < 1$ would make it wider, too.
//
// And one would like to say that the *model's* density gets the same power, $Pr(x)^{1/T^2}$: that its best pictures are drawn more often. Is it so?

// %% exercise="09.temperature"

// %% [markdown]
// Both densities, by **your** functions once they have passed: towards the left edge the slope of $x = e^z$ is small, which makes the model's density large. The power draws the model there, and the temperature does not.

// %%
const tempering = await check.passed("09.temperature", ["logDrawn", "logPower"]);

const places01 = Array.from({ length: 300 }, (_, i) => 0.01 + (4 * i) / 300);
slider(
  { name: "T", from: 0.4, to: 1, step: 0.05, value: 0.7, label: "T" },
  (T) =>
    lineFigure({
      series: [
        {
          x: places01,
          y: places01.map((x) => Math.exp(tempering.logDrawn(x, T))),
          name: "drawn: latents of temperature T",
          line: { color: palette.base },
        },
        {
          x: places01,
          y: places01.map((x) => Math.exp(tempering.logPower(x, T))),
          name: "the model to the power 1/T²",
          line: { color: palette.data },
        },
        {
          x: places01,
          y: places01.map((x) => Math.exp(tempering.logDrawn(x, 1))),
          name: "the model",
          line: { color: palette.neutral, dash: "dash" },
        },
      ],
      xTitle: "x = exp(z)",
      yTitle: "density",
      yRange: [0, 2.5],
      title:
        T === 1 ? "T = 1: both are the model" : `T = ${T.toFixed(2)}: two colder models, and they differ`,
    }),
  { frames: 5 },
);

// %% [markdown]
// Why? $Pr(x) = Pr(z)/|\det|$, and a power of $Pr(x)$ is one of the determinant, too: $Pr(z)^{1/T^2}\,|\det|^{-1/T^2}$. What is drawn has the density $Pr(z)^{1/T^2}\,|\det|^{-1}$ up to a constant. The two agree for $T \ne 1$ only where $|\det|$ is the **same everywhere**: for affine maps, for NICE, for a Glow with additive couplings. Kingma and Dhariwal drew their faces at $T = 0.7$ from models with additive couplings; with affine ones, as here, it is a way of drawing that looks good.
//
// For $x = az + b$, with constant slope, both are the same normal density of deviation $aT$. The figure would show one line.
//
// ## 9.6 Between two faces
//
// Take two pictures that the flow has never seen. Half of one and half of the other, pixel by pixel, is a double exposure. Instead take both to their latents, go from one to the other, and back to pixels.

// %% exercise="09.interpolation"

// %% predict="shrunken"

// %%
const walking = await check.passed("09.interpolation", ["straightBetween", "sphericalBetween"]);

const pairCount = 4;
const endPictures = unseen.slice([0, 0, 0, 0], [2 * pairCount, height, width, channels]);
const endLatents = tf.tidy(
  () =>
    glowMap
      .inverse(dequantize(endPictures, { bits, random: 6 }))
      .value.reshape([2 * pairCount, dimensions])
      .arraySync() as number[][],
);
const ts = Array.from({ length: 9 }, (_, i) => i / 8);
const lengthOf = (z: readonly number[]): number => Math.sqrt(z.reduce((sum, v) => sum + v * v, 0));
const draw = (latents: readonly (readonly number[])[]): tf.Tensor4D =>
  tf.tidy(() =>
    toPixels(glowMap.forward(tf.tensor4d(latents.flat(), [latents.length, height, width, channels])).value),
  );

const straightRows = Array.from({ length: pairCount }, (_, i) =>
  ts.map((t) => walking.straightBetween(endLatents[2 * i], endLatents[2 * i + 1], t)),
);
const arcRows = Array.from({ length: pairCount }, (_, i) =>
  ts.map((t) => walking.sphericalBetween(endLatents[2 * i], endLatents[2 * i + 1], t)),
);
const doubleExposures = tf.tidy(() => {
  const [one, other] = [0, 1].map((i) =>
    tf.cast(endPictures.slice([i, 0, 0, 0], [1, height, width, channels]), "float32"),
  );
  return tf.concat(ts.map((t) => tf.add(tf.mul(one, 1 - t), tf.mul(other, t)))) as tf.Tensor4D;
});

imageGridFigure({
  images: tf.concat([doubleExposures, draw(straightRows[0]), draw(arcRows[0])]) as tf.Tensor4D,
  columns: 9,
  values: [0, 255],
  headings: ts.map((t) => `${t}`),
  title: "From one face to another: pixels; latents, straight; latents, along the arc",
});

// %% answer="shrunken"
const meanOf = (list: readonly number[]): number => list.reduce((sum, v) => sum + v, 0) / list.length;
predict.answer("shrunken", {
  ends: meanOf(endLatents.map(lengthOf)),
  straight: meanOf(straightRows.map((row) => lengthOf(row[4]))),
  arc: meanOf(arcRows.map((row) => lengthOf(row[4]))),
});

// %%
lineFigure({
  series: [
    {
      x: ts,
      y: ts.map((_, k) => meanOf(straightRows.map((row) => lengthOf(row[k])))),
      name: "straight",
      line: { color: palette.data },
    },
    {
      x: ts,
      y: ts.map((_, k) => meanOf(arcRows.map((row) => lengthOf(row[k])))),
      name: "along the arc",
      line: { color: palette.base },
    },
    {
      x: [0, 1],
      y: [Math.sqrt(dimensions), Math.sqrt(dimensions)],
      name: "√D, where the base draws",
      line: { color: palette.neutral, dash: "dash" },
    },
  ],
  xTitle: "t",
  yTitle: "length of the latent",
  title: "The straight way leads through latents that are never drawn",
});

// %% [markdown]
// More pairs, along the arc, with the two given faces at both ends:

// %%
imageGridFigure({
  images: draw(arcRows.flat()),
  columns: 9,
  values: [0, 255],
  headings: ts.map((t) => `${t}`),
  title: "Four walks along the arc",
});

// %% [markdown]
// *After the book's figure 16.13.* The head moves and turns, the mouth bends from one to the other. Sometimes an eye fades out and comes in elsewhere: the flow knows nothing of eyes, and its latent space is as smooth as training has made it. In the middle of the straight way the face pales: what is short is *cold*, as in 9.5, and nearer to $f(0)$. Along the arc it keeps its contrast. Glow's authors go straight.
//
// **Along an attribute.** Average the latents of the faces that smile, and of those that do not. The difference is a direction, and every face can be moved along it. This needs labels, but only now: the flow was trained without them. (Pictures without labels are sorted by their brightness here.)

// %% predict="moved-along"

// %%
const attributes = await check.passed("09.interpolation", ["attributeVector"]);

const brightness = tf.tidy(() => Array.from(tf.mean(album.images, [1, 2, 3]).dataSync()));
const isFaces = album.names?.includes("happy") ?? false;
/** 1: happy, or bright; 0: sad, or dark; 0.5: neither. */
const kinds = isFaces
  ? (album.labels ?? []).map((label) => label / 2)
  : brightness.map((v) => Number(v > meanOf(brightness)));
const labelled = kinds
  .map((kind, i) => ({ kind, i }))
  .filter(({ kind, i }) => kind !== 0.5 && i >= heldCount)
  .slice(0, 600);
const labelledLatents = tf.tidy(
  () =>
    glowMap
      .inverse(
        dequantize(
          tf.gather(
            album.images,
            labelled.map(({ i }) => i),
          ),
          { bits, random: 7 },
        ),
      )
      .value.reshape([labelled.length, dimensions])
      .arraySync() as number[][],
);
const direction = attributes.attributeVector(
  labelledLatents,
  labelled.map(({ kind }) => kind),
);
const amounts = [-1.5, -1, -0.5, 0, 0.5, 1, 1.5];
const movedRows = endLatents
  .slice(0, 5)
  .map((z) => amounts.map((amount) => z.map((v, k) => v + amount * direction[k])));

imageGridFigure({
  images: draw(movedRows.flat()),
  columns: amounts.length,
  values: [0, 255],
  headings: amounts.map((amount) => `${amount}`),
  title: isFaces
    ? "Five faces, moved from sad to happy; 0 is the face itself"
    : "Five pictures, moved from dark to bright",
});

// %% answer="moved-along"
predict.answer("moved-along", { length: lengthOf(direction), ends: meanOf(endLatents.map(lengthOf)) });

// %% [markdown]
// The vector is short beside a latent, and still it bends mouths, some more and some less; beyond 1 it does more than that. That a single difference of means can do so says something of the latent space: what makes a smile lies in a similar direction for many faces. Tom White (2016) made "smile vectors" for variational autoencoders; Glow's authors changed hair and age in photographs.
//
// ## 9.7 Each level by itself
//
// As in chapter 8, one new face is taken to its latents, and those of one level are drawn anew, at $T = 0.7$. Level 1 left first.

// %%
const levelOfLatent = latentLevels([height, width, channels], levels);
const keptFace = tf.tidy(
  () =>
    glowMap.inverse(dequantize(unseen.slice([1, 0, 0, 0], [1, height, width, channels]), { bits, random: 4 }))
      .value,
);
const redrawnLevels = Array.from({ length: levels }, (_, i) =>
  tf.tidy(() => {
    const chosen = tf.cast(tf.equal(levelOfLatent, i + 1), "float32");
    const noise = tf.mul(random(`chapter 9, level ${i + 1}`).normalTensor([7, height, width, channels]), 0.7);
    const z = tf.add(tf.mul(keptFace, tf.sub(1, chosen)), tf.mul(noise, chosen));
    return toPixels(glowMap.forward(tf.concat([keptFace, z])).value);
  }),
);

imageGridFigure({
  images: tf.concat(redrawnLevels) as tf.Tensor4D,
  columns: 8,
  values: [0, 255],
  title: `Left: the face. A row for each level that is drawn anew, 1 to ${levels}`,
});

// %% [markdown]
// The last level decides on the head: where it is, how large, how bright. The first two draw what belongs to *this* head: edges, eyes and mouth in fine, grain.
//
// ## 9.8 What Glow cannot do
//
// - **It cannot be small.** All latents have as many numbers as the picture, and every step is invertible. A GAN's generator, or a diffusion model's network, may be narrow or wide as it likes. For equal quality a flow needs more parameters and more time; why its pictures stay behind is not settled.
// - **It spends its bits on grain.** Likelihood counts every number alike. Most of it is fine texture, so that a model may be good in bits and poor to look at; and a picture of something else, if only it is smooth, can be *more* likely than any it was trained on.
// - **It is local.** Couplings see neighbours. That two eyes belong together has to come through the levels; a few steps do not suffice for it.
// - **Likelihood is not quality.** At $T = 0.7$ pictures look better, and that is not what was trained.
//
// What it can do, no other family of the book's does all at once: exact densities, exact latents of a *given* picture, and samples in one pass.

// %% [markdown]
// ## 9.9 A Glow of your own
//
// Now build one, train it, and hand it in. Up to here an answer was code, and the check asked your code for numbers. This time the answer is what your code has *made*: a file with a trained flow.
//
// A file of a model is an odd thing. It is full of somebody's numbers, and whoever opens it lets them into a program. The most common form, Python's pickle, may hold any code, which runs when the file is opened; a model from the internet is then a program from the internet. `saveFlow` writes **safetensors**: a table of names, shapes and numbers, and beside it a text that says which layers there are.
//
// $$\text{file} = \big(\text{names of layers},\ \text{weights}\big) \quad\longrightarrow\quad z = f^{-1}(y),\ \ \log\left|\det \frac{\partial z}{\partial y}\right|$$
//
// Nothing of yours runs when it is read. So whoever scores it can take it from a stranger, and use no word of the stranger's but the weights: the faces are new, the noise is the judge's own, and the bits are counted by the judge, as in chapter 8. What such a text looks like:

// %%
const smallest = flow(
  standardNormal([16, 16, 1]),
  chain([multiscale([libraryStep({ channels: 4, hidden: [4] })]), logitTransform({ alpha: 0.02 })]),
);
markdown(
  [
    "```json",
    JSON.stringify(smallest.bijection.config, undefined, 2).split("\n").slice(0, 24).join("\n"),
    "…",
    "```",
  ].join("\n"),
);

// %% [markdown]
// How good is good? Eight bits for each pixel are a code that knows nothing. One that knows of each pixel by itself how bright it mostly is, a normal density behind the logit, is the simplest that has learned anything:

// %%
const strangers = drawnImages("faces", { count: 200, seed: 77 }).images;
const logits = logitTransform({ alpha: 0.02 });
const pixelwise = tf.tidy(() => {
  const seen = logits.inverse(dequantize(faces, { random: 1 })).value;
  const { mean, variance } = tf.moments(seen, 0);
  const { value, logDet } = logits.inverse(dequantize(strangers, { random: 2 }));
  const squares = tf.div(tf.square(tf.sub(value, mean)), variance);
  const logNormal = tf.mul(-0.5, tf.add(squares, tf.log(tf.mul(2 * Math.PI, variance))));
  const logDensity = tf.sum(tf.add(logNormal, logDet), [1, 2, 3]);
  return bitsPerDimension(tf.mean(logDensity).dataSync()[0], { dimensions: 256 });
});
console.log(`each pixel by itself: ${pixelwise.toFixed(2)} bits per dimension`);

// %% [markdown]
// It throws away nearly everything: that there is one head, that two eyes move with it. A step of Glow after the other brings that in. The course's own answer takes 5.8 bits after 100 steps of training, 4.1 after 400, 3.8 after 700, and at the end of its 1200 steps 3.7.

// %% exercise="09.capstone"

// %% [markdown]
// A number is one thing, and faces are another. These are drawn from your file, if it is there:

// %%
function drawnByYours() {
  if (!existsSync("capstone.safetensors"))
    return markdown("*There is no `capstone.safetensors` yet: your faces will appear here.*");
  try {
    const yours = loadFlow("capstone.safetensors");
    const images = quantize(yours.sample(24, 9, undefined, { temperature: 0.8 }));
    return imageGridFigure({
      images: images as tf.Tensor4D,
      columns: 8,
      title: "Faces of your own flow, at T = 0.8",
    });
  } catch (error) {
    return markdown(`*Nothing can be drawn from this file: ${(error as Error).message}*`);
  }
}
drawnByYours();

// %% [markdown]
// ## 9.10 A flow that learns from a density
//
// Everything so far learned from *samples*. Often it is the other way round. A physicist can write down the energy $U(x)$ of a molecule, so that $q(x) = e^{-U(x)}/Z$, and cannot draw from it, and nobody knows $Z$. A statistician can evaluate prior times likelihood, and wants samples of the posterior. Chapter 6 had a teacher that scores quickly and draws slowly. Each time there is a density $q$, the **target**, and a flow, the **student**, that shall draw from it.
//
// Draw from the student, $x_i = f(z_i)$, and ask the target about the draws. Equation 16.25 minimises the divergence of the draws from the target:
//
// $$\hat\phi = \underset{\phi}{\arg\min}\; KL\left[\frac1I\sum_{i=1}^I \delta\big[x - f(z_i, \phi)\big]\,\Big\|\, q(x)\right].$$
//
// > **Errata.** The text that this course follows has no $\frac1I$, which the author's list puts back (Simon Prince, 18 June 2025). Taken by the letter, the divergence of *points* from a density is infinite, whatever the points are. Meant is the divergence of the density from which they are drawn. With $Pr(f(z)) = Pr(z)/|\det \partial f/\partial z|$ that is
// >
// > $$KL = \mathbb{E}_z\Big[\log Pr(z) - \log\Big|\det\frac{\partial f}{\partial z}\Big| - \log q(f(z))\Big],$$
// >
// > and its average over draws is what is minimised. Similarly in equation 16.26, which is the opposite divergence, that of samples from the model: maximum likelihood.
//
// Look at both directions side by side. First the samples, then a flow that has learned from them by `fit`, then the same flow that has seen *no sample*, but has learned from the density by `fitToDensity`. The target is the potential $U_4$ of Rezende and Mohamed (2015), which ends at $x_1 = \pm 4$. A student that draws where $q = 0$ has an infinite loss, so this one cannot: its base lies on a square, the splines keep a square, and a fixed layer stretches it.

// %%
const squareFrame: [[number, number], [number, number]] = [
  [-4.4, 4.4],
  [-5, 4],
];
const splitWave = toyDensities.u4.sample(2000, random("chapter 9, split wave"));

samples2dFigure({ samples: splitWave, range: squareFrame, title: "Samples of the target U₄" });

// %%
/** Draws in the box [−4, 4] × [−6, 6] only. */
const boxStudent = (seed: number) =>
  flow(
    uniform(-1, 1, [2]),
    chain([
      splineCoupling({ dimensions: 2, layers: 6, hidden: [32], bins: 12, interval: 1, seed }),
      standardize([
        [-4, -6],
        [4, 6],
      ]),
    ]),
  );

const fromSamples = boxStudent(1);
await fit(fromSamples, splitWave, {
  steps: 600,
  learningRate: 0.01,
  seed: 1,
  onProgress: trainingDisplay({
    steps: 600,
    label: "Fitting 2,000 samples",
    optimum: toyDensities.u4.entropy,
    optimumName: "entropy of the target",
  }),
});

density2dFigure({
  logProb: (x) => fromSamples.logProb(x),
  range: squareFrame,
  points: splitWave.slice([0, 0], [300, 2]),
  title: "Learned from samples: the forward divergence",
});

// %%
const fromDensity = boxStudent(1);
await fitToDensity(fromDensity, (x) => tf.neg(toyDensities.u4.energies(x)), {
  steps: 800,
  learningRate: 0.01,
  seed: 1,
  onProgress: trainingDisplay({
    steps: 800,
    label: "Learning from the density",
    optimum: -toyDensities.u4.logZ,
    optimumName: "−log Z",
    yTitle: "loss (nats)",
  }),
});

density2dFigure({
  logProb: (x) => fromDensity.logProb(x),
  range: squareFrame,
  points: fromDensity.sample(300, 2),
  title: "Learned from the density alone: the reverse divergence",
});

// %% [markdown]
// *After the book's figure 16.14a–c.* The points in the last picture are the student's own draws. Notice what each picture does *between* the branches: what learned from samples would rather cover too much, what learned from the density would rather leave something out. With this seed it has left out the lower branch altogether: no draw of its own ever came there to be told of it. Such a loss costs $-\log(1 - m)$ nats for a missing mass $m$, and nothing reports it; `boxStudent(2)` may find another way.
//
// A student that is too simple shows it best: one bell, and a target of two peaks.

// %% predict="one-bell"

// %% [markdown]
// First the problem itself. It has the divergence on paper, its gradient in code, and a question that asks for your words.

// %% exercise="16.11"

// %% [markdown]
// Now the bell, with **your** gradient once it has passed, else the course's. The 200 draws are spread evenly over the bell: a quantile each.

// %%
const densityStudent = await check.passed("16.11", ["reverseGradient"]);

/** height · Norm(m, s²) at x, and its slope. */
const peak = (height: number, m: number, s: number) => ({
  at: (x: number) => (height * normalDensity((x - m) / s)) / s,
  slope: (x: number) => (-(x - m) / s ** 2) * ((height * normalDensity((x - m) / s)) / s),
});
const [leftPeak, rightPeak] = [peak(0.4, -1.5, 0.5), peak(0.6, 1.5, 0.5)];
const twoPeaks = (x: number) => leftPeak.at(x) + rightPeak.at(x);
const twoPeaksSlope = (x: number) => leftPeak.slope(x) + rightPeak.slope(x);

const evenDraws = Array.from({ length: 200 }, (_, i) => normalQuantile((i + 0.5) / 200));

let bellAt = { a: 0, b: 1.5 };
for (let k = 0; k < 1000; k++) {
  const slope = densityStudent.reverseGradient(evenDraws, bellAt.a, bellAt.b, twoPeaks, twoPeaksSlope);
  bellAt = { a: bellAt.a - 0.03 * slope.a, b: bellAt.b - 0.03 * slope.b };
}
// Maximum likelihood of a bell: mean and deviation of the target.
const likelihoodPlace = 0.6 * 1.5 - 0.4 * 1.5;
const likelihoodScale = Math.sqrt(0.5 ** 2 + 1.5 ** 2 - likelihoodPlace ** 2);

const bellAxis = linspace(-5, 5, 401);
lineFigure({
  series: [
    { x: bellAxis, y: bellAxis.map(twoPeaks), name: "target q", line: { color: palette.neutral, width: 5 } },
    {
      x: bellAxis,
      y: bellAxis.map(peak(1, bellAt.b, Math.exp(bellAt.a)).at),
      name: "reverse divergence",
      line: { color: palette.data },
    },
    {
      x: bellAxis,
      y: bellAxis.map(peak(1, likelihoodPlace, likelihoodScale).at),
      name: "maximum likelihood",
      line: { color: palette.accent, dash: "dash" },
    },
  ],
  xTitle: "x",
  yTitle: "density",
  title: "One bell for two peaks",
});

// %% answer="one-bell"
predict.answer("one-bell", {
  reverseScale: Math.exp(bellAt.a),
  reversePlace: bellAt.b,
  forwardScale: likelihoodScale,
  forwardPlace: likelihoodPlace,
});

// %% [markdown]
// From another start it ends elsewhere: `b: -1.5` on the left peak, `b: 0` on a wide bell whose loss is between those of the two peaks. The reverse divergence has several minima here, and gradient descent finds the nearest. Try it.
//
// What of the three terms is needed? $\log Pr(z)$ has no parameter in it. That leaves two, and one of them is easily taken for a detail.

// %% predict="without-own-density"

// %%
const narrow = peak(7, 2, 0.5); // seven times a density: the factor does not matter
const wholePath = [{ a: 0, b: 0 }];
const droppedPath = [{ a: 0, b: 0 }];
for (let k = 0; k < 20_000; k++) {
  if (k < 2000) {
    const { a, b } = wholePath[k];
    const slope = densityStudent.reverseGradient(evenDraws, a, b, narrow.at, narrow.slope);
    wholePath.push({ a: a - 0.01 * slope.a, b: b - 0.01 * slope.b });
  }
  // −log q alone: for this q, ((x − 2)/0.5)²/2, whose derivatives are averages over the draws.
  const { a, b } = droppedPath[k];
  let [alongA, alongB] = [0, 0];
  for (const z of evenDraws) {
    const pull = (Math.exp(a) * z + b - 2) / 0.25;
    alongA += (pull * Math.exp(a) * z) / evenDraws.length;
    alongB += pull / evenDraws.length;
  }
  droppedPath.push({ a: a - 0.01 * alongA, b: b - 0.01 * alongB });
}

const shownSteps = linspace(0, 4.3, 87).map((p) => Math.min(20_000, Math.round(10 ** p)));
const earlySteps = shownSteps.filter((k) => k <= 2000);
lineFigure({
  series: [
    {
      x: earlySteps.map(Math.log10),
      y: earlySteps.map((k) => Math.exp(wholePath[k].a)),
      name: "the whole loss",
      line: { color: palette.data },
    },
    {
      x: shownSteps.map(Math.log10),
      y: shownSteps.map((k) => Math.exp(droppedPath[k].a)),
      name: "without the student's own density",
      line: { color: palette.accent, dash: "dash" },
    },
  ],
  xTitle: "log₁₀ of the step",
  yTitle: "scale eᵃ of the student",
  yRange: [0, 1],
  title: "A target of width 0.5",
});

// %% answer="without-own-density"
predict.answer("without-own-density", {
  without: Math.exp(droppedPath[20_000].a),
  whole: Math.exp(wholePath[2000].a),
});

// %% [markdown]
// In many dimensions it is the same: without $-\log|\det \partial f/\partial z|$ a student is a sampler that draws one and the same point.
//
// Now all four potentials, each known up to its factor $Z$ only. Minus the loss is a lower bound of $\log Z$, known elsewhere as the evidence lower bound: $\log Z - KL \le \log Z$. Here $\log Z$ is known, by a closed form or by quadrature, so that the gap shows how good each student is.

// %%
const fourPotentials = [toyDensities.u1, toyDensities.u2, toyDensities.u3, toyDensities.u4];
const students = [boxStudent(1), boxStudent(1), boxStudent(1), fromDensity];
const perStudent = 800;
const lessons = progressBar("Three more students", 3 * perStudent);
for (const [i, { energies }] of fourPotentials.slice(0, 3).entries()) {
  await fitToDensity(students[i], (x) => tf.neg(energies(x)), {
    steps: perStudent,
    learningRate: 0.01,
    seed: 1,
    onProgress: ({ step }) => lessons.update(i * perStudent + step),
  });
}
lessons.finish();

table(
  fourPotentials.map(({ name, energies, logZ }, i) => {
    const bound = tf.tidy(() => {
      const { value, logProb } = students[i].sampleWithLogProb(10_000, 1);
      return tf.neg(tf.mean(tf.add(logProb, energies(value)))).dataSync()[0];
    });
    return {
      target: name,
      "log Z (nats)": logZ.toFixed(3),
      "minus the loss, 10,000 draws": bound.toFixed(3),
      "gap, the divergence": (logZ - bound).toFixed(3),
    };
  }),
);

// %% [markdown]
// The slider goes through the four. The picture is the student's density; the points are samples of the *target*, which no student has seen.

// %%
slider({ name: "U", from: 1, to: 4, step: 1, value: 1 }, (k) =>
  density2dFigure({
    logProb: (x) => students[k - 1].logProb(x),
    range: squareFrame,
    resolution: 70,
    points: fourPotentials[k - 1].sample(200, random(`chapter 9, potential ${k}`)),
    title: `The student of U${"₁₂₃₄"[k - 1]}, and samples of the target`,
  }),
);

// %% [markdown]
// And must the network be invertible? Nothing above has computed an inverse, except for the pictures of densities. So a flow suits whose inverse is slow, such as an inverse autoregressive one (chapter 6), and planar and radial flows (chapter 2), which were invented for this use. But the loss takes $Pr(z)/|\det \partial f/\partial z|$ for the student's density, and that is true of one-to-one maps only.
//
// In a variational autoencoder, chapter 17 of the book, the target is the posterior of the latent variables given one picture, known up to a factor; the flow makes the approximate posterior more than a bell. It is where the name *normalizing flow* became known.

// %% [markdown]
// ## What to take away
//
// - ActNorm scales and shifts each channel. The first batch decides how, and then it is learned. So no picture's density depends on the others of its batch.
// - A 1 × 1 convolution is one matrix for all places. In its PLU form the determinant is a sum of logarithms, $h\,w\sum\log|s|$, and $P$ is needed.
// - A step is ActNorm, matrix, coupling; a Glow is $L$ levels of $K$ steps, from which half of the channels leave.
// - Drawing with the temperature $T$ raises the *base* density to the power $1/T^2$. The model's density gets this power only where $|\det|$ is constant.
// - Between two latents the straight way is short in the middle, the arc is not. A difference of means is a direction that changes one thing.
// - A saved flow is data: names of layers, and numbers. Nobody has to trust its maker to score it.
// - A flow also learns from a density without samples: draw, and minimise the average of $\log Pr(z) - \log|\det \partial f/\partial z| - \log q(x)$. A factor of $q$ does not matter, the inverse is not computed, and one-to-one it has to be.
//
// **Where it comes from.** Diederik Kingma and Prafulla Dhariwal (2018) made Glow, with ActNorm and the 1×1 convolution. Batch normalization in flows is from Laurent Dinh, Jascha Sohl-Dickstein and Samy Bengio (2016), in RealNVP. Ken Shoemake (1985) interpolated along the arc, for rotations in animations; Tom White (2016) brought it, and attribute vectors, to latents.
//
// **What comes next.** The book's chapter ends here. The library takes more than drawn faces: a table of numbers, or pictures of your own, as README shows under *The library*.

// %% [markdown]
// ## Quiz
//
// Questions to see what has stayed. Write an answer in the place of the remark and run the cell: what it means unfolds below. There are no points, and you may choose again.

// %% quiz=true

// %% [markdown]
// ## References
//
// - Simon J. D. Prince. *Understanding Deep Learning*, chapter 16. MIT Press, 2023. [udlbook.com](https://udlbook.com)
// - Diederik P. Kingma, Prafulla Dhariwal. Glow: generative flow with invertible 1×1 convolutions. [arXiv:1807.03039v2](https://arxiv.org/abs/1807.03039v2), 2018.
// - Emiel Hoogeboom, Rianne van den Berg, Max Welling. Emerging convolutions for generative normalizing flows. [arXiv:1901.11137v3](https://arxiv.org/abs/1901.11137v3), 2019.
// - Guoqing Zheng, Yiming Yang, Jaime Carbonell. Convolutional normalizing flows. [arXiv:1711.02255v2](https://arxiv.org/abs/1711.02255v2), 2017.
// - Andrew Brock, Jeff Donahue, Karen Simonyan. Large scale GAN training for high fidelity natural image synthesis. [arXiv:1809.11096v2](https://arxiv.org/abs/1809.11096v2), 2018.
// - Ken Shoemake. Animating rotation with quaternion curves. *SIGGRAPH '85*, pages 245–254, 1985.
// - Tom White. Sampling generative networks. [arXiv:1609.04468v3](https://arxiv.org/abs/1609.04468v3), 2016.
// - Danilo J. Rezende, Shakir Mohamed. Variational inference with normalizing flows. [arXiv:1505.05770v6](https://arxiv.org/abs/1505.05770v6), 2015.
// - Laurent Dinh, Jascha Sohl-Dickstein, Samy Bengio. Density estimation using Real NVP. [arXiv:1605.08803v3](https://arxiv.org/abs/1605.08803v3), 2016.
