// %% [markdown]
// # 2 · The general case
//
// **Many dimensions: areas, volumes, and a chain of layers**
//
// *The question.* On a line, a function stretches by its slope, and the density is divided by it. A photograph is a point in a space of thousands of dimensions. A map of such a space stretches in one direction, squeezes in another, turns and shears. What takes the place of the slope? And how do many simple maps make one that is rich, without the price rising to the sky?
//
// You will
//
// 1. watch areas change under a map, and see that a determinant is an area,
// 2. find the density of a map of the plane and check it against samples,
// 3. chain layers, and see why the whole is called a *flow*,
// 4. cut space by planes and spheres, with a determinant that is nearly free,
// 5. train a flow by hand, and see what its step size decides.
//
// The chapter follows section 16.2 of Simon Prince's *Understanding Deep Learning*. Equation numbers are the book's. Problem 16.3 is in it. Run the cells from top to bottom with **Shift+Enter**. Where the text asks you to *predict*, write down what you expect before you go on.

// %%
import { bijection, chain as chainOf, planar as planarOf, radial as radialOf, random, tf } from "flowlab";
import {
  density2dFigure,
  densityFitFigure,
  figure,
  flowLayersFigure,
  jacobianOf,
  lineFigure,
  palette,
  warpedGridFigure,
} from "flowlab/figure";
import { progressBar, slider, table } from "flowlab/notebook";
import { check, predict } from "flowlab-grader";

// %% [markdown]
// ## 2.1 A determinant is an area
//
// Begin with a map that is the same everywhere: a matrix. It takes the unit square to a parallelogram, whose sides are the columns of the matrix. Below is a grid of $z$ (<span style="color:#0072b2">**blue**</span>) and its image (<span style="color:#d55e00">**orange**</span>) under
//
// $$\Omega = \begin{bmatrix} a & b\\ c & d \end{bmatrix}, \qquad \det\Omega = ad - bc.$$
//
// Move the four numbers. The title tells the determinant; *In words*, below the figure, tells both areas, as they come out when the picture is measured.

// %% predict="shear"

// %%
slider(
  {
    a: { from: -2, to: 2, step: 0.1, value: 1.2 },
    b: { from: -2, to: 2, step: 0.1, value: 0.6 },
    c: { from: -2, to: 2, step: 0.1, value: -0.3 },
    d: { from: -2, to: 2, step: 0.1, value: 0.9 },
  },
  ({ a, b, c, d }) =>
    warpedGridFigure({
      map: (z) => z.map(([z1, z2]) => [a * z1 + b * z2, c * z1 + d * z2]),
      range: [
        [-2, 2],
        [-2, 2],
      ],
      imageRange: [
        [-5, 5],
        [-5, 5],
      ],
      lines: 9,
      cell: { corner: [0, 0], side: 1 },
      title: `det Ω = ${(a * d - b * c).toFixed(2)}`,
    }),
  { frames: 3 },
);

// %% answer="shear"

// %% [markdown]
// Three things to find with the sliders:
//
// - $a = d = 1$ and $c = 0$, and then any $b$: a **shear**. The square leans, and the farther it leans the longer and the thinner it is. Watch the title.
// - $b = c$ and $a = d = b$: the columns are parallel, the parallelogram has collapsed to a line, and the determinant is 0. Nothing can undo that.
// - $a = -1$, $d = 1$, $b = c = 0$: a mirror. The determinant is $-1$, and the area is 1. That is why a density needs $|\det|$.
//
// Now a map that is *not* the same everywhere. It is made of two steps:
//
// $$h = \left(e^{s z_2} z_1,\ z_2\right), \qquad x = \left(h_1,\ h_2 + \tfrac12 h_1^2\right).$$
//
// The first makes everything wider, the higher up it lies; the second bends it up on both sides. A small square becomes a small *bent* parallelogram, and close up it is nearly straight. Its sides are given by the derivatives of both outputs by both inputs. They stand in the **Jacobian**,
//
// $$\frac{\partial f[z]}{\partial z} = \begin{bmatrix} \frac{\partial x_1}{\partial z_1} & \frac{\partial x_1}{\partial z_2}\\[4pt] \frac{\partial x_2}{\partial z_1} & \frac{\partial x_2}{\partial z_2} \end{bmatrix},$$
//
// which is the best matrix at that place: $f[z + \epsilon] \approx f[z] + \frac{\partial f}{\partial z}\,\epsilon$. Its determinant tells how areas grow *there*.
//
// > **Erratum, and two conventions.** Entry $(i, j)$ is $\partial f_i/\partial z_j$: output in the row, input in the column. The text that this course follows says "element $(i, j)$ contains $\partial f_i/\partial z_i$", which leaves the column out. The author's list of errata (18 June 2025) corrects it, and says that **later printings use the transposed matrix**, $\partial f_j/\partial z_i$, and turn the products of equations 16.6 and 16.7 round. A matrix and its transpose have the same determinant, so densities do not notice. Products do: problem 16.3 below asks which of the two you use.
//
// Drag the marked square through the plane, and the strength $s$ of the first step.

// %%
const widen = (s: number) => (z: readonly number[]) => [Math.exp(s * z[1]) * z[0], z[1]];
const bendUp = (h: readonly number[]) => [h[0], h[1] + 0.5 * h[0] ** 2];

slider(
  {
    s: { from: -1, to: 1, step: 0.05, value: 0.5 },
    across: { from: -2, to: 1.5, step: 0.1, value: 0.5, label: "z₁ of the square" },
    up: { from: -2, to: 1.5, step: 0.1, value: 1, label: "z₂ of the square" },
  },
  ({ s, across, up }) =>
    warpedGridFigure({
      map: (z) => z.map(widen(s)).map(bendUp),
      range: [
        [-2, 2],
        [-2, 2],
      ],
      imageRange: [
        [-5, 5],
        [-3, 7],
      ],
      lines: 17,
      cell: { corner: [across, up], side: 0.5 },
      title: `|det| in the middle of the square: ${Math.exp(s * (up + 0.25)).toFixed(2)}`,
    }),
  { frames: 4 },
);

