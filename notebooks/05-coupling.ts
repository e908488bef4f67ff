// %% [markdown]
// # 5 · Coupling flows
//
// **Move one half, steered by the other**
//
// *The question.* A matrix mixes and does not bend; an elementwise map bends and does not mix. We want both at once: a map with neural networks inside, as rich as we like, which is undone exactly and whose determinant costs next to nothing. Networks cannot be inverted. How can a flow be built of them all the same?
//
// You will
//
// 1. build a layer that holds any function you like and can be undone all the same,
// 2. see why its Jacobian is a triangle, and what an additive coupling can never do,
// 3. stack layers until everything depends on everything, and cut images like chessboards,
// 4. train 32 couplings on two moons, and a flow of your own.
//
// The chapter follows section 16.3.3 of Simon Prince's *Understanding Deep Learning*. Equation numbers are the book's. Run the cells from top to bottom with **Shift+Enter**.

// %%
import {
  additive,
  affineTransformer,
  type Bijection,
  chain,
  channelMask,
  checkerboardMask,
  convNet,
  coupling,
  fit,
  flow,
  halfMask,
  logAbsDet,
  mlp,
  random,
  realNVP,
  splineCoupling,
  standardNormal,
  type Transformer,
  tf,
} from "flowlab";
import { toyDensities } from "flowlab/data";
import {
  density2dFigure,
  flowLayersFigure,
  imageGridFigure,
  jacobianFigure,
  jacobianOf,
  lineFigure,
  type PlaneRange,
  palette,
  samples2dFigure,
  warpedGridFigure,
} from "flowlab/figure";
import { progressBar, slider, table } from "flowlab/notebook";
import { check, predict } from "flowlab-grader";

// %% [markdown]
// ## 5.1 One half stays
//
// Cut $z$ into two parts, $z = (z_a, z_b)$. Leave the first as it is. Change each number of the second by an invertible map $g$ of one variable, as in chapters 1 and 4, whose parameters $\phi$ are computed **from the first part**. These are equations 16.13:
//
// $$x_a = z_a, \qquad x_b = g\big[z_b, \phi[z_a]\big].$$
//
// That is a **coupling layer**. The network $\phi[\cdot]$ is often called *conditioner*, and $g$ *transformer*. The simplest useful $g$ stretches and shifts. In the plane, with one number in each part,
//
// $$x_1 = z_1, \qquad x_2 = z_2\, e^{s(z_1)} + t(z_1).$$
//
// Each vertical line of the plane is stretched and shifted as a whole, and each one differently. Below, $s$ and $t$ are waves; set how strong they are.

// %%
/** Where a coupling of the plane puts a point, for a log-scale s and a shift t of the first coordinate. */
const couple = (
  [a, b]: ArrayLike<number> & Iterable<number>,
  s: (a: number) => number,
  t: (a: number) => number,
): number[] => [a, b * Math.exp(s(a)) + t(a)];

slider(
  {
    scale: { from: 0, to: 1.2, step: 0.05, value: 0.6, label: "strength of s" },
    shift: { from: 0, to: 2, step: 0.05, value: 1, label: "strength of t" },
  },
  ({ scale, shift }) =>
    warpedGridFigure({
      map: (points) =>
        points.map((z) =>
          couple(
            z as number[],
            (a) => scale * Math.sin(2 * a),
            (a) => shift * Math.cos(1.5 * a),
          ),
        ),
      range: [
        [-3, 3],
        [-2, 2],
      ],
      imageRange: [
        [-3.2, 3.2],
        [-6, 6],
      ],
      lines: 15,
      title: "x₁ = z₁ and x₂ = z₂ exp(s(z₁)) + t(z₁)",
    }),
  { frames: 4 },
);

// %% [markdown]
// Waves could be undone with some effort. Real couplings have networks for $s$ and $t$.

// %% predict="undo-coupling"

// %%
/** Something that nobody would want to invert: it goes up and down, and different a have the same value. */
const wild = (a: number): number => Math.sin(7 * a) * Math.cos(a * a) + Math.tanh(3 * Math.sin(11 * a));

const before = random("chapter 5, points")
  .normal(10)
  .map((a, i, all) => [a, all[(i + 3) % 10]]);
const after = before.map((z) => couple(z, wild, (a) => 5 * wild(a + 1)));
const undone = after.map(([a, b]) => [a, (b - 5 * wild(a + 1)) * Math.exp(-wild(a))]);

