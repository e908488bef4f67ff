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
// 3. chain layers, and see why the whole is called a *flow*.
//
// The chapter follows section 16.2 of Simon Prince's *Understanding Deep Learning*. Equation numbers are the book's. Problem 16.3 is in it. Run the cells from top to bottom with **Shift+Enter**. Where the text asks you to *predict*, write down what you expect before you go on.

// %%
import { bijection, chain as chainOf, random, tf } from "flowlab";
import { density2dFigure, flowLayersFigure, jacobianOf, warpedGridFigure } from "flowlab/figure";
import { slider, table } from "flowlab/notebook";
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
// - $a = d = 1$ and $c = 0$, and then any $b$: a **shear**. The square leans, its area stays 1.
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
// > **In a box: push-forward.** A statistician writes the same in measures. A map $f$ and a distribution $P_z$ give a new one by $P_x(A) = P_z(f^{-1}(A))$ for every set $A$: to know how much lies in $A$, ask how much lies where $A$ came from. That is the *push-forward*, $P_x = f_* P_z$. It exists for every measurable $f$, one-to-one or not. Only when we ask for a *density* of it do we need more: that $f$ can be undone and that both directions have derivatives, except perhaps on a set without mass (*almost everywhere*). Then the density of the push-forward is equation 16.3. Taking a density on $x$ back to $z$ in the same way is called the *pull-back*. Training a flow pushes the base forward until it lies on the data, or pulls the data back until they lie on the base. It is the same training.
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

density2dFigure({
  logProb: (points) => points.map(bananaLogDensity),
  points: bananaPoints.slice(0, 500),
  range: [
    [-4, 4],
    [-3, 5],
  ],
  title: "Equation 16.3, and 500 samples",
});

// %% [markdown]
// The map has moved the *peak*, too. The base is densest at $z = 0$, which lands at $x = 0$.

// %% predict="densest"

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
// Watch the two steps, and two more of the same kind with the coordinates exchanged: points move from where one layer puts them to where the next does. Press *Play*, or drag.

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
    step("banana", 0, 0.5, 0.3),
    step("banana on its side", 1, 0.4, 0.3),
    step("and back", 0, -0.3, -0.2),
    step("and back on its side", 1, -0.3, -0.2),
  ]),
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
// > **Mind the order.** Here $f_1$ acts first. The Russian handbook that also stands behind this course writes $f = f_1 \circ \dots \circ f_K$ with $x = f(z)$, so that $f_K$ acts first. And one lecture takes all factors of the change of variables at $z$. That is right only where it says so: the base density and the first layer are taken at $z$, the second layer at $f_1[z]$, and so on. For $f = \exp$ at $z = 1$, the slope of the *inverse* at $x = e$ is $1/e \approx 0.368$; taken at $z$ it would be 1.

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
// With `unchain` one has everything that a density needs: equation 16.3 is the base's log-density at $z$, plus the log-determinant of the way back. The next cell draws three layers at random: turns, stretches and shifts and shows their density and samples. It computes with **your** `chain` and `unchain` once they have passed their check, and with a chain of the library's bijections until then.

// %%
const layerNumbers = random("a");
const threeLayers = Array.from({ length: 3 }, () => {
  const [angle] = layerNumbers.uniform(1, 0, 2 * Math.PI);
  const [first, second] = layerNumbers.uniform(4, 1.4, 2.2);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [first * c, -second * s, first * s, second * c, first - 1.8, 0.4];
});

/** One layer of the library's: a matrix and a shift, then asinh. */
const layerOf = ([a, b, c, d, e, f]: number[]) => {
  const [omega, beta] = [
    tf.tensor2d([
      [a, b],
      [c, d],
    ]),
    tf.tensor1d([e, f]),
  ];
  const back = tf.tensor2d([
    [d / (a * d - b * c), -b / (a * d - b * c)],
    [-c / (a * d - b * c), a / (a * d - b * c)],
  ]);
  const log = Math.log(Math.abs(a * d - b * c));
  const bent = (at: tf.Tensor) => tf.mul(tf.sum(tf.log1p(tf.square(at)), -1), -0.5);
  return bijection({
    name: "layer",
    event: [2],
    forward: (h) => {
      const at = tf.add(tf.matMul(h as tf.Tensor2D, omega, false, true), beta);
      return { value: tf.asinh(at), logDet: tf.add(bent(at), log) };
    },
    inverse: (x) => {
      const at = tf.sinh(x);
      return {
        value: tf.matMul(tf.sub(at, beta) as tf.Tensor2D, back, false, true),
        logDet: tf.neg(tf.add(bent(at), log)),
      };
    },
  });
};

const ofTheLibrary = chainOf(threeLayers.map(layerOf));
const yours = await check.passed("02.chain", {
  chain: (_layers: number[][], z: number[]): { x: number[]; logDet: number } =>
    tf.tidy(() => {
      const { value, logDet } = ofTheLibrary.forward(tf.tensor2d([z]));
      return { x: Array.from(value.dataSync()), logDet: logDet.dataSync()[0] };
    }),
  unchain: (_layers: number[][], x: number[]): { z: number[]; logDet: number } =>
    tf.tidy(() => {
      const { value, logDet } = ofTheLibrary.inverse(tf.tensor2d([x]));
      return { z: Array.from(value.dataSync()), logDet: logDet.dataSync()[0] };
    }),
});

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
// ## What to take away
//
// - The Jacobian is the slope in many dimensions, and the absolute value of its determinant says how volumes grow. The density is divided by it.
// - Layers are chained; log-determinants add, each taken where the point is when it comes to its layer.
// - No Jacobian of the whole is ever needed.
//
// **What comes next.** The determinant of a general matrix of $D$ dimensions costs $\mathcal{O}(D^3)$. The next chapter looks for matrices for which it is nearly free.
//
// **Where it comes from.** The determinant in the change of variables of a multiple integral is due to Carl Gustav Jacob Jacobi (1841), after whom the matrix is named; Euler (two variables, 1769) and Lagrange (three, 1773) had it in special cases. Chains of simple maps that let data flow to a normal density are by Esteban Tabak and Eric Vanden-Eijnden (2010); the word stands in the title of a paper by Agnelli, Cadeiras, Tabak, Turner and Vanden-Eijnden on clustering and classification through *normalizing flows*.

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