// %% [markdown]
// Where does the number in the title come from? The Jacobians of the two steps are
//
// $$\frac{\partial h}{\partial z} = \begin{bmatrix} e^{s z_2} & s\, e^{s z_2} z_1\\ 0 & 1 \end{bmatrix}, \qquad \frac{\partial x}{\partial h} = \begin{bmatrix} 1 & 0\\ h_1 & 1 \end{bmatrix}.$$
//
// Both are triangular, and the determinant of a triangular matrix is the product of its diagonal: $e^{s z_2}$ and 1. Bending up changes *no area at all*. The Jacobian of both steps together is the product of the two matrices, which is full; but its determinant is the product of the determinants, $e^{s z_2}$. We let TensorFlow.js differentiate the whole map, and compare.

// %%
const S = 0.5;
const banana = (z: readonly number[]) => bendUp(widen(S)(z));

/** The same map on tensors of shape [n, 2], so that it can be differentiated. */
const bananaOfTensor = (z: tf.Tensor): tf.Tensor => {
  const [z1, z2] = tf.split(z, 2, -1);
  const wide = tf.mul(tf.exp(tf.mul(z2, S)), z1);
  return tf.concat([wide, tf.add(z2, tf.mul(tf.square(wide), 0.5))], -1);
};

table(
  [
    [0, 0],
    [1, 1],
    [-1.5, 0.5],
    [0.5, -2],
  ].map((z) => {
    const [[p, q], [r, t]] = jacobianOf(bananaOfTensor, z);
    return {
      z: `(${z.join(", ")})`,
      Jacobian: `[${[p, q].map((v) => v.toFixed(3)).join(", ")}], [${[r, t].map((v) => v.toFixed(3)).join(", ")}]`,
      "its determinant": p * t - q * r,
      "exp(s·z₂)": Math.exp(S * z[1]),
    };
  }),
  { digits: 5 },
);

// %% [markdown]
// ## 2.2 The density of a map of space
//
// The bookkeeping is that of chapter 1: **mass does not change when it is moved.** A small square of area $dA$ at $z$ holds the mass $Pr(z)\,dA$. Its image has the area $|\det \partial f/\partial z|\,dA$. The masses are equal, so the density at $x = f[z]$ is
//
// $$Pr(x|\phi) = \left|\frac{\partial f[z, \phi]}{\partial z}\right|^{-1} \cdot Pr(z), \qquad z = f^{-1}[x, \phi].$$
//
// This is equation 16.3. The bars mean *the absolute value of the determinant*, here and from now on. In $D$ dimensions squares become boxes and areas volumes; nothing else changes. For $D = 1$ the determinant of a $1 \times 1$ matrix is the number in it, and we are back at equation 16.1.
//
// The same thing in the other direction: with the Jacobian of $f^{-1}$ at $x$, whose determinant is one over that of $f$ at $z$,
//
// $$Pr(x|\phi) = Pr(z) \cdot \left|\frac{\partial f^{-1}[x, \phi]}{\partial x}\right|.$$
//
// You will meet both. One *divides* by the determinant of the map from $z$ to $x$, the other *multiplies* by that of the map from $x$ to $z$.
//
// > **In a box: push-forward.** A statistician writes the same in measures. A map $f$ and a distribution $P_z$ give a new one by $P_x(A) = P_z(f^{-1}(A))$ for every (measurable) set $A$: to know how much lies in $A$, ask how much lies where $A$ came from. That is the *push-forward*, $P_x = f_* P_z$. It exists for every measurable $f$, one-to-one or not. Only when we ask for a *density* of it do we need more: that $f$ can be undone and that both directions have derivatives, except perhaps on a set without mass (*almost everywhere*). Then the density of the push-forward is equation 16.3. Taking a density on $x$ back to $z$ in the same way is called the *pull-back*. Training a flow pushes the base forward until it lies on the data, or pulls the data back until they lie on the base. It is the same training.
// >
// > Other models push forward, too. A *GAN* is trained by comparing samples of $f_* P_z$ with data, and never asks for the density: its $f$ need not be invertible, and there is no likelihood. A *variational autoencoder* adds noise behind $f$, has a density that is an integral over all $z$, and trains on a lower *bound* of its logarithm. A flow pays for the exact value with an $f$ that can be undone. And a *diffusion model* resembles a flow in its shape: many small steps from data to noise, and a learned way back. But its way to the noise is random, so that a data point has no single $z$, and its likelihood is bounded, too, unless the random way is replaced by the flow of a differential equation. (A later chapter is to compare them by measurement.)
//
// Our map can be undone by hand, step by step from the end: $h_1 = x_1$, $h_2 = x_2 - \tfrac12 h_1^2$, and then $z_2 = h_2$, $z_1 = e^{-s z_2} h_1$. So its density has a formula.

// %%
const unbanana = ([x1, x2]: readonly number[]) => {
  const z2 = x2 - 0.5 * x1 ** 2;
  return [Math.exp(-S * z2) * x1, z2];
};

/** Equation 16.3 in logarithms: log Pr(z) − log|det|. */
const bananaLogDensity = (x: readonly number[]): number => {
  const [z1, z2] = unbanana(x);
  return -(z1 ** 2 + z2 ** 2) / 2 - Math.log(2 * Math.PI) - S * z2;
};

/** So many points of a standard normal in the plane. */
function bellPoints(count: number, seed: string): number[][] {
  const [first, second] = [random(seed).normal(count), random(`${seed}, second`).normal(count)];
  return first.map((v, i) => [v, second[i]]);
}

const bananaPoints = bellPoints(20_000, "chapter 2").map(banana);

// %% [markdown]
// Before you look at this density: the base is densest at $z = 0$, which lands at $x = 0$.

// %% predict="densest"

// %%
density2dFigure({
  logProb: (points) => points.map(bananaLogDensity),
  points: bananaPoints.slice(0, 500),
  range: [
    [-4, 4],
    [-3, 5],
  ],
  title: "Equation 16.3, and 500 samples",
});

// %%
const cells = Array.from({ length: 401 }, (_, i) => -4 + 0.02 * i);
let densest = { x1: 0, x2: 0, log: -Infinity };
for (const x1 of cells) {
  for (const x2 of cells) {
    const log = bananaLogDensity([x1, x2]);
    if (log > densest.log) densest = { x1, x2, log };
  }
}

/** The mass of a box by the formula, as a fine sum. */
function massOf([left, right]: readonly [number, number], [low, high]: readonly [number, number]): number {
  const n = 200;
  const cell = ((right - left) * (high - low)) / n ** 2;
  let mass = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      mass += Math.exp(
        bananaLogDensity([left + ((i + 0.5) * (right - left)) / n, low + ((j + 0.5) * (high - low)) / n]),
      );
  return mass * cell;
}