table([
  { quantity: "the first of ten points z", value: before[0].map((v) => v.toFixed(6)).join(", ") },
  { quantity: "its x", value: after[0].map((v) => v.toFixed(6)).join(", ") },
  { quantity: "and back", value: undone[0].map((v) => v.toFixed(6)).join(", ") },
  {
    quantity: "largest error of all ten round trips",
    value: Math.max(...undone.flatMap((z, i) => z.map((v, j) => Math.abs(v - before[i][j])))).toExponential(
      1,
    ),
  },
]);

// %% answer="undo-coupling"

// %% [markdown]
// In general (equation 16.14) the inverse is
//
// $$z_a = x_a, \qquad z_b = g^{-1}\big[x_b, \phi[x_a]\big],$$
//
// and only $g$ has to be invertible, one number at a time. Below six numbers go through a coupling and back. Move $z_1$, which stays: it takes every changed number along. Move $z_4$, which changes: it moves $x_4$ alone.

// %%
/** Scale and shift of a changed number: wild functions of the three that stay, others for each i. */
const steering = ([a, b, c]: number[], i: number): [s: number, t: number] => {
  const mixed = 0.3 * a - 0.4 * b + 0.2 * c + i;
  return [0.2 * wild(mixed), 0.5 * wild(mixed + 2)];
};
const coupleSix = (z: number[]): number[] =>
  z.map((v, i) => {
    const [s, t] = steering(z, i);
    return i < 3 ? v : v * Math.exp(s) + t;
  });
const uncoupleSix = (x: number[]): number[] =>
  x.map((v, i) => {
    const [s, t] = steering(x, i);
    return i < 3 ? v : (v - t) * Math.exp(-s);
  });

/** A bar for each number, a little beside its place. */
const bars = (values: number[], beside: number) => ({
  x: values.flatMap((_, i) => [i + 1 + beside, i + 1 + beside, i + 1 + beside]),
  y: values.flatMap((v) => [0, v, null]),
});

slider(
  {
    z1: { from: -2, to: 2, step: 0.05, value: 0.5, label: "z₁, which stays" },
    z4: { from: -2, to: 2, step: 0.05, value: 1, label: "z₄, which changes" },
  },
  ({ z1, z4 }) => {
    const z = [z1, -1, 1.5, z4, -0.8, 1.2];
    const x = coupleSix(z);
    return lineFigure({
      series: [
        { ...bars(z, -0.15), name: "z", line: { color: palette.base, width: 12 } },
        { ...bars(x, 0.15), name: "x = f(z)", line: { color: palette.data, width: 12 } },
        { ...bars(uncoupleSix(x), -0.15), name: "back from x", line: { color: palette.accent, width: 3 } },
      ],
      xTitle: "which of the six numbers",
      yTitle: "value",
      yRange: [-4, 4],
      title: "Three stay, three change",
    });
  },
  { frames: 4 },
);

// %% [markdown]
// *After the book's figure 16.6.* Whatever the sliders say, the way back ends where $z$ was: $x_1, x_2, x_3$ are $z_1, z_2, z_3$, so the scales and shifts are found again.
//
// With $g$ a scale and a shift it is the **affine coupling** of RealNVP (Dinh, Sohl-Dickstein and Bengio, 2016): $z_b = (x_b - t) \odot e^{-s}$ with $s$ and $t$ of $x_a$. Both directions cost one pass through the networks. Compare that with chapter 1, where a search took fifty.
//
// > **Erratum.** In one lecture on the web the shift is computed from the half that *changes*. It has to be computed from the half that stays, else nothing can be undone. Nor may the cut, after $d$ of the $D$ numbers, leave a part empty: $1 \le d < D$, where one handbook has $1 < d$, which would rule out the plane.

// %% exercise="05.affine"

// %% [markdown]
// Here is a coupling at work whose $s$ and $t$ are what the exercise asked for: **yours**, once it has passed its check. In the plane, $S$, $p$, $T$ and $q$ are four numbers. You set one of them, $S$: on one side of the origin the vertical lines are stretched, and the density on them falls; on the other they are squeezed.

// %%
const yours = await check.passed("05.affine", ["affineCoupling"]);