const boxes = [
  { across: [-0.5, 0.5], up: [-1.5, -0.5] },
  { across: [-0.5, 0.5], up: [0.5, 1.5] },
  { across: [1, 2], up: [0.5, 2.5] },
  { across: [-12, 12], up: [-8, 80] },
] as const;

table(
  boxes.map(({ across, up }) => ({
    box: `x₁ from ${across[0]} to ${across[1]}, x₂ from ${up[0]} to ${up[1]}`,
    "mass by equation 16.3": massOf(across, up),
    "share of 20,000 samples":
      bananaPoints.filter(([x1, x2]) => x1 > across[0] && x1 < across[1] && x2 > up[0] && x2 < up[1]).length /
      bananaPoints.length,
  })),
  { digits: 3 },
);

// %% answer="densest"
predict.answer("densest", { height: densest.x2, across: densest.x1 });

// %% [markdown]
// The shares agree with the formula within what 20,000 samples can tell ($\pm 0.003$), and the whole mass is 1.
//
// ## 2.3 A chain of layers
//
// One step widened, one bent. A **deep** flow goes on like that: equation 16.4,
//
// $$x = f[z, \phi] = f_K\big[f_{K-1}[\dots f_2[f_1[z, \phi_1], \phi_2] \dots, \phi_{K-1}], \phi_K\big],$$
//
// and equation 16.5, which undoes it from the outside in,
//
// $$z = f^{-1}[x, \phi] = f_1^{-1}\big[f_2^{-1}[\dots f_K^{-1}[x, \phi_K] \dots, \phi_2], \phi_1\big].$$
//
// Watch 500 points of the bell pass through four layers. Each widens and bends, as above but less; in every second one the two coordinates have exchanged roles. The figure opens at $z$. Press *Play*, or drag: the points move in straight lines from where one layer puts them to where the next does. (A few of the outermost leave the frame on their way, and come back.)

// %%
const step = (name: string, on: 0 | 1, strength: number, lift: number) => {
  const other = on === 0 ? 1 : 0;
  const put = (parts: tf.Tensor[]) => tf.concat(on === 0 ? parts : [parts[1], parts[0]], -1);
  return bijection({
    name,
    event: [2],
    forward: (z) => {
      const parts = tf.split(z, 2, -1);
      const log = tf.mul(parts[other], strength);
      const wide = tf.mul(tf.exp(log), parts[on]);
      const value = put([wide, tf.add(parts[other], tf.mul(tf.square(wide), lift))]);
      return { value, logDet: tf.squeeze(log, [-1]) };
    },
    inverse: (x) => {
      const parts = tf.split(x, 2, -1);
      const back = tf.sub(parts[other], tf.mul(tf.square(parts[on]), lift));
      const log = tf.mul(back, -strength);
      return { value: put([tf.mul(tf.exp(log), parts[on]), back]), logDet: tf.squeeze(log, [-1]) };
    },
  });
};

flowLayersFigure({
  bijection: chainOf([
    step("banana", 0, 0.25, 0.2),
    step("banana on its side", 1, 0.15, 0.1),
    step("and back", 0, -0.2, -0.2),
    step("and back on its side", 1, -0.15, -0.1),
  ]),
  points: bellPoints(500, "through four layers"),
  range: [
    [-6, 6],
    [-6, 6],
  ],
  title: "Four layers, one after another",
});

// %% [markdown]
// *After the book's figure 16.4.* Each layer is simple and can be undone. In the inverse direction each lets the data **flow** a little closer to the normal density of the base: hence the name *normalizing flow*.
//
// What does the chain cost? By the chain rule, the Jacobian of the whole is a product of matrices, equation 16.6,
//
// $$\frac{\partial f[z, \phi]}{\partial z} = \frac{\partial f_K[f_{K-1}, \phi_K]}{\partial f_{K-1}} \cdot \frac{\partial f_{K-1}[f_{K-2}, \phi_{K-1}]}{\partial f_{K-2}} \cdots \frac{\partial f_1[z, \phi_1]}{\partial z},$$
//
// and as the determinant of a product is the product of the determinants, equation 16.7,
//
// $$\left|\frac{\partial f[z, \phi]}{\partial z}\right| = \left|\frac{\partial f_K[f_{K-1}, \phi_K]}{\partial f_{K-1}}\right| \cdot \left|\frac{\partial f_{K-1}[f_{K-2}, \phi_{K-1}]}{\partial f_{K-2}}\right| \cdots \left|\frac{\partial f_1[z, \phi_1]}{\partial z}\right|.$$
//
// (An algebraist says: the determinant is a *homomorphism*, it turns products of matrices into products of numbers, and its logarithm turns them into sums.) **So no Jacobian of the whole is ever computed.** Each layer reports its own log-determinant at the point that arrives there, and they are added. That is all the machinery of a deep flow.
//
// > **Mind the order.** Here $f_1$ acts first. The Russian handbook that also stands behind this course writes $f = f_1 \circ \dots \circ f_K$ with $x = f(z)$, so that $f_K$ acts first. And one lecture takes all factors of the change of variables at $z$. Only the base density and the Jacobian of the first layer are taken there; that of the second layer is taken at $f_1[z]$, and so on, and that of the inverse at $x$. For $f = \exp$ at $z = 1$, the slope of the *inverse* at $x = e$ is $1/e \approx 0.368$; taken at $z$ it would be 1.

// The inverse has a Jacobian as well, and its determinant is what the second form of the density needs.

// %% exercise="16.3"

// %% [markdown]
// One trap lies in the word *product*. Deep flows have a hundred layers and more.

// %% predict="hundred-layers"

// %%
const shrink = 1e-4;
let product = 1;
let sumOfLogs = 0;
for (let k = 0; k < 100; k++) {
  product *= shrink;
  sumOfLogs += Math.log(shrink);
}

table([
  { computed: "the product of 100 determinants", value: product },
  { computed: "its logarithm", value: Math.log(product) },
  { computed: "the sum of 100 log-determinants", value: sumOfLogs },
]);

// %% answer="hundred-layers"
predict.answer("hundred-layers", { product, sum: sumOfLogs });

// %% exercise="02.chain"

// %% [markdown]
// With `unchain` one has everything that a density needs: equation 16.3 is the base's log-density at $z$, plus the log-determinant of the way back. The next cell draws three layers at random (each turns, stretches, shifts and bends) and shows their density and samples. It computes with **your** `chain` and `unchain` once they have passed their check, and with the course's until then.

// %%
const layerNumbers = random("a");
const threeLayers = Array.from({ length: 3 }, () => {
  const [angle] = layerNumbers.uniform(1, 0, 2 * Math.PI);
  const [first, second] = layerNumbers.uniform(4, 1.4, 2.2);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [first * c, -second * s, first * s, second * c, first - 1.8, 0.4];
});

const yours = await check.passed("02.chain", ["chain", "unchain"]);

density2dFigure({
  logProb: (points) =>
    points.map((x) => {
      const { z, logDet } = yours.unchain(threeLayers, x);
      return -(z[0] ** 2 + z[1] ** 2) / 2 - Math.log(2 * Math.PI) + logDet;
    }),
  points: bellPoints(300, "through three layers").map((z) => yours.chain(threeLayers, z).x),
  range: [
    [-3, 3],
    [-3, 3],
  ],
  resolution: 50,
  title: "Three layers: density by unchain, 300 samples by chain",
});

// %% [markdown]
// Learning works as in chapter 1, now with vectors. Equation 16.8:
//
// $$\hat\phi = \underset{\phi}{\arg\max} \left[\prod_{i=1}^I Pr(z_i) \cdot \left|\frac{\partial f[z_i, \phi]}{\partial z_i}\right|^{-1}\right] = \underset{\phi}{\arg\min} \left[\sum_{i=1}^I \log\left|\frac{\partial f[z_i, \phi]}{\partial z_i}\right| - \log Pr(z_i)\right], \qquad z_i = f^{-1}[x_i, \phi].$$
//
// Compare with equation 16.2: there the text that we follow had printed a wrong exponent; here, in the same formula for vectors, its sign is right.
//
// %% [markdown]
// ## 2.4 What a layer has to be able to do
//
// Section 16.2.2 lists four requirements. Here they are, with a correction of the last and an addition to the second:
//
// 1. Together the layers must be **expressive**: able to turn a normal density into any other.
// 2. Each must be **invertible**, and its inverse **differentiable** too, at least almost everywhere.
// 3. The inverse must be **computable** quickly: densities and training go that way, at every step.
// 4. The **determinant** must be computable quickly, *in one direction or the other*.
//
// > **Erratum.** The text that this course follows asks for a cheap determinant of the forward *and* of the inverse map. One is enough: the other is its reciprocal, at the same place. One source of this course also says that $f$ itself, from $z$ to $x$, only has to be differentiable and invertible. That is not enough: $x = z^3$ is both, everywhere, and yet its density at $x = 0$ is infinite.
//
// %% exercise="02.cube"

// %% [markdown]
// Which of the two directions is cheap is a choice, and whoever reads more than one text on flows has to find out what each calls $f$. The texts behind this course do not agree. (A *coupling* is the layer of chapter 5, which scales one half of the coordinates.)
//
// | text | $f$ goes | the scale of a coupling acts on | "Jacobian" means |
// |---|---|---|---|
// | *Understanding Deep Learning*, 16 | $z \to x$ | $h$, forward | the matrix; bars around it: the absolute determinant |
// | a Russian handbook | $z \to x$ | $z$, forward | the determinant |
// | a lecture at the HSE (Gushchin, 2024) | $x \to z$ | $x$, normalizing | the determinant |
// | a lecture at SPbU (Nikolenko, 2025) | $z \to x$, and from Glow on $x \to z$ | both | either |
// | a Japanese page (Shiba, 2024) | $z \to x$ | the first half | the determinant; the matrix is called Jacobi matrix |
//
// In this course $f$ goes from $z$ to $x$, and every exercise says in which direction a function goes. Where a text has $x \to z$, its log-determinant is *added* to the base's log-density instead of subtracted, and nothing else changes.
//
// How expensive is a determinant? By elimination it takes $D^3/3$ multiplications; chapter 3 measures it. A small photograph has 3,072 dimensions, and a training needs the determinant for every photograph, at every step, in every layer. So it is tempting to be lazy, and to look at the diagonal only.

// %% exercise="02.lazy"

// %% [markdown]
// Suppose that somebody trains a linear flow $z = Wx$ with the lazy log-determinant, on data of correlation 0.9. Which loss will be reported?

// %% predict="lazy-training"

// %%
const determinants = await check.passed("02.lazy", ["exactLogDet", "lazyLogDet", "fooled"]);

const RHO = 0.9;
const related = bellPoints(1000, "related").map(([p, q]) => [p, RHO * p + Math.sqrt(1 - RHO ** 2) * q]);

/** The mean of ½‖Wx‖² + log 2π − log|det W|, with either log-determinant. */
function lossOf(W: number[][], logDet: (J: number[][]) => number): number {
  const squares = related.map(([x1, x2]) => W.reduce((sum, [a, b]) => sum + (a * x1 + b * x2) ** 2, 0));
  return squares.reduce((sum, v) => sum + v, 0) / related.length / 2 + Math.log(2 * Math.PI) - logDet(W);
}

/** Gradient descent on the loss with the lazy log-determinant: each row of W for itself. */
let W = [
  [1, 0],
  [0, 1],
];
const lazySteps: number[] = [];
for (let k = 0; k < 400; k++) {
  lazySteps.push(lossOf(W, determinants.lazyLogDet));
  W = W.map((row, i) => {
    const slope = [0, 0];
    for (const [x1, x2] of related) {
      const z = row[0] * x1 + row[1] * x2;
      slope[0] += (z * x1) / related.length;
      slope[1] += (z * x2) / related.length;
    }
    slope[i] -= 1 / row[i];
    return row.map((v, j) => v - 0.2 * slope[j]);
  });
}
/** Of the source, from which the data were drawn: what no density can get below on average. */
const relatedEntropy = 1 + Math.log(2 * Math.PI) + 0.5 * Math.log(1 - RHO ** 2);
/** What the best W gives to these 1,000 points, with its whole determinant: half the logarithm of det 2πe S, with S their mean xxᵀ. */
const [square1, mixed, square2] = [0, 1, 2].map(
  (k) => related.reduce((sum, [x1, x2]) => sum + x1 ** (2 - k) * x2 ** k, 0) / related.length,
);
const bestHonest = 1 + Math.log(2 * Math.PI) + 0.5 * Math.log(square1 * square2 - mixed ** 2);
const lazyMass = Math.exp(determinants.lazyLogDet(W) - determinants.exactLogDet(W));