slider(
  { name: "S", from: -2, to: 2, step: 0.1, value: 1 },
  (S) => {
    const { inverse, inverseLogDet } = yours.affineCoupling([[S]], [0], [[0.7]], [0]);
    return density2dFigure({
      logProb: (points) =>
        points.map((point) => {
          const x = Array.from(point);
          const [a, b] = inverse(x);
          return -(a * a + b * b) / 2 - Math.log(2 * Math.PI) + inverseLogDet(x);
        }),
      range: [
        [-4, 4],
        [-4, 4],
      ],
      resolution: 70,
      title: "The density that one affine coupling makes of a bell",
    });
  },
  { frames: 5 },
);

// %% [markdown]
// That is no ellipse any more. Along a vertical line it is still a bell, though, as a line is only stretched and shifted, and $x_1$ by itself is as normal as before.
//
// ## 5.2 A triangle, and its volume
//
// What does it cost to measure such a map? We take six numbers, three of which stay, with a real network for $s$ and $t$, and let automatic differentiation find the Jacobian at one point.

// %% predict="zero-block"

// %%
const network = mlp({ inputs: 3, outputs: 6, hidden: [16, 16], zeroLast: false, seed: 4 });
const layer = coupling({
  mask: halfMask(6, "second"),
  transformer: affineTransformer(),
  conditioner: network,
});
const at = random("chapter 5, jacobian").normal(6);
const jacobianHere = jacobianOf((z) => layer.forward(z).value, at);

jacobianFigure({ matrix: jacobianHere, title: "The Jacobian of a coupling: exact zeros are grey" });

// %% answer="zero-block"
predict.answer("zero-block", { zeros: jacobianHere.flat().filter((v) => v === 0).length });

// %% [markdown]
// > **Erratum.** The text that this course follows calls this Jacobian *diagonal*. It is block lower triangular,
// >
// > $$\frac{\partial x}{\partial z} = \begin{bmatrix} I & 0 \\ \partial x_b/\partial z_a & \operatorname{diag}(e^{s}) \end{bmatrix},$$
// >
// > and the author's own list of errata says so, too (Simon Prince, 18 June 2025). For the determinant it makes no difference. For the idea it does: in the block at the lower left sits everything that the networks have learned.
//
// The determinant of a triangle is the product of its diagonal. So
//
// $$\log\left|\det\frac{\partial x}{\partial z}\right| = \sum_{i=1}^{D-d} s_i(z_a), \qquad \log\left|\det\frac{\partial z}{\partial x}\right| = -\sum_{i=1}^{D-d} s_i(x_a).$$
//
// > **Errata.** One lecture writes $\partial z_{1:d}/\partial x_{1:d}$ into the block at the lower left, which would be the identity's place; it is the part that changes, by the part that stays. Two of the texts that this course was built from let the sum run over $j = d + 1, \dots, D$ and take the $j$-th number of $s$. But $s$ has only $D - d$ numbers. One of them prints $\exp(+\sum s)$ for the Jacobian of the *inverse*.
//
// Nobody differentiates $s$ or $t$ for it, and no elimination runs: it is a sum. The two cells agree:

// %%
const logDetHere = tf.tidy(() => layer.forward(tf.tensor2d([at])).logDet.dataSync()[0]);
const byDiagonal = jacobianHere.reduce((sum, row, i) => sum + Math.log(Math.abs(row[i])), 0);

table([
  { "log |det| in nats": "sum of the s of the layer", value: logDetHere.toFixed(5) },
  { "log |det| in nats": "sum of log |diagonal| of the Jacobian above", value: byDiagonal.toFixed(5) },
]);

// %% [markdown]
// Which of the two signs does a density need? Derive it.

// %% exercise="05.sign"

// %% [markdown]
// **Additive couplings.** The first coupling flow, NICE (Dinh, Krueger and Bengio, 2014), had no scale: $x_b = z_b + t(z_a)$. Its diagonal is all ones, so $\log|\det| = 0$ at every place, for any $t$, and for a hundred such layers as well. They *shear*: every slice of fixed $z_a$ moves as a whole, like cards in a pack that is pushed askew. Volumes stay. NICE therefore ends with one learned scale for each number. (The lecture on the web says that NICE used affine couplings. It did not; the scale inside is what RealNVP added. Nor did exchanging the parts or images begin with RealNVP, as two of the texts have it: NICE exchanges its halves from layer to layer, and its abstract reports four image data sets.)

// %% exercise="05.nice"