lineFigure({
  series: [
    { x: lazySteps.map((_, i) => i), y: lazySteps, name: "reported loss", line: { color: palette.loss } },
    {
      x: [0, 400],
      y: [relatedEntropy, relatedEntropy],
      name: "entropy of the source",
      line: { color: palette.neutral, dash: "dash" },
    },
    {
      x: [0, 400],
      y: [bestHonest, bestHonest],
      name: "best honest W for these 1,000 points",
      line: { color: palette.guide, dash: "dot" },
    },
  ],
  xTitle: "step",
  yTitle: "nats",
  title: "Trained with the lazy log-determinant",
});

// %%
table(
  [
    { quantity: "loss that is reported at the end (nats)", value: lossOf(W, determinants.lazyLogDet) },
    { quantity: "entropy of the source (nats)", value: relatedEntropy },
    { quantity: "best honest W for these 1,000 points (nats)", value: bestHonest },
    { quantity: "loss with the exact log-determinant (nats)", value: lossOf(W, determinants.exactLogDet) },
    { quantity: "mass of the lazy density", value: lazyMass },
  ],
  { digits: 3 },
);

// %% answer="lazy-training"
predict.answer("lazy-training", {
  reported: lossOf(W, determinants.lazyLogDet),
  entropy: relatedEntropy,
  mass: lazyMass,
});

// %% [markdown]
// So there are two honest ways: a map whose Jacobian has its determinant *on* the diagonal, because it is triangular (chapters 3 to 6), or one whose determinant has another cheap formula. The second way comes now.
//
// ## 2.5 Cutting space: planar and radial flows
//
// A first deep flow. Danilo Rezende and Shakir Mohamed (2015) proposed a layer that does one simple thing, in a space of any dimension $D$:
//
// $$x = z + u\, h(w^\top z + b), \qquad h = \tanh.$$
//
// $w^\top z + b = 0$ is a plane. Points on it stay; on one side they move by up to $u$, on the other by up to $-u$: space is **cut along a plane** and pulled apart, or pushed together. (It is a residual network with a single hidden unit. One of the lectures calls it linear, which it is not: with a linear $h$ it could not cut.)
//
// What is the determinant of its Jacobian, $I + u\,\psi^\top$ with $\psi = h'(w^\top z + b)\,w$? In general, a determinant of $D$ dimensions costs $\mathcal{O}(D^3)$. But this matrix is the identity plus *one column times one row*. A vector across $w$ is not changed by it at all, and those are $D - 1$ directions. So space is stretched in one direction only, and there is a formula for by how much, the **matrix determinant lemma**:
//
// $$\left|\frac{\partial f}{\partial z}\right| = |1 + u^\top \psi(z)|,$$
//
// two dot products, $\mathcal{O}(D)$. Low rank is one of two ways to cheap determinants; triangular matrices, from chapter 3 on, are the other.
//
// **When can it be undone?** Along $w$, with $a = w^\top z + b$, the map is $a \mapsto a + w^\top u\, \tanh a$. Its slope $1 + w^\top u\,(1 - \tanh^2 a)$ comes close to 1 far out on either side, so there the map rises; to be undone it must rise everywhere, and for a smooth inverse the slope must stay above 0. For a negative $w^\top u$ the slope is smallest at $a = 0$, where it is $1 + w^\top u$; so $w^\top u > -1$ is needed. To have it for *any* parameters, the paper replaces $u$ by $\hat u$, which differs from it along $w$ only.
//
// > **Erratum.** A text that this course was built from says that $h$ must be *bijective*. That is neither enough nor needed: tanh reaches only $(-1, 1)$, and with $w^\top u = -0.9$ the smallest slope is $0.1$, fine; $h(a) = a + a^3$ is bijective, and with the same $w^\top u$ the map is $a \mapsto 0.1a - 0.9a^3$, which takes $0$ and $\tfrac13$ both to 0: it folds. Even $h(a) = 2a$ is no help with $w^\top u = -\tfrac12$: the slope is 0 everywhere, and all of space falls onto one plane.
//
// Below, a grid goes through one layer. Guess first; then let $w^\top u$ go below $-1$.

// %% predict="folding"

// %%
slider(
  {
    product: { from: -2, to: 4, step: 0.1, value: 2, label: "wᵀu" },
    angle: { from: -90, to: 90, step: 5, value: 30, label: "direction of w (degrees)" },
    b: { from: -2, to: 2, step: 0.1, value: 0 },
  },
  ({ product: pull, angle, b }) => {
    const w = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
    const [least, most] = [Math.min(1, 1 + pull), Math.max(1, 1 + pull)];
    return warpedGridFigure({
      map: (z) =>
        z.map(([z1, z2]) => {
          const bent = Math.tanh(w[0] * z1 + w[1] * z2 + b);
          return [z1 + pull * w[0] * bent, z2 + pull * w[1] * bent];
        }),
      imageRange: [
        [-6, 6],
        [-6, 6],
      ],
      title: `u along w: determinants from ${least.toFixed(1)} to ${most.toFixed(1)}`,
    });
  },
  { frames: 4 },
);

// %% answer="folding"

// %% exercise="02.planar"

// %% [markdown]
// The **radial** flow of the same paper cuts by *spheres* instead of planes. With a centre $z_0$ and $r = \|z - z_0\|$,
//
// $$x = z + \beta\, h\,(z - z_0), \qquad h = \frac{1}{\alpha + r}, \qquad \left|\frac{\partial f}{\partial z}\right| = (1 + \beta h)^{D-1}\,(1 + \beta h + \beta h' r), \qquad h' = -\frac{1}{(\alpha + r)^2}.$$
//
// Points move away from the centre ($\beta > 0$) or towards it. Lengths across the ray, in $D - 1$ directions, change by the first factor, those along the ray by the second. It can be undone if $\beta \geq -\alpha$. (One lecture prints the map without determinant and condition, another page calls it *circular flow*; both mean this one. It has nothing to do with splines on a circle.)
//
// Here are both at work on two bases, a normal one and a **uniform** one: with 1, 2 and 10 layers. On the uniform base the cuts show best, because nothing else has any structure.

// %%
const POINTS = 900;
const bases = {
  normal: bellPoints(POINTS, "cut"),
  uniform: Array.from({ length: POINTS }, (_, i) =>
    [0, 1].map((j) => random(`cut, ${j}`).uniform(POINTS, -2, 2)[i]),
  ),
};

/** So many layers with parameters that show: for planar flows w, u and b, for radial ones the centre, a and b. */
function cuts(kind: "planar" | "radial", count: number) {
  const numbers = random(`${kind} cuts`);
  const make = kind === "planar" ? planarOf : radialOf;
  return chainOf(
    Array.from({ length: count }, (_, k) => {
      const layer = make({ dimensions: 2, seed: k });
      const [first, second, third] = layer.variables;
      const [p, q, r, s, t] = numbers.normal(5);
      if (kind === "planar") {
        // w is long, so that the cut is sharp; u pulls apart and pushes together in turns, and shears along the cut.
        const length = Math.hypot(p, q);
        const across = [p / length, q / length];
        const pull = k % 2 === 0 ? 0.7 : -0.7;
        first.assign(tf.tensor1d(across.map((v) => 4 * v)));
        second.assign(tf.tensor1d([pull * across[0] + 0.4 * r, pull * across[1] + 0.4 * s]));
        third.assign(tf.scalar(t));
      } else {
        first.assign(tf.tensor1d([p, q]));
        second.assign(tf.scalar(-1));
        third.assign(tf.scalar(k % 2 === 0 ? 0.7 : -3));
      }
      return layer;
    }),
  );
}

const panels = (["normal", "uniform"] as const).flatMap((base, row) =>
  ([0, 1, 2, 10] as const).map((count, column) => ({ base, row, count, column })),
);

/** Points of both bases through 0, 1, 2 and 10 layers of one kind. */
function cutsFigure(kind: "planar" | "radial") {
  const traces = panels.map(({ base, count }, i) => {
    const points = tf.tidy(() =>
      count === 0
        ? bases[base]
        : (cuts(kind, count).forward(tf.tensor2d(bases[base])).value.arraySync() as number[][]),
    );
    return {
      name: `${base} base, ${count} layers`,
      mode: "markers",
      x: points.map(([x1]) => x1),
      y: points.map(([, x2]) => x2),
      xaxis: i === 0 ? "x" : `x${i + 1}`,
      yaxis: i === 0 ? "y" : `y${i + 1}`,
      marker: { color: count === 0 ? palette.base : palette.data, size: 2.5, opacity: 0.6 },
    };
  });
  const axes = Object.fromEntries(
    panels.flatMap(({ base, row, count, column }, i) => {
      const letter = count === 0 ? "z" : "x";
      const across = [(column + 0.06) / 4, (column + 0.86) / 4] as const;
      const down = row === 0 ? ([0.6, 1] as const) : ([0, 0.4] as const);
      const own = i === 0 ? "" : `${i + 1}`;
      return [
        [
          `xaxis${own}`,
          {
            domain: across,
            anchor: `y${own}`,
            range: [-6, 6] as const,
            title: `${base} base, K = ${count}: ${letter}₁`,
          },
        ],
        [
          `yaxis${own}`,
          {
            domain: down,
            anchor: `x${own}`,
            range: [-6, 6] as const,
            title: column === 0 ? `${letter}₂` : "",
          },
        ],
      ];
    }),
  );
  return figure(
    traces,
    {
      ...axes,
      height: 480,
      showlegend: false,
      title: `${kind === "planar" ? "Planar" : "Radial"} flows of K layers`,
    },
    {
      description: `${POINTS} points of a normal base (above) and of a uniform base on a square (below), through 0, 1, 2 and 10 ${kind} layers: ${
        kind === "planar"
          ? "cut and pulled apart along straight lines"
          : "drawn in and pushed away around centres"
      }`,
    },
  );
}

cutsFigure("planar");

// %%
cutsFigure("radial");

// %% [markdown]
// *After figure 1 of Rezende and Mohamed.* One layer makes one cut, and ten make no simple shape: each layer can do so little that hundreds may be needed. And **a planar layer's inverse** has no formula: a number has to be searched for, as in chapter 1. (The library's `planar` does so. A radial layer's is easier: the distance from the centre solves a quadratic equation.) That is why these flows are rarely used for data today. But there is a task that never needs the inverse.
//
// Suppose that there are *no data*, but a formula for the density up to a constant, $p(x) \propto e^{-U(x)}$, and we want samples of it: a posterior, or the states of a physical system. Then draw $z$, push it forward, and make the flow's density $q$ agree with $p$ where its own samples land,
//
// $$\mathbb{E}_{z}\big[\log q(f[z]) + U(f[z])\big] = \mathbb{E}_z\left[\log Pr(z) - \log\left|\frac{\partial f}{\partial z}\right| + U(f[z])\right],$$
//
// which is the divergence of the two, up to the constant. Everything goes *forward*. Below, planar layers learn $U_1$ of the paper, two halves of a ring; the dashed line is the value for a perfect fit, $-\log\int e^{-U}$. (Chapter 14 comes back to this.)

// %%
/** U₁ = ½((‖x‖ − 2)/0.4)² − log(exp(−½((x₁ − 2)/0.6)²) + exp(−½((x₁ + 2)/0.6)²)) */
const ringEnergy = (x: tf.Tensor): tf.Tensor => {
  const [x1] = tf.split(x, 2, -1);
  const off = (centre: number) => tf.mul(tf.square(tf.div(tf.sub(tf.squeeze(x1, [-1]), centre), 0.6)), -0.5);
  const radius = tf.sqrt(tf.sum(tf.square(x), -1));
  return tf.sub(
    tf.mul(tf.square(tf.div(tf.sub(radius, 2), 0.4)), 0.5),
    tf.logSumExp(tf.stack([off(2), off(-2)], -1), -1),
  );
};

const cutter = chainOf(Array.from({ length: 8 }, (_, k) => planarOf({ dimensions: 2, seed: k })));
const cutSteps = 400;
const bar = progressBar("Eight planar layers, no data", cutSteps);
const cutNoise = random("no data");
const watched = tf.tensor2d(random("watched").normal(1000), [500, 2]);
/** E[log Pr(z) − log|det| + share·U], of which the base's part is known: −log 2π − 1. */
const divergence = (z: tf.Tensor, share: number): tf.Scalar => {
  const { value, logDet } = cutter.forward(z);
  const base = Math.log(2 * Math.PI) + 1;
  return tf.sub(tf.mean(tf.sub(tf.mul(ringEnergy(value), share), logDet)), base).asScalar();
};
const optimizers = [tf.train.adam(0.05), tf.train.adam(0.01)];
const watchedLoss: { step: number; loss: number }[] = [];
for (let i = 0; i <= cutSteps; i++) {
  if (i % 10 === 0) {
    watchedLoss.push({ step: i, loss: tf.tidy(() => divergence(watched, 1).dataSync()[0]) });
    bar.update(i, `${watchedLoss[watchedLoss.length - 1].loss.toFixed(3)} nats`);
    await tf.nextFrame();
  }
  // The energy is switched on slowly, so that both halves are found before the walls are high; the last steps are small.
  const share = Math.min(1, 0.1 + i / 200);
  optimizers[i < 280 ? 0 : 1].minimize(
    () => divergence(tf.tensor2d(cutNoise.normal(256), [128, 2]), share),
    false,
    [...cutter.variables],
  );
}
bar.finish();