// %% [markdown]
// **What shearing cannot do.** Two moons are thin: most of their mass lies in a narrow band, where the density is high. Let eight additive couplings without any scale try, beside eight affine ones with networks of the same size.

// %% predict="best-additive"

// %%
const moons = toyDensities.twoMoons.sample(4000, random("chapter 5, moons"));
const moonRange: PlaneRange = [
  [-1.75, 2.75],
  [-1.25, 1.75],
];
const heldOut = toyDensities.twoMoons.sample(2000, random("chapter 5, more moons"));

/** So many couplings of the plane, which change the second number and the first in turns. */
function stackCouplings(count: number, transformer: Transformer, seed: number): Bijection[] {
  return Array.from({ length: count }, (_, k) =>
    coupling({
      mask: halfMask(2, k % 2 === 0 ? "second" : "first"),
      transformer,
      conditioner: mlp({
        inputs: 1,
        outputs: transformer.parameters,
        hidden: [32, 32],
        seed: seed + k,
      }),
    }),
  );
}

const additiveFlow = flow(standardNormal([2]), chain(stackCouplings(8, additive(), 100)));
const affineFlow = flow(standardNormal([2]), chain(stackCouplings(8, affineTransformer(), 200)));

const contest = progressBar("Training both", 800);
const trainFor = async (model: typeof affineFlow, from: number) =>
  fit(model, moons, {
    steps: 400,
    batchSize: 256,
    learningRate: 2e-3,
    schedule: "cosine",
    validation: heldOut,
    keep: "last",
    seed: 1,
    onProgress: ({ step }) => contest.update(from + step, from === 0 ? "additive" : "affine"),
  });
const additiveHistory = await trainFor(additiveFlow, 0);
const affineHistory = await trainFor(affineFlow, 400);
contest.finish();

/**
 * The least mean loss, in nats, of any map that keeps volumes: the densest places of the data lie innermost
 * under the bell. Where an area A of the data is denser than x, x comes from the radius r with πr² = A, and
 * −log q = log 2π + r²/2.
 */
function floorWithoutScale({ logProb }: { logProb(x: number[]): number }, side = 0.02): number {
  const [[left, right], [low, high]] = moonRange;
  const densities: number[] = [];
  for (let x = left + side / 2; x < right; x += side)
    for (let y = low + side / 2; y < high; y += side) densities.push(Math.exp(logProb([x, y])));
  densities.sort((a, b) => b - a);
  const cell = side * side;
  return densities.reduce(
    (sum, p, k) => sum + p * cell * (Math.log(2 * Math.PI) + ((k + 0.5) * cell) / (2 * Math.PI)),
    0,
  );
}
const floor = floorWithoutScale(toyDensities.twoMoons);

const lossesOf = (history: typeof affineHistory) => ({
  x: history.validation.map(({ step }) => step),
  y: history.validation.map(({ loss }) => loss),
});
const finalLoss = (history: typeof affineHistory): number => history.validation.at(-1)?.loss ?? Number.NaN;

lineFigure({
  series: [
    { ...lossesOf(additiveHistory), name: "8 additive couplings" },
    { ...lossesOf(affineHistory), name: "8 affine couplings" },
    {
      x: [0, 400],
      y: [floor, floor],
      name: `floor of all that keep volumes: ${floor.toFixed(3)}`,
      line: { color: palette.map, dash: "dot" },
    },
    {
      x: [0, 400],
      y: [toyDensities.twoMoons.entropy, toyDensities.twoMoons.entropy],
      name: "entropy of the truth",
      line: { color: palette.neutral, dash: "dash" },
    },
  ],
  xTitle: "step",
  yTitle: "held-out loss (nats)",
  title: "Without a scale, there is a floor",
});

// %% answer="best-additive"
predict.answer("best-additive", {
  additive: finalLoss(additiveHistory),
  affine: finalLoss(affineHistory),
  floor,
});

// %% [markdown]
// Both densities, on one page. The additive one is the bell, bent: nowhere is it denser than 0.159.

// %%
density2dFigure({
  logProb: (points) => additiveFlow.logProb(points),
  range: moonRange,
  title: "Eight additive couplings: the highest density stays 0.159",
});

// %%
density2dFigure({
  logProb: (points) => affineFlow.logProb(points),
  range: moonRange,
  title: "Eight affine couplings",
});