lineFigure({
  series: [
    {
      x: watchedLoss.map(({ step }) => step),
      y: watchedLoss.map(({ loss }) => loss),
      name: "E[log q + U] over 500 points",
      line: { color: palette.loss },
    },
    {
      x: [0, cutSteps],
      y: [-1.8775, -1.8775],
      name: "a perfect fit",
      line: { color: palette.neutral, dash: "dash" },
    },
  ],
  xTitle: "step",
  yTitle: "nats",
  title: "Learning a density from its formula",
});

// %% [markdown]
// The parameters are learned; now let **your** `constrain` and `planar` do the pushing, once they have passed their check. This model of yours generates.

// %%
const cutting = await check.passed("02.planar", ["planar", "constrain"]);

const learnedCuts = (cutter.parts ?? []).map((layer) => {
  const [w, u, b] = layer.variables.map((variable) => Array.from(variable.dataSync()));
  return { w, u: cutting.constrain(u, w), b: b[0] };
});
const cutPoints = bellPoints(400, "cut out").map((z) =>
  learnedCuts.reduce((point, { u, w, b }) => cutting.planar(point, u, w, b).x, z),
);

density2dFigure({
  logProb: (points) => tf.neg(tf.add(ringEnergy(tf.tensor2d(points)), 1.8775)),
  points: cutPoints,
  range: [
    [-4, 4],
    [-4, 4],
  ],
  title: "The density that was asked for, and 400 samples of the eight layers",
});

// %% [markdown]
// How good is it? With $\log\int e^{-U} = 1.8775$ the divergence is known in full, not only up to a constant:
//
// $$\text{KL}(q\,\|\,p) = \mathbb{E}_z\big[\log q(f[z]) + U(f[z])\big] + \log\int e^{-U}.$$
//
// It is computed on 4,000 $z$ that the training has not seen, beside that of the untouched bell, and with the share of the samples that lies in the right half, where one of two equal halves of the ring should have 50 %.

// %%
const unseen = bellPoints(4000, "no data, held out");
const baseLogs = unseen.map(([z1, z2]) => -(z1 ** 2 + z2 ** 2) / 2 - Math.log(2 * Math.PI));
/** The 4,000 points pushed through the layers by `planar`, with their log-densities. */
const pushedOut = unseen.map((z, i) => {
  let [point, log] = [z, baseLogs[i]];
  for (const { u, w, b } of learnedCuts) {
    const { x, logDet } = cutting.planar(point, u, w, b);
    [point, log] = [x, log - logDet];
  }
  return { point, log };
});
const ended = pushedOut.map(({ point }) => point);
/** KL(q‖p) in nats, from points of q and their log-densities. */
function divergenceOf(points: readonly number[][], logDensities: readonly number[]): number {
  const energies = tf.tidy(() => Array.from(ringEnergy(tf.tensor2d(points as number[][])).dataSync()));
  return energies.reduce((sum, energy, i) => sum + energy + logDensities[i], 0) / points.length + 1.8775;
}
const shareRight = (points: readonly number[][]): number =>
  points.filter(([x1]) => x1 > 0).length / points.length;

table(
  [
    {
      density: "the base itself",
      "KL to the density asked for (nats)": divergenceOf(unseen, baseLogs),
      "share in the right half": shareRight(unseen),
    },
    {
      density: "eight planar layers",
      "KL to the density asked for (nats)": divergenceOf(
        ended,
        pushedOut.map(({ log }) => log),
      ),
      "share in the right half": shareRight(ended),
    },
    { density: "a perfect fit", "KL to the density asked for (nats)": 0, "share in the right half": 0.5 },
  ],
  { digits: 3 },
);

// %% [markdown]
// The last column is worth a look. This divergence punishes mass where $p$ has none, and hardly minds how the mass is shared among the peaks: a flow that were perfect but for 36 % in one half would pay $0.36\log 0.72 + 0.64\log 1.28 \approx 0.04$ nats for it, and gradients that small move little.
//
// ## 2.6 Training by hand
//
// With data, one wants the *inverse* to be the formula. The next example is computed in full in Gushchin's lecture: data with mean 5 and deviation 2, and the simplest flow that there is, written in the normalizing direction,
//
// $$z = ax + c.$$
//
// (The lecture writes $\mathcal{N}(5, 2)$ and means 2 for the *deviation*; in the book's notation it is $\text{Norm}[5, 4]$.) The right answer is known: $z = \frac{x - 5}{2} = 0.5x - 2.5$. With $|\partial z/\partial x| = |a|$, the average negative log-likelihood is $\frac1I\sum_i \left(\tfrac12 z_i^2 - \log|a|\right)$ and a constant. The lecture's algorithm reads: draw a batch, compute the loss, and set $\theta \leftarrow \theta - \nabla L$.
//
// > **Erratum.** The step size is missing. Without one, it is 1.

// %% predict="rate-one"

// %% exercise="02.training"

// %% [markdown]
// Now train: 500 numbers, once with the rate 0.01 and once with 1. The next cell runs **your** `train` once it has passed its check; until then the course's.

// %%
const heights = random("mean 5, deviation 2").normal(500, 5, 2);

const own = await check.passed("02.training", ["train", "generate"]);

/** Where the loss of these 500 numbers is lowest: they are made standard by their own mean and deviation. */
const ownMean = heights.reduce((sum, x) => sum + x, 0) / heights.length;
const ownDeviation = Math.sqrt(heights.reduce((sum, x) => sum + (x - ownMean) ** 2, 0) / heights.length);
const ownBest = { a: 1 / ownDeviation, c: -ownMean / ownDeviation };

const after = [0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 1500, 2000];
const walked = after.map((steps) => own.train(heights, 0.01, steps));

lineFigure({
  series: [
    { x: after, y: walked.map(({ a }) => a), name: "a" },
    { x: after, y: walked.map(({ c }) => c), name: "c" },
    ...(["a", "c"] as const).map((name) => ({
      x: [0, 2000],
      y: [ownBest[name], ownBest[name]],
      name: `best ${name} for these 500 numbers: ${ownBest[name].toFixed(2).replace("-", "−")}`,
      line: { color: palette.neutral, dash: "dash" as const },
    })),
  ],
  xTitle: "steps",
  yTitle: "value",
  title: "Gradient descent with the rate 0.01",
});

// %%
const exploding = [0, 1, 2, 3, 4, 5].map((steps) => ({ steps, ...own.train(heights, 1, steps) }));
table(exploding, { digits: 3 });

// %% answer="rate-one"
predict.answer("rate-one", { a: exploding[5].a });

// %% [markdown]
// The dashed lines are where the loss *of these 500 numbers* is lowest, at their own mean and deviation; $0.5$ and $-2.5$ are what infinitely many numbers of the source would give.
//
// A step in $a$ is a step against the gradient $\overline{zx} - 1/a$, and for mean 5 and deviation 2 $\overline{x^2}$ is about $5^2 + 2^2 = 29$: with $c$ held, the gradient grows some 29 times as fast as $a$, or $29 + 1/a^2 = 33$ times close to the minimum. Along the steepest direction, in which $c$ moves a little too, it is 34 there. So a step of 1 turns an error into about $1 - 34 = -33$ times as much, the next one does so again, and the sign changes each time. Stable are rates below about $2/34$. The rate 0.01 is stable and *slow*: in the flattest direction the curvature is only 0.24, so that the last of the error shrinks by a quarter of a percent per step. That is the trouble with data that do not lie around 0, and the reason why one standardizes them first, and trains by methods such as Adam.
//
// The trained model generates: draw $z$, go back. And it scores: its log-density is computed for a **batch** of data at once, each row by itself, and the loss is the average. An average over a small batch is noisy but *right on average*, and so is its gradient. That is why each step of a training may look at a few data only.

// %%
const trained = walked[walked.length - 1];

densityFitFigure({
  data: heights,
  samples: own.generate(random("new heights").normal(2000), trained.a, trained.c),
  bins: 40,
  title: "The data, and 2,000 new numbers of the trained model",
});

// %%
const negativeLogLikelihoods = heights.map(
  (x) => (trained.a * x + trained.c) ** 2 / 2 - Math.log(Math.abs(trained.a)) + Math.log(2 * Math.PI) / 2,
);
const average = (list: number[]): number => list.reduce((sum, v) => sum + v, 0) / list.length;
const batchLosses = Array.from({ length: 20 }, (_, k) =>
  average(negativeLogLikelihoods.slice(25 * k, 25 * (k + 1))),
);

table([
  { "negative log-likelihood (nats)": "of all 500 numbers", value: average(negativeLogLikelihoods) },
  { "negative log-likelihood (nats)": "the average over 20 batches of 25", value: average(batchLosses) },
  { "negative log-likelihood (nats)": "the lowest of the 20 batches", value: Math.min(...batchLosses) },
  { "negative log-likelihood (nats)": "the highest of the 20 batches", value: Math.max(...batchLosses) },
  {
    "negative log-likelihood (nats)": "the entropy of Norm[5, 4], ½ log(2πe·4)",
    value: 0.5 * Math.log(2 * Math.PI * Math.E * 4),
  },
]);

// %% [markdown]
// ## What to take away
//
// - The Jacobian is the slope in many dimensions, and the absolute value of its determinant says how volumes grow. The density is divided by it.
// - Layers are chained; log-determinants add, each taken where the point is when it comes to its layer.
// - No Jacobian of the whole is ever needed, and a layer's determinant is needed in one direction only.
// - A layer must be invertible with a differentiable inverse; which direction has a formula is a choice.
// - The identity plus a column times a row has a determinant of two dot products: planar flows. They cut space by planes, radial ones by spheres. A planar layer's inverse has to be searched for; a radial one's is a quadratic equation.
// - Learning goes by maximum likelihood where there are data, or by pushing forward where there is only a formula for the density.
//
// **What comes next.** The determinant of a general matrix of $D$ dimensions costs $\mathcal{O}(D^3)$. The next chapter looks for matrices for which it is nearly free.
//
// **Where it comes from.** Euler (two variables, 1769) and Lagrange (three, 1773) already changed the variables of multiple integrals by such a determinant; its general theory is by Carl Gustav Jacob Jacobi (1841), after whom the matrix is named. Chains of simple maps that let data flow to a normal density are by Esteban Tabak and Eric Vanden-Eijnden (2010); the word stands in the title of a paper by Agnelli, Cadeiras, Tabak, Turner and Vanden-Eijnden on clustering and classification through *normalizing flows*.

// %% [markdown]
// ## Quiz
//
// Some questions to see what has stayed. Write an answer in the place of the remark and run the cell: what it means unfolds below. There are no points, and you may choose again.

// %% quiz=true

// %% [markdown]
// ## References
//
// - Simon J. D. Prince. *Understanding Deep Learning*, chapter 16. MIT Press, 2023. [udlbook.com](https://udlbook.com), with the author's list of errata (18 June 2025).
// - Esteban G. Tabak, Eric Vanden-Eijnden. Density estimation by dual ascent of the log-likelihood. *Communications in Mathematical Sciences* 8(1), 2010.
// - J. P. Agnelli, M. Cadeiras, E. G. Tabak, C. V. Turner, E. Vanden-Eijnden. Clustering and classification through normalizing flows in feature space. *Multiscale Modeling & Simulation* 8(5), 2010.
// - Danilo J. Rezende, Shakir Mohamed. Variational inference with normalizing flows. [arXiv:1505.05770v6](https://arxiv.org/abs/1505.05770v6), 2015.
// - George Papamakarios, Eric Nalisnick, Danilo J. Rezende, Shakir Mohamed, Balaji Lakshminarayanan. Normalizing flows for probabilistic modeling and inference. [arXiv:1912.02762v2](https://arxiv.org/abs/1912.02762v2), 2019.
// - Carl G. J. Jacobi. De determinantibus functionalibus. *Journal für die reine und angewandte Mathematik* 22, 1841.