// %% [markdown]
// ## 5.3 Everything has to move
//
// One coupling leaves a part of $z$ untouched: whatever the network learns, $x_a$ alone is as normal as $z_a$. So couplings are stacked, and the parts are exchanged from one to the next. The book puts a fixed random permutation between the layers; changing the *mask* comes to the same. Glow (chapter 9) learns a matrix in that place, as in chapter 3.
//
// How many are needed? Below is the Jacobian of a stack of couplings of six numbers, whose networks have random weights. A grey entry is exactly 0: that $x_i$ does not depend on that $z_j$ at all.

// %% predict="how-many"

// %%
const sixNumbers = Array.from({ length: 4 }, (_, k) =>
  coupling({
    mask: halfMask(6, k % 2 === 0 ? "second" : "first"),
    transformer: affineTransformer(),
    conditioner: mlp({ inputs: 3, outputs: 6, hidden: [16, 16], zeroLast: false, seed: 20 + k }),
  }),
);
const jacobians = [1, 2, 3, 4].map((count) =>
  jacobianOf((z) => chain(sixNumbers.slice(0, count)).forward(z).value, at),
);
const zerosIn = (matrix: number[][]): number => matrix.flat().filter((v) => v === 0).length;

slider(
  { name: "couplings", from: 1, to: 4, step: 1, value: 1 },
  (count) =>
    jacobianFigure({
      matrix: jacobians[count - 1],
      title: `After ${count}: ${zerosIn(jacobians[count - 1])} entries are exactly 0`,
    }),
  { frames: 4 },
);

// %% answer="how-many"
predict.answer("how-many", { two: zerosIn(jacobians[1]), three: zerosIn(jacobians[2]) });

// %% exercise="05.masks"

// %% [markdown]
// That everything *depends* on everything does not yet mean that every density can be reached. With $D$ couplings that change one number each, a coupling flow is an autoregressive flow (chapter 6), and with a flexible enough $g$ those are universal. Whether fewer than $D$ suffice, the book leaves open. What Takeshi Teshima and others (2020) showed is that *affine* couplings with invertible matrices in between are universal, too, if there are enough of them. And Felix Draxler and others (2024) proved what 5.2 measured: flows that keep volumes are not universal, however many layers they have.
//
// **Images.** A picture has two natural ways of being cut. A *checkerboard* changes every other pixel, so that each changed pixel is steered by its nearest neighbours, all of which stay. A *channel* mask changes half of the channels at every place. RealNVP does both in turns; between them it *squeezes*: each block of 2 × 2 pixels becomes one place with four times as many channels.

// %%
const masks = [
  checkerboardMask(8, 8, "even"),
  checkerboardMask(8, 8, "odd"),
  // Four channels of 4 × 4 places, as squeezing an 8 × 8 image gives them, laid back to where their pixels were.
  channelMask(4, "first"),
  channelMask(4, "second"),
];
const maskPictures = masks.map((mask) =>
  Array.from({ length: 8 }, (_, row) =>
    Array.from({ length: 8 }, (__, column) => {
      const selected =
        mask.over === "pixels" ? mask.selected[row][column] : mask.selected[2 * (row % 2) + (column % 2)];
      return [selected ? 1 : 0];
    }),
  ),
);

imageGridFigure({
  images: tf.tensor4d(maskPictures),
  columns: 4,
  values: [0, 1],
  headings: ["even", "odd", "channels 1, 2", "channels 3, 4"],
  title: "White pixels change, black ones stay",
});

// %% [markdown]
// With the pixels of a 2 × 2 block as four channels, half of the channels are stripes; only the checkerboard leaves each changed pixel all four of its neighbours.

// %% exercise="05.image-masks"

// %% [markdown]
// What does one scale of RealNVP do with these six masks, **yours** once they have passed? Below is a grey picture of 8 × 8 pixels. Each coupling has a convolution that sees three rows and three columns around a place, and of these only what stays. White is what one pixel near the middle depends on by then.

// %%
const yourMasks = await check.passed("05.image-masks", ["realNVPMasks"]);

/** After 0, 1, … couplings under these masks: for each pixel, on which pixels of z it depends. */
function reachOf(masks: number[][], side: number): boolean[][][] {
  const stages = [
    Array.from({ length: side ** 2 }, (_, i) => Array.from({ length: side ** 2 }, (__, j) => i === j)),
  ];
  for (const [k, mask] of masks.entries()) {
    // After squeezing a place is a block of two by two pixels.
    const place = k < 3 ? 1 : 2;
    const distance = (a: number, b: number) => Math.abs(Math.floor(a / place) - Math.floor(b / place));
    const sees = (i: number, j: number) =>
      distance(Math.floor(i / side), Math.floor(j / side)) <= 1 && distance(i % side, j % side) <= 1;
    const before = stages[k];
    stages.push(
      before.map((own, i) => {
        if (mask[i] === 0) return own;
        const steering = before.filter((_, j) => mask[j] === 0 && sees(i, j));
        return own.map((known, z) => known || steering.some((other) => other[z]));
      }),
    );
  }
  return stages;
}

const reach = reachOf(yourMasks.realNVPMasks(8, 8, 1), 8);
const middle = 3 * 8 + 3;
const known = reach.map((stage) => stage[middle].filter(Boolean).length);

imageGridFigure({
  images: tf.tensor4d(
    reach.flatMap((stage) => stage[middle].map(Number)),
    [7, 8, 8, 1],
  ),
  columns: 7,
  // White itself would be lost on the page.
  values: [-0.1, 1.15],
  headings: ["z itself", "even", "odd", "even", "half 1", "half 2", "half 1"],
  title: `Row 3, column 3 (from 0) depends on ${known.join(", ")} of 64 pixels`,
});

// %% [markdown]
// Row plus column of that pixel is even, so the first coupling hands it its four neighbours. Where its mask is 0, it gains nothing: it steers. Squeezing does more than make channels: one place stands for two rows and two columns by then, so the same small convolution reaches twice as far in the picture.
//
// **What the network may not see.** The conditioner of an image coupling is a convolutional network, which must not see what changes: those pixels are set to 0 at its entrance. In the paper's notation, with a mask $b$ that is **1 where a pixel stays**,
//
// $$x = b \odot z + (1 - b) \odot \Big(z \odot e^{s(b \odot z)} + t(b \odot z)\Big), \qquad \log|\det| = \sum_i (1 - b_i)\, s_i.$$
//
// The factor $1 - b_i$ in the sum is easily forgotten: the network gives an $s$ for every pixel, also for those that stay. Here is one such layer, its round trip, and its log-determinant by the sum and by the Jacobian.

// %%
const imageLayer = coupling({
  mask: checkerboardMask(4, 4, "even"),
  transformer: affineTransformer(),
  conditioner: convNet({ inputs: 1, outputs: 2, hidden: [8, 8], zeroLast: false, seed: 3 }),
});
const picture = random("chapter 5, picture").normal(16);
const imageJacobian = jacobianOf((z) => imageLayer.forward(z).value, picture, [4, 4, 1]);
const [roundTripError, imageLogDet] = tf.tidy(() => {
  const z = tf.tensor4d(picture, [1, 4, 4, 1]);
  const { value, logDet } = imageLayer.forward(z);
  return [imageLayer.inverse(value).value.sub(z).abs().max().dataSync()[0], logDet.sum().dataSync()[0]];
});

table([
  { quantity: "largest error of the round trip of 16 pixels", value: roundTripError.toExponential(1) },
  { quantity: "log |det|, the sum over the changed pixels (nats)", value: imageLogDet.toFixed(5) },
  {
    quantity: "log |det| of the 16 × 16 Jacobian (nats)",
    value: tf.tidy(() => logAbsDet(tf.tensor2d(imageJacobian)).dataSync()[0]).toFixed(5),
  },
  {
    quantity: "entries of the Jacobian that are exactly 0, of 256",
    value: zerosIn(imageJacobian).toFixed(0),
  },
]);

// %% [markdown]
// Sorted by rows, this Jacobian is not a triangle. Put the pixels that stay first, and it is. A determinant does not mind the order, if rows and columns are sorted alike.
//
// ## 5.4 Thirty-two couplings
//
// Now the two moons again, with the flow of one of the texts behind this course: RealNVP with 32 couplings, halves exchanged.

// %% predict="thirty-two"

// %%
/** Trains a flow of the plane on the moons, as those of 5.2 were: as many steps, by the same learning rate. */
async function learnMoons(bijection: Bijection, label: string) {
  const model = flow(standardNormal([2]), bijection);
  const bar = progressBar(label, 400);
  const history = await fit(model, moons, {
    steps: 400,
    batchSize: 256,
    learningRate: 2e-3,
    schedule: "cosine",
    validation: heldOut,
    keep: "last",
    seed: 1,
    onProgress: ({ step }) => bar.update(step),
  });
  bar.finish();
  return { model, loss: finalLoss(history) };
}

const deep = await learnMoons(
  realNVP({ dimensions: 2, layers: 32, hidden: [16, 16], seed: 5 }),
  "32 couplings",
);

// %% answer="thirty-two"
predict.answer("thirty-two", {
  eight: finalLoss(affineHistory),
  deep: deep.loss,
  entropy: toyDensities.twoMoons.entropy,
});

// %% [markdown]
// Follow 500 points of the bell through the 32 layers. Each layer moves one coordinate only.

// %%
flowLayersFigure({
  bijection: deep.model.bijection,
  points: random("chapter 5, followed").normalTensor([500, 2]),
  between: 1,
  title: "A bell becomes two moons",
});

// %% [markdown]
// Two other ways to get on. **Batch norm** between couplings (RealNVP, section 3.7) keeps the numbers on a scale at which networks learn well. It is a diagonal flow, with the mean and deviation of each batch; its log-determinant counts. And instead of more couplings, each can bend more: with a rational-quadratic spline for $g$ (chapter 4) a coupling has not two parameters for each number but some twenty (Durkan and others, 2019).

// %% predict="which-flow"

// %%
const normalized = await learnMoons(
  realNVP({ dimensions: 2, layers: 8, hidden: [32, 32], batchNorm: true, seed: 6 }),
  "8 couplings with batch norm",
);

// %%
const splines = await learnMoons(
  splineCoupling({ dimensions: 2, layers: 4, hidden: [32, 32], seed: 7 }),
  "4 spline couplings",
);

table(
  [
    { flow: "8 additive couplings, no scale", "held-out loss (nats)": finalLoss(additiveHistory) },
    { flow: "8 affine couplings", "held-out loss (nats)": finalLoss(affineHistory) },
    { flow: "8 affine couplings with batch norm", "held-out loss (nats)": normalized.loss },
    { flow: "32 affine couplings, half as wide", "held-out loss (nats)": deep.loss },
    { flow: "4 rational-quadratic spline couplings", "held-out loss (nats)": splines.loss },
    { flow: "entropy of the truth", "held-out loss (nats)": toyDensities.twoMoons.entropy },
  ],
  { digits: 4 },
);

// %% answer="which-flow"
predict.answer("which-flow", {
  additive: finalLoss(additiveHistory),
  affine: finalLoss(affineHistory),
  normalized: normalized.loss,
  deep: deep.loss,
  splines: splines.loss,
});

// %% [markdown]
// What can stand for $g$, from the first to the richest:
//
// | coupling with | name | parameters for each changed number |
// |---|---|---|
// | a shift | NICE, 2014 | 1 |
// | a shift and a scale | RealNVP, 2016; Glow, 2018 | 2 |
// | a mixture of logistic distribution functions | Flow++, 2019 | 3 for each component, and 2 |
// | piecewise linear or quadratic splines | neural importance sampling, 2018 | about 1 or 2 for each bin |
// | rational-quadratic splines | neural spline flows, 2019 | 3 for each bin, less one |
//
// ## 5.5 Yours
//
// All of this can be written with nothing but arithmetic. Build a RealNVP of the plane from your own couplings and train it.

// %% exercise="05.realnvp"

// %% [markdown]
// Whatever passes is used here: it sees 300 of the moons, and generates 600 new points. (Until then eight couplings of the library's are trained in its place.)

// %%
const trainers = await check.passed("05.realnvp", ["fitRealNVP"], { waits: true });

const fewMoons = (moons.slice([0, 0], [300, 2]) as tf.Tensor2D).arraySync();
const own = progressBar("Training, then 600 new points", 601);
const ownFlow = await trainers.fitRealNVP(fewMoons);
own.update(1, "trained");
const [first, second] = [random("chapter 5, new").normal(600), random("chapter 5, new, second").normal(600)];
const generated: number[][] = [];
for (const [i, z] of first.entries()) {
  generated.push(await ownFlow.forward([z, second[i]]));
  own.update(generated.length + 1);
}
own.finish();

samples2dFigure({
  samples: [
    { points: fewMoons, name: "300 moons", space: "neutral" },
    { points: generated, name: "600 new points", space: "data" },
  ],
  title: "What it has learned",
});

// %% [markdown]
// ## What to take away
//
// - A coupling leaves a part of its input alone and changes the rest by invertible maps whose parameters are computed from that part. It is undone in one pass, and nothing of the networks is inverted.
// - Its Jacobian is block lower triangular. $\log|\det| = \sum s$ for a scale and a shift, 0 for a shift alone.
// - Additive couplings preserve volume. On a standard normal base no density above $(2\pi)^{-D/2}$ can come of them.
// - One coupling leaves a part untouched. Halves in turns need three couplings until every number depends on every other, two in the plane.
// - In images checkerboards and channels take turns. The network gives an $s$ for every pixel; only those of changed pixels count.
// - What eight affine couplings leave of the moons, more layers, batch norm or a richer $g$ may win; 5.4 measured by how much each did here.
//
// **What comes next.** A coupling steers one half by the other, in one go. An *autoregressive* flow (chapter 6) steers each number by all those before it: more flexible, and slow in one of the two directions.
//
// **Where it comes from.** Laurent Dinh, David Krueger and Yoshua Bengio (2014) introduced couplings with NICE, Dinh, Jascha Sohl-Dickstein and Samy Bengio (2016) gave them their scale, the masks for images and batch norm. Thomas Müller and others (2018) put piecewise polynomials into couplings, to sample light paths; Jonathan Ho and others (2019) mixtures of logistic functions; Conor Durkan and others (2019) rational-quadratic splines. Other ways to cut: Jakob Kruse and others (2019) couple halves within halves, recursively; Hari Prasanna Das and others (2019) choose by its part in the likelihood which number passes through more layers.

// %% [markdown]
// ## Quiz
//
// Six questions to see what has stayed. Write an answer in the place of the remark and run the cell: what it means unfolds below. There are no points, and you may choose again.

// %% quiz=true

// %% [markdown]
// ## References
//
// - Simon J. D. Prince. *Understanding Deep Learning*, chapter 16. MIT Press, 2023. [udlbook.com](https://udlbook.com)
// - Laurent Dinh, David Krueger, Yoshua Bengio. NICE: Non-linear independent components estimation. [arXiv:1410.8516v6](https://arxiv.org/abs/1410.8516v6), 2014.
// - Laurent Dinh, Jascha Sohl-Dickstein, Samy Bengio. Density estimation using Real NVP. [arXiv:1605.08803v3](https://arxiv.org/abs/1605.08803v3), 2016.
// - Thomas Müller, Brian McWilliams, Fabrice Rousselle, Markus Gross, Jan Novák. Neural importance sampling. [arXiv:1808.03856v5](https://arxiv.org/abs/1808.03856v5), 2018.
// - Diederik P. Kingma, Prafulla Dhariwal. Glow: generative flow with invertible 1×1 convolutions. [arXiv:1807.03039v2](https://arxiv.org/abs/1807.03039v2), 2018.
// - Conor Durkan, Artur Bekasov, Iain Murray, George Papamakarios. Neural spline flows. [arXiv:1906.04032v2](https://arxiv.org/abs/1906.04032v2), 2019.
// - Jonathan Ho, Xi Chen, Aravind Srinivas, Yan Duan, Pieter Abbeel. Flow++: improving flow-based generative models with variational dequantization and architecture design. [arXiv:1902.00275v2](https://arxiv.org/abs/1902.00275v2), 2019.
// - Jakob Kruse, Gianluca Detommaso, Ullrich Köthe, Robert Scheichl. HINT: hierarchical invertible neural transport for density estimation and Bayesian inference. [arXiv:1905.10687v4](https://arxiv.org/abs/1905.10687v4), 2019.
// - Hari Prasanna Das, Pieter Abbeel, Costas J. Spanos. Dimensionality reduction flows. [arXiv:1908.01686v1](https://arxiv.org/abs/1908.01686v1), 2019.
// - Felix Draxler, Stefan Wahl, Christoph Schnörr, Ullrich Köthe. On the universality of volume-preserving and coupling-based normalizing flows. Proceedings of Machine Learning Research 235 (ICML), 2024.
// - Takeshi Teshima, Isao Ishikawa, Koichi Tojo, Kenta Oono, Masahiro Ikeda, Masashi Sugiyama. Coupling-based invertible neural networks are universal diffeomorphism approximators. [arXiv:2006.11469v2](https://arxiv.org/abs/2006.11469v2), 2020.
