// %% [markdown]
// # 7 · Residual flows
//
// **Add something small, and take it off again**
//
// *The question.* A residual network computes $h' = h + f[h]$, layer after layer, and such networks are the best that there are for pictures. Half of the work is done: the identity is invertible. What has to be true of $f$ so that the sum is invertible, too? And what is its determinant?
//
// There are two answers. One splits $h$ into halves, and then $f$ may be anything. The other one leaves $h$ whole, and then $f$ has to be small.
//
// You will
//
// 1. undo a residual block of halves, and prove that its determinant is 1, of which the book says that it cannot be had,
// 2. measure what a network that can be undone saves in memory,
// 3. look at maps that come to rest, and at one that never does although its slope is below 1 everywhere,
// 4. invert $z + f[z]$ with a *proof* of how near you are,
// 5. hold a network below 1 by its spectral norm, and see what cruder bounds give away,
// 6. compute $\log\det(I + A)$ from products with $A$ alone: a series, cut off, and traces estimated with noise,
// 7. train a small i-ResNet of your own, and give its exact likelihood.
//
// The chapter follows sections 16.3.6 and 16.3.7 of Simon Prince's *Understanding Deep Learning*. Equation numbers are the book's. Run the cells from top to bottom with **Shift+Enter**. Chapter 5 is needed; chapter 6 is not.

// %%
import { chain, contractiveMlp, mlp, random, residual, reversible, revNetBlock, tf } from "flowlab";
import { toyDensities } from "flowlab/data";
import {
  colorway,
  density2dFigure,
  jacobianFigure,
  jacobianOf,
  lineFigure,
  palette,
  samples2dFigure,
  warpedGridFigure,
} from "flowlab/figure";
import { progressBar, slider, table } from "flowlab/notebook";
import { check, predict } from "flowlab-grader";

// %% [markdown]
// ## 7.1 Two halves
//
// Cut $h$ into two parts, as a coupling does, and give *each* of them a residual that is computed from the other one:
//
// $$\begin{aligned} h_1' &= h_1 + f_1[h_2, \phi_1]\\ h_2' &= h_2 + f_2[h_1', \phi_2]. \end{aligned} \tag{16.18}$$
//
// The second line sees $h_1'$, which the first has just made, and that is the point. Whoever has the result has $h_1'$, so that $f_2$ can be evaluated once more and taken off; then $h_2$ is there, and with it $f_1$:
//
// $$\begin{aligned} h_2 &= h_2' - f_2[h_1', \phi_2]\\ h_1 &= h_1' - f_1[h_2, \phi_1]. \end{aligned} \tag{16.19}$$
//
// No network is ever inverted. They may be as deep and as wild as one likes.
//
// The book goes on that for general $f_1$ and $f_2$ there is no efficient way to compute the Jacobian's determinant. Let us compute it the *in*efficient way first: two networks with two hidden layers and large random weights, six numbers, all 36 derivatives, at three random points.

// %% predict="rev-determinant"

// %%
/** Three times as large as a training would begin with. */
const wildNetwork = (seed: number) => {
  const network = mlp({
    inputs: 3,
    outputs: 3,
    hidden: [16, 16],
    activation: "tanh",
    zeroLast: false,
    seed,
  });
  for (const weights of network.variables) weights.assign(tf.tidy(() => tf.mul(weights, 3)));
  return network;
};
const wildBlock = revNetBlock({ dimensions: 6, first: wildNetwork(1), second: wildNetwork(2) });
const spots = [1, 2, 3].map((seed) => random(`chapter 7, ${seed}`).normal(6));
const wildJacobians = spots.map((spot) => jacobianOf((h) => wildBlock.forward(h).value, spot));

/** By elimination with row exchanges. */
function determinant(matrix: number[][]): number {
  const rows = matrix.map((row) => [...row]);
  let product = 1;
  for (let k = 0; k < rows.length; k++) {
    let pivot = k;
    for (let i = k; i < rows.length; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[pivot][k])) pivot = i;
    if (pivot !== k) product = -product;
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    product *= rows[k][k];
    for (let i = k + 1; i < rows.length; i++) {
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j < rows.length; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  return product;
}
const determinants = wildJacobians.map(determinant);

jacobianFigure({
  matrix: wildJacobians[0],
  names: ["h′", "h"],
  title: "∂h′/∂h of one block, at the first of three points",
});

// %% answer="rev-determinant"
predict.answer("rev-determinant", { determinants });

// %% [markdown]
// > **An erratum.** "No efficient way" is wrong, and the author's list of errata does not have it. Equation 16.18 is *two additive couplings*, one after the other, as in NICE. The first changes $h_1$ by something that does not depend on $h_1$, the second $h_2$ by something that does not depend on $h_2$. With $A = \partial f_1/\partial h_2$ and $B = \partial f_2/\partial h_1'$
// >
// > $$\frac{\partial h'}{\partial h} = \begin{bmatrix} I & A\\ B & I + BA \end{bmatrix},$$
// >
// > and its determinant is exactly 1 for *any* $f_1$ and $f_2$. You will prove it.
//
// The picture shows these blocks: at the upper left the identity, with its zeros in grey.

// %% exercise="07.irevnet"

// %% [markdown]
// A determinant of 1 says that a shape may be bent, but keeps its volume. Below is the plane under six blocks, by **your** `reversibleBlock` once it has passed, with one number in each half. The slider makes the weights larger. In which way does the marked square change, and in which does it not? *In words*, below the figure, has both areas, measured in the picture.

// %%
const yours = await check.passed("07.irevnet", ["reversibleBlock"]);

const blockWeights = Array.from({ length: 6 }, (_, k) => random(`chapter 7, block ${k}`).normal(4));

slider(
  { name: "weights", from: 0, to: 1.5, step: 0.05, value: 0.6, label: "size of the weights" },
  (scale) => {
    const stack = blockWeights.map(([w1, c1, w2, c2]) =>
      yours.reversibleBlock([[2 * scale * w1]], [scale * c1], [[2 * scale * w2]], [scale * c2]),
    );
    return warpedGridFigure({
      map: (z) => z.map((point) => stack.reduce((h, block) => block.forward(h), [...point])),
      range: [
        [-2, 2],
        [-2, 2],
      ],
      imageRange: [
        [-6, 6],
        [-6, 6],
      ],
      lines: 17,
      cell: { corner: [0, 0], side: 1 },
      title: `Six blocks, weights times ${scale.toFixed(2)}`,
    });
  },
  { frames: 5 },
);

// %% [markdown]
// So such a flow is volume-preserving, like NICE: its log-likelihood is that of the base, at another place, and it can neither concentrate density nor spread it. A layer that scales, ActNorm for example, has to stand beside it.
//
// The halves are the same ones in each block. Equation 16.18 changes both of them, so nothing stays untouched as in a single coupling; permutations between the blocks let numbers of the *same* half meet in other ways than through the networks.
//
// Which numbers of $h'$ depend on which of $h$? That is the book's problem.

// %% exercise="16.10"

// %% [markdown]
// > **Whose block is it?** The book calls it iRevNet's. It is that of RevNet (Gomez, Ren, Urtasun and Grosse, 2017), who wanted to save memory and nothing else. i-RevNet (Jacobsen, Smeulders and Oyallon, 2018) makes the *whole* network invertible, by invertible down-sampling between the blocks: the squeezing of chapter 8.
//
// ## 7.2 Memory
//
// To differentiate a chain of $K$ layers, an ordinary gradient keeps what each layer has computed until the way back needs it: memory $O(K)$. If layers can be undone, nothing has to be kept but the end. On the way back the input of the last block is computed from its output, the block is differentiated, and so on: memory $O(1)$.

// %% predict="memory-depth"

// %%
const depths = [4, 8, 16, 32];
const memoryInput = random("chapter 7, memory").normalTensor([1024, 16]);
const measuring = progressBar("Measuring the memory of gradients", 2 * depths.length);

/** Megabytes that a gradient in all parameters holds at most, itself included; and the gradient. */
async function measureGradient(map: ReturnType<typeof chain>) {
  const gradient = () =>
    tf.tidy(() => {
      const variables = map.variables as tf.Variable[];
      const { grads } = tf.variableGrads(
        () => tf.mean(tf.square(map.inverse(memoryInput).value)) as tf.Scalar,
        variables,
      );
      return tf.concat(variables.map(({ name }) => tf.reshape(grads[name], [-1])));
    });
  const before = tf.memory().numBytes;
  let flat = gradient();
  const values = Float32Array.from(flat.dataSync());
  flat.dispose();
  const { peakBytes } = await tf.profile(() => {
    flat = gradient();
    flat.dispose();
  });
  return { megabytes: (peakBytes - before) / 2 ** 20, values };
}

const memoryRows: { blocks: number; chain: number; reversible: number; difference: number }[] = [];
for (const depth of depths) {
  const network = (seed: number) => mlp({ inputs: 8, outputs: 8, hidden: [32, 32], zeroLast: false, seed });
  const blocks = Array.from({ length: depth }, (_, k) =>
    revNetBlock({ dimensions: 16, first: network(2 * k), second: network(2 * k + 1) }),
  );
  const ordinary = await measureGradient(chain(blocks));
  measuring.update(2 * memoryRows.length + 1);
  const undone = await measureGradient(reversible(blocks));
  measuring.update(2 * memoryRows.length + 2);
  const largest = (list: Float32Array) => list.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  memoryRows.push({
    blocks: depth,
    chain: ordinary.megabytes,
    reversible: undone.megabytes,
    difference: largest(ordinary.values.map((v, i) => v - undone.values[i])) / largest(ordinary.values),
  });
  tf.dispose(blocks.flatMap(({ variables }) => [...variables]) as tf.Tensor[]);
}
measuring.finish();

table(
  memoryRows.map(({ blocks, chain: kept, reversible: undone, difference }) => ({
    blocks,
    "chain, MB": kept.toFixed(2),
    "reversible, MB": undone.toFixed(2),
    "gradients differ by (relative)": difference.toExponential(1),
  })),
);

// %%
lineFigure({
  series: [
    {
      x: depths,
      y: memoryRows.map((row) => row.chain),
      name: "all is kept",
      line: { color: palette.data },
    },
    {
      x: depths,
      y: memoryRows.map((row) => row.reversible),
      name: "undone on the way back",
      line: { color: palette.base },
    },
  ],
  xTitle: "blocks",
  yTitle: "memory of the gradient (MB)",
  title: "1024 events of 16 numbers: O(K) against O(1)",
});

// %% answer="memory-depth"
predict.answer("memory-depth", {
  chain: memoryRows[3].chain / memoryRows[0].chain,
  reversible: memoryRows[3].reversible / memoryRows[0].reversible,
});

// %% [markdown]
// Both give the same gradient, up to rounding. What it costs is time: each block is computed once more on the way back, in both directions. In the library, `reversible([…])` does this for any chain of layers that are invertible in closed form, couplings of chapter 5 included.
//
// ## 7.3 Maps that come to rest
//
// Halves restrict what one block can do, as couplings are restricted. The second answer leaves $h$ whole. It rests on a theorem of 1922, so let us look at that first.
//
// Take any map $f$, begin somewhere, and put what it gives back into it: $z_1 = f[z_0]$, $z_2 = f[z_1]$, and so on. If it comes to rest, it does so at a **fixed point**, $f[z] = z$, where the curve of $f$ meets the diagonal. The picture shows it as a staircase: up or down to the curve, across to the diagonal. The slider changes how steep $f$ is at most. Begin at a slope of 0.5, go up to 1 and beyond, and then to negative slopes. (After the book's figure 16.9a.)

// %%
const spread = 6;
/** A bend with this largest slope, lifted so that it meets the diagonal away from 0. */
const bendOf = (slope: number) => (z: number) => slope * 2 * Math.tanh(z / 2) + 1.2;
/** The staircase of an iteration: from the diagonal to the curve, and across. */
function staircase(f: (z: number) => number, start: number, steps: number) {
  const x = [start];
  const y = [start];
  let z = start;
  for (let k = 0; k < steps; k++) {
    const next = f(z);
    x.push(z, next);
    y.push(next, next);
    z = next;
  }
  return { x, y, end: z };
}
const places = Array.from({ length: 241 }, (_, i) => -spread + (2 * spread * i) / 240);

function cobwebFigure(f: (z: number) => number, start: number, steps: number, title: string, name = "f[z]") {
  const stairs = staircase(f, start, steps);
  return lineFigure({
    series: [
      {
        x: [-spread, spread],
        y: [-spread, spread],
        name: "diagonal",
        line: { color: palette.neutral, dash: "dash" },
      },
      { x: places, y: places.map(f), name, line: { color: palette.data } },
      { x: stairs.x, y: stairs.y, name: "z₀, z₁, z₂ …", line: { color: palette.base, width: 1.5 } },
    ],
    xTitle: "z",
    yTitle: name,
    yRange: [-spread, spread],
    height: 460,
    title,
  });
}

slider(
  { name: "slope", from: -2, to: 2, step: 0.05, value: 0.5, label: "largest slope of f" },
  (slope) => {
    const f = bendOf(slope);
    const at = [1, 10, 20].map((steps) => staircase(f, -4, steps).end.toFixed(3));
    return cobwebFigure(f, -4, 20, `z₁ = ${at[0]}, z₁₀ = ${at[1]}, z₂₀ = ${at[2]}`);
  },
  { frames: 5 },
);

// %% [markdown]
// A map is a **contraction** if there is a number $\beta < 1$ with
//
// $$\text{dist}\big[f[z'], f[z]\big] \;\le\; \beta \cdot \text{dist}[z', z] \qquad \text{for all } z, z'. \tag{16.20}$$
//
// (The book has "<", which cannot be where $z = z'$.) The smallest number that will do as $\beta$, whether below 1 or not, is the **Lipschitz constant** of $f$; in one dimension it is the largest size of the slope, or what the sizes come as near to as one likes. **Banach's theorem** says that a contraction has exactly one fixed point $z^*$, and that *every* start comes to it. The second half is one line:
//
// $$\text{dist}[z_k, z^*] = \text{dist}\big[f[z_{k-1}], f[z^*]\big] \le \beta \cdot \text{dist}[z_{k-1}, z^*] \le \dots \le \beta^k \cdot \text{dist}[z_0, z^*].$$
//
// Write the iteration, and the number of steps that this line promises.

// %% exercise="07.fixed-point"

// %% [markdown]
// Six maps, of growing slope. Which of them come to rest, whatever the start?
//
// | map | size of its slope |
// |---|---|
// | a: $\tfrac12 z + 1$ | ½ |
// | b: $0.9\cos z$ | up to 0.9 |
// | c: $-0.99 z + 1$ | 0.99 |
// | d: $z - \tfrac12\tanh z$ | below 1 everywhere, as near to 1 as you like far out |
// | e: $\sqrt{1 + z^2}$ | below 1 everywhere, as near to 1 as you like far out |
// | f: $-z + 1$ | 1 |

// %% predict="which-come-to-rest"

// %%
const iterating = await check.passed("07.fixed-point", ["fixedPoint", "iterates", "stepsNeeded"]);

const sixMaps: Record<string, (z: number) => number> = {
  "a: z/2 + 1": (z) => z / 2 + 1,
  "b: 0.9 cos z": (z) => 0.9 * Math.cos(z),
  "c: −0.99 z + 1": (z) => -0.99 * z + 1,
  "d: z − tanh(z)/2": (z) => z - Math.tanh(z) / 2,
  "e: √(1 + z²)": (z) => Math.sqrt(1 + z * z),
  "f: −z + 1": (z) => 1 - z,
};
const searches = Object.entries(sixMaps).map(([name, f]) => ({
  name,
  short: iterating.fixedPoint(f, 3, 1e-6, 100),
  long: iterating.fixedPoint(f, 3, 1e-6, 100_000),
}));

table(
  searches.map(({ name, short, long }) => ({
    map: name,
    "after 100 steps at most: z": short.z.toFixed(5),
    "last change": short.change.toExponential(1),
    "after 100,000 at most: z": long.z.toFixed(5),
    "last change ": long.change.toExponential(1),
    steps: long.steps,
  })),
);

// %%
const zOf = (f: (z: number) => number) => iterating.iterates(f, 3, 60);
lineFigure({
  series: Object.entries(sixMaps).map(([name, f], i) => ({
    x: Array.from({ length: 61 }, (_, k) => k),
    y: zOf(f),
    name,
    line: { color: colorway[i % colorway.length] },
  })),
  xTitle: "step k",
  yTitle: "z after k steps",
  title: "Six maps, all from z₀ = 3",
});

// %% answer="which-come-to-rest"
predict.answer("which-come-to-rest", {
  lastChange: searches[4].long.change,
  lastZ: searches[4].long.z,
  stepsOfC: searches[2].long.steps,
});

// %% [markdown]
// > **An erratum.** The book's figure 16.9 says that a map whose absolute slope is less than one *everywhere* comes to a fixed point. Map e is the counterexample. Its slope $z/\sqrt{1 + z^2}$ is below 1 everywhere, and yet $\sqrt{1 + z^2} > z$: the curve never meets the diagonal. From 0 it goes $z_k = \sqrt{k}$, which takes a million steps to 1000. What is needed is *one* $\beta < 1$ for all points. (Also a space without holes, which the real numbers are.)
//
// Two things more. A contraction is enough, and not necessary: map d is none, and comes to 0 all the same. And look at the last change of map e: it goes to 0, while $z$ goes to infinity. **A small change does not say that one is near.** The next section makes that safe.

// %% [markdown]
// ## 7.4 Undoing a layer
//
// Now the residual layer, with a whole $h$. It is
//
// $$y = z + f[z], \tag{16.21}$$
//
// and the question is which $z$ leads to a given $y^*$. Write it as $z = y^* - f[z]$: the solution is a *fixed point*, of the map $z \mapsto y^* - f[z]$. That is steep where $f$ is steep. So if $f$ is a contraction, this map is one, and Banach's theorem says that there is exactly one solution, whatever $y^*$ is: **the layer is invertible**, and an iteration finds its inverse. (After the book's figure 16.9b.) The slider moves $y^*$.

// %%
const layerBend = bendOf(0.8);

slider(
  { name: "target", from: -4, to: 6, step: 0.1, value: 3, label: "y*" },
  (target) => {
    const back = (z: number) => target - layerBend(z);
    const { end } = staircase(back, target, 40);
    return cobwebFigure(
      back,
      Math.max(-spread, Math.min(spread, target)),
      40,
      `z = ${end.toFixed(4)}: z + f[z] = ${(end + layerBend(end)).toFixed(4)}`,
      "y* − f[z]",
    );
  },
  { frames: 5 },
);

// %% [markdown]
// The staircase has become a spiral, as $-f$ falls. It ends where it may; but *when* does one stop? One sees the changes, and not the distance to a solution that one does not know.

// %% predict="distance-left"

// %%
/** f(z) = −L tanh z: as steep as it may be, and always from the same side. */
const steepest = 0.9;
const target = 0.001;
const exactSolution = staircase((z) => target + steepest * Math.tanh(z), target, 4000).end;
let near = target;
let lastChange = Infinity;
while (lastChange > 1e-5) {
  const next = target + steepest * Math.tanh(near);
  lastChange = Math.abs(next - near);
  near = next;
}
const distanceLeft = Math.abs(near - exactSolution);

table([
  { "": "the last change", size: lastChange.toExponential(3) },
  { "": "the distance to the solution", size: distanceLeft.toExponential(3) },
]);

// %% answer="distance-left"
predict.answer("distance-left", { change: lastChange, distance: distanceLeft });

// %% exercise="07.invert"

// %% [markdown]
// What is it worth? Below, the same layer $f(z) = -L \tanh z$ for growing $L$, inverted to $\varepsilon = 10^{-5}$: by **your** `invertBlock`, once it has passed, and by two rules that stand in real programs, stopping where the change is $\varepsilon$, and where its *square* is.

// %%
const certified = await check.passed("07.invert", ["invertBlock"]);

const lipschitzs = Array.from({ length: 25 }, (_, i) => 0.5 + 0.02 * i);
const epsilonAsked = 1e-5;
function stopWhere(L: number, ends: (change: number) => boolean): number {
  let z = 0.01;
  for (;;) {
    const next = 0.01 + L * Math.tanh(z);
    const change = Math.abs(next - z);
    z = next;
    if (ends(change)) return z;
  }
}
const errorsOf = (solve: (L: number) => number) =>
  lipschitzs.map((L) => {
    const { end } = staircase((z) => 0.01 + L * Math.tanh(z), 0.01, 8000);
    return Math.log10(Math.max(1e-9, Math.abs(solve(L) - end)));
  });

lineFigure({
  series: [
    {
      x: lipschitzs,
      y: errorsOf((L) => stopWhere(L, (change) => change ** 2 <= epsilonAsked)),
      name: "|Δ|² ≤ ε",
      line: { color: palette.data },
    },
    {
      x: lipschitzs,
      y: errorsOf((L) => stopWhere(L, (change) => change <= epsilonAsked)),
      name: "|Δ| ≤ ε",
      line: { color: palette.data, dash: "dash" },
    },
    {
      x: lipschitzs,
      y: errorsOf((L) => certified.invertBlock([[1]], [0], [[-L]], L, [0.01], epsilonAsked).z[0]),
      name: "certified",
      line: { color: palette.base },
    },
    {
      x: [0.5, 0.98],
      y: [-5, -5],
      name: "ε",
      line: { color: palette.neutral, dash: "dot" },
    },
  ],
  xTitle: "Lipschitz constant L",
  yTitle: "log₁₀ of the error of z",
  title: "Only one of three rules keeps its promise",
});

// %% [markdown]
// The library's `residual` stops by the certified rule, with $L$ a *proven* bound, and says in `solution` what it has proven.

// %% [markdown]
// ## 7.5 How much a layer may stretch
//
// What holds a network below 1? A layer $z \mapsto a(\Omega z + b)$ with an activation whose slope is at most 1 stretches no distance by more than
//
// $$\lVert\Omega\rVert_2 = \max_{v \ne 0}\frac{|\Omega v|}{|v|},$$
//
// the *spectral norm*, which is the largest singular value of $\Omega$. Layers in a row multiply: three layers with $\lVert\Omega_k\rVert_2 \le 0.9^{1/3}$ make a network with $L \le 0.9$.
//
// > **An erratum.** The book asks for the largest *eigenvalue* to be below one; the author's list of errata says *singular value*. For a matrix that is not symmetric the difference has no limit. $\begin{bmatrix}0&100\\0&0\end{bmatrix}$ has no eigenvalue but 0, and makes some vectors a hundred times longer.
//
// A crude way to hold the norm down is to hold the sizes of the weights down: $\lVert\Omega\rVert_2$ is at most the Frobenius norm $\sqrt{\sum_{ij}\Omega_{ij}^2}$, and at most $\sqrt{\lVert\Omega\rVert_1\lVert\Omega\rVert_\infty}$, with the largest sums of sizes over a column and over a row. Such a bound is never wrong. How much does it give away?

// %% predict="crude-bound"

// %%
const widthsOfLayers = [4, 8, 16, 32, 64, 128];

/** A layer with normal weights; |W v| for its power iteration of 60 steps, and the two crude bounds. */
const normsOf = (width: number) => {
  const weights = random(`chapter 7, a layer of ${width}`).normalTensor([width, width]) as tf.Tensor2D;
  return tf.tidy(() => {
    let u = random("chapter 7, u").normalTensor([width, 1]) as tf.Tensor2D;
    for (let k = 0; k < 60; k++) {
      const v = tf.matMul(weights, u, true);
      u = tf.matMul(weights, tf.div(v, tf.norm(v))) as tf.Tensor2D;
      if (k < 59) u = tf.div(u, tf.norm(u));
    }
    const sums = (axis: number) => tf.max(tf.sum(tf.abs(weights), axis)).dataSync()[0];
    const spectral = tf.norm(u).dataSync()[0];
    return {
      frobenius: tf.norm(weights).dataSync()[0] / spectral,
      rowsAndColumns: Math.sqrt(sums(0) * sums(1)) / spectral,
    };
  });
};
const crudeness = widthsOfLayers.map(normsOf);

lineFigure({
  series: [
    {
      x: widthsOfLayers,
      y: crudeness.map((one) => one.rowsAndColumns),
      name: "√(‖Ω‖₁‖Ω‖∞)",
      line: { color: palette.neutral },
    },
    {
      x: widthsOfLayers,
      y: crudeness.map((one) => one.frobenius),
      name: "Frobenius norm",
      line: { color: palette.data },
    },
    {
      x: widthsOfLayers,
      y: widthsOfLayers.map(() => 1),
      name: "spectral norm",
      line: { color: palette.base, dash: "dash" },
    },
  ],
  xTitle: "width of the layer",
  yTitle: "bound, in spectral norms",
  title: "Crude bounds of layers with normal weights",
});

// %% answer="crude-bound"
predict.answer("crude-bound", { ratio: crudeness[4].frobenius, three: crudeness[4].frobenius ** 3 });

// %% [markdown]
// So the norm itself is worth some arithmetic. $|\Omega v|$ is largest for the first singular vector, and *power iteration* finds it: multiply some vector by $\Omega\Omega^\top$ again and again. What lies along the first singular vector grows most. It needs products with $\Omega$ and $\Omega^\top$ only, one pair for each step.

// %% exercise="07.spectral"

// %% [markdown]
// During a training the weights change at each step. Must the iteration begin anew each time? Below a wide layer drifts through 60 steps of a make-believe training. One step of **your** `powerStep` is taken for each: once from the $u$ that the step before has left, once from a new random $u$.

// %%
const iterations = await check.passed("07.spectral", ["powerStep", "spectralNorm"]);

const drift = random("chapter 7, drift");
const normalRows = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => Array.from(drift.normal(columns)));
let drifting = normalRows(12, 20);
let keptU = Array.from(drift.normal(12));
const driftRows: { kept: number; fresh: number; truth: number }[] = [];
for (let step = 0; step < 60; step++) {
  const change = normalRows(12, 20);
  drifting = drifting.map((row, i) => row.map((w, j) => w + 0.03 * change[i][j]));
  const { u, norm } = iterations.powerStep(drifting, keptU);
  keptU = u;
  const fresh = iterations.powerStep(drifting, Array.from(drift.normal(12))).norm;
  driftRows.push({ kept: norm, fresh, truth: iterations.spectralNorm(drifting, u, 200) });
}
const driftSteps = driftRows.map((_, i) => i + 1);

lineFigure({
  series: [
    {
      x: driftSteps,
      y: driftRows.map((row) => row.fresh / row.truth),
      name: "one step from a new u",
      line: { color: palette.neutral },
    },
    {
      x: driftSteps,
      y: driftRows.map((row) => row.kept / row.truth),
      name: "one step from the u that was kept",
      line: { color: palette.data },
    },
    {
      x: [1, 60],
      y: [1, 1],
      name: "the norm, by 200 steps",
      line: { color: palette.base, dash: "dash" },
    },
  ],
  xTitle: "step of the training",
  yTitle: "estimate, in spectral norms",
  title: "Keep u, and one step is enough",
  yRange: [0.5, 1.05],
});

// %% [markdown]
// Every estimate lies *below* the norm, since $|\Omega v| \le \lVert\Omega\rVert_2$ for each $v$ of length 1. Weights that were divided by it may so be a little above their limit, which is one reason to ask for 0.9 rather than 0.999. (The library's `residual` uses the power iteration in training, and where an inverse has to be certain, a proven bound from above.)
//
// ## 7.6 The determinant as a series
//
// For the density one needs $\log\det(I + A)$ with $A = \partial f/\partial h$. There is no structure in $A$: no triangle, no blocks. But it is small, and for numbers $\log(1 + a) = a - \tfrac{a^2}{2} + \tfrac{a^3}{3} - \dots$ when $|a| < 1$. The same holds for the matrix, eigenvalue by eigenvalue:
//
// $$\log\det(I + A) = \operatorname{trace}\big[\log(I + A)\big] = \sum_{k=1}^\infty \frac{(-1)^{k-1}}{k}\operatorname{trace}\big[A^k\big]. \tag{16.22}$$
//
// > **Errata.** In the book's 16.22 the $\tfrac1k$ is missing. What it sums up is $\operatorname{trace}[A(I + A)^{-1}]$, another number; the next cell has both. Besides, its left side is printed as the logarithm of a matrix, where the logarithm of its *determinant* is meant, and the identity beside it with bars inside the trace: $\log|A| = \operatorname{trace}[\log A]$ has bars on the left, for the determinant, and a matrix logarithm on the right.
// >
// > The series needs all eigenvalues of $A$ below 1 in size. The Japanese page (Shiba, 2024) says that it holds without any constraint; for $A = 2$ its fortieth partial sum is $-1.8 \cdot 10^{10}$, and $\log 3$ is 1.0986.
//
// No absolute value is needed: for a contraction $\det(I + A) > 0$, as it is 1 for $A = 0$ and cannot pass through 0 on the way to $A$.

// %% predict="printed-series"

// %%
const smallNetwork = contractiveMlp({ dimensions: 4, hidden: [16], lipschitz: 0.8, seed: 5 });
const smallBlock = residual({ network: smallNetwork, closed: "forward", logDet: "exact" });
const somewhere = Array.from(random("chapter 7, somewhere").normal(4));
const blockJacobian = jacobianOf((h) => smallBlock.forward(h).value, somewhere);
const smallA = blockJacobian.map((row, i) => row.map((v, j) => v - (i === j ? 1 : 0)));
const exactLogDet = Math.log(determinant(blockJacobian));

const timesA = (rows: number[][]) =>
  smallA.map((row) => rows[0].map((_, j) => row.reduce((sum, v, k) => sum + v * rows[k][j], 0)));
const partialSums: { terms: number; series: number; printed: number }[] = [];
let powerOfA = smallA;
let [withFactor, withoutFactor] = [0, 0];
for (let k = 1; k <= 24; k++) {
  if (k > 1) powerOfA = timesA(powerOfA);
  const term = (k % 2 === 1 ? 1 : -1) * powerOfA.reduce((sum, row, i) => sum + row[i], 0);
  withFactor += term / k;
  withoutFactor += term;
  partialSums.push({ terms: k, series: withFactor, printed: withoutFactor });
}

table(
  partialSums
    .filter(({ terms }) => [1, 2, 3, 4, 6, 12, 24].includes(terms))
    .map(({ terms, series, printed }) => ({
      terms,
      "with 1/k": series.toFixed(6),
      "as printed": printed.toFixed(6),
      exact: exactLogDet.toFixed(6),
    })),
);

// %% answer="printed-series"
predict.answer("printed-series", {
  exact: exactLogDet,
  series: partialSums[23].series,
  printed: partialSums[23].printed,
});

// %% [markdown]
// The trace of $A^k$ needs no matrix at all. $e_i^\top A^k e_i$ takes $k$ products with $A$, each applied to what the one before gave; and a product of a Jacobian with a vector costs about as much as the network itself (in frameworks it is called a Jacobian-vector product). $A$ is never written down.

// %% exercise="07.series"

// %% [markdown]
// **What truncation costs.** The slider sets the norm $L$ of a matrix of four dimensions. The figure shows by how much the first $n$ terms, by **your** `seriesLogDet`, miss the exact determinant, and what **your** `remainderBound` allows: for a matrix like those of networks, and for the worst of all, $-L\,I$.

// %%
const truncation = await check.passed("07.series", ["seriesLogDet", "remainderBound"]);

const shape4 = [0, 1, 2, 3].map(() => Array.from(random("chapter 7, truncation").normal(4)));
const mixed = shape4.map((_, i) => Array.from(random(`chapter 7, truncation ${i}`).normal(4)));
const mixedNorm = iterations.spectralNorm(mixed, [1, 0.5, 0.25, 0.125], 400);
const productWith = (matrix: number[][]) => (v: number[]) =>
  matrix.map((row) => row.reduce((sum, a, j) => sum + a * v[j], 0));
const termCounts = Array.from({ length: 16 }, (_, i) => i + 1);

slider(
  { name: "norm", from: 0.3, to: 0.98, step: 0.02, value: 0.8, label: "norm L" },
  (L) => {
    const errorsOf = (matrix: number[][]) => {
      const exact = Math.log(determinant(matrix.map((row, i) => row.with(i, row[i] + 1))));
      return termCounts.map((n) =>
        Math.log10(Math.abs(truncation.seriesLogDet(productWith(matrix), 4, n) - exact)),
      );
    };
    const scaled = mixed.map((row) => row.map((v) => (v * L) / mixedNorm));
    const worst = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? -L : 0)));
    return lineFigure({
      series: [
        {
          x: termCounts,
          y: termCounts.map((n) => Math.log10(truncation.remainderBound(L, 4, n))),
          name: "your bound",
          line: { color: palette.neutral, dash: "dash" },
        },
        { x: termCounts, y: errorsOf(worst), name: "A = −L I", line: { color: palette.data } },
        { x: termCounts, y: errorsOf(scaled), name: "a random A", line: { color: palette.base } },
      ],
      xTitle: "terms n",
      yTitle: "log₁₀ of the error (nats)",
      title: `What is left out, for L = ${L.toFixed(2)}`,
      yRange: [-12, 2],
    });
  },
  { frames: 5 },
);

// %% [markdown]
// With $L = 0.5$ ten terms are good for three digits and more; with $L = 0.98$ the bound is of no help after sixteen. And the error has a *direction* where it is worst: for $A = -L\,I$ all terms that are left out are negative, so the truncated series says too much. A training that is shown the truncated series pushes its networks where it flatters them most. The true likelihood is then lower than the reported one.
//
// The bias goes away if the number of terms is drawn at random and each term divided by the probability that it is reached, $1/\Pr(N \ge k)$: a *Russian roulette* (Chen and others, 2019). The division is essential. (The Japanese page draws $N$ and leaves it out. With $\Pr(N \ge k) = 2^{1-k}$, a coin that is tossed, that gives $2\log 1.3 = 0.5247$ on average where $\log 1.6 = 0.4700$ is sought.) A later chapter is to take it up. Here the number of terms stays fixed.
//
// ## 7.7 A trace from a few products
//
// Exact traces still take $D$ vectors, and a colour picture of 32 × 32 pixels has $D = 3072$. Hutchinson (1990) needs one. Take a random $\epsilon$ of mean 0 and covariance $I$. Then
//
// $$\operatorname{trace}[A] = \operatorname{trace}\big[A\,\mathbb{E}[\epsilon\epsilon^\top]\big] = \mathbb{E}\big[\operatorname{trace}[A\epsilon\epsilon^\top]\big] = \mathbb{E}\big[\operatorname{trace}[\epsilon^\top A\epsilon]\big] = \mathbb{E}\big[\epsilon^\top A\epsilon\big], \tag{16.23}$$
//
// because a trace may be taken of factors in turned order, and that of a number is the number. The mean over $I$ vectors estimates it:
//
// $$\operatorname{trace}[A] \approx \frac1I\sum_{i=1}^I\epsilon_i^\top A\,\epsilon_i. \tag{16.24}$$
//
// > **An erratum.** The first line of the book's 16.23 is $\operatorname{trace}[A] = \operatorname{trace}\big[\mathbb{E}[\epsilon\epsilon^\top]\big]$. Without the $A$ the right side is $\operatorname{trace}[I] = D$, whatever $A$ is.
//
// The book speaks of normally distributed $\epsilon$, and the derivation uses only its mean and its covariance. Signs will do as well: each number of $\epsilon$ is $-1$ or $1$, with equal probability (Rademacher noise).

// %% predict="kind-of-noise"

// %% exercise="07.hutchinson"

// %% [markdown]
// Now by experiment, with **your** functions. For each number of vectors, 1500 estimates of the trace of one matrix of six dimensions; how far they spread, beside the roots of your formulas.

// %%
const estimators = await check.passed("07.hutchinson", [
  "estimateTrace",
  "drawSigns",
  "gaussianVariance",
  "rademacherVariance",
]);

const noiseStream = random("chapter 7, noise");
// Half of the matrix is its diagonal, as of a Jacobian whose inputs act mostly on their own outputs.
const traced = Array.from({ length: 6 }, (_, i) =>
  Array.from(noiseStream.normal(6)).map((v, j) => (i === j ? 1 + v : 0.5 * v)),
);
const tracedTrace = traced.reduce((sum, row, i) => sum + row[i], 0);
const sampleCounts = [1, 2, 4, 8, 16, 32];
const REPEATS = 1500;
const estimating = progressBar("1500 estimates for each number of vectors", 2 * sampleCounts.length);

const spreadOf = (kind: "signs" | "normal", count: number): number => {
  let sum = 0;
  for (let n = 0; n < REPEATS; n++) {
    const flat =
      kind === "normal"
        ? Array.from(noiseStream.normal(6 * count))
        : estimators.drawSigns(Array.from(noiseStream.uniform(6 * count)));
    const noise = Array.from({ length: count }, (_, i) => flat.slice(6 * i, 6 * (i + 1)));
    sum += (estimators.estimateTrace(productWith(traced), noise) - tracedTrace) ** 2;
  }
  return Math.sqrt(sum / REPEATS);
};
const spreads = { signs: [] as number[], normal: [] as number[] };
for (const count of sampleCounts)
  for (const kind of ["signs", "normal"] as const) {
    spreads[kind].push(spreadOf(kind, count));
    estimating.update(spreads.signs.length + spreads.normal.length);
  }
estimating.finish();

const powers = sampleCounts.map(Math.log2);
lineFigure({
  series: [
    { x: powers, y: spreads.normal, name: "normal noise, measured", line: { color: palette.data } },
    {
      x: powers,
      y: sampleCounts.map((count) => Math.sqrt(estimators.gaussianVariance(traced, count))),
      name: "by your formula",
      line: { color: palette.data, dash: "dash" },
    },
    { x: powers, y: spreads.signs, name: "signs, measured", line: { color: palette.base } },
    {
      x: powers,
      y: sampleCounts.map((count) => Math.sqrt(estimators.rademacherVariance(traced, count))),
      name: "by your formula",
      line: { color: palette.base, dash: "dash" },
    },
  ],
  xTitle: "log₂ of the number of vectors",
  yTitle: "root mean square error of the estimate",
  title: "How far an estimate is from the trace",
});

// %% answer="kind-of-noise"
predict.answer("kind-of-noise", { signs: spreads.signs[0], normal: spreads.normal[0] });

// %% [markdown]
// Four times as many vectors halve the error, for both kinds. A training can do with a single vector for each event: its estimates are noisy and *unbiased*, like the gradient of a mini-batch, and so is the gradient that is computed through them. (Of the number of terms one cannot say so: that is a bias.) Both together are `residual({ network, logDet: { terms: 10, samples: 1 } })` in the library; the same $\epsilon$ serves all powers, because $A^k\epsilon$ is one product away from $A^{k-1}\epsilon$.
//
// ## 7.8 A small i-ResNet of your own
//
// In the plane none of this is needed: a 2 × 2 determinant is exact and cheaper than any estimate. Here is everything else: blocks that contract, held there by their spectral norms; a density in closed form; samples by iterating.

// %% exercise="07.train"

// %% [markdown]
// Behrmann and others show i-ResNets on toys of the plane (figure 16.11 of the book, data beside density). Whatever passes is trained here on two of them, by 200 points each: a bow, and the two moons. (Until then it is the course's, of six blocks.)

// %%
const residualTrainers = await check.passed("07.train", ["fitResidual"], { waits: true });

const bowNoise = random("chapter 7, bow").normal(400);
const bowPoints = Array.from({ length: 200 }, (_, i) => {
  const a = bowNoise[2 * i];
  return [a, 1.3 * (Math.sqrt(1 + 1.5 * a * a) - 1.4) + 0.3 * bowNoise[2 * i + 1]];
});
const moonPoints = (toyDensities.twoMoons.sample(200, random("chapter 7, moons")) as tf.Tensor2D).arraySync();
const toysBar = progressBar("Two small i-ResNets, trained and asked for their densities", 4);

/** Log-densities on a grid around the points, row by row, as `density2dFigure` asks for them; and new points. */
async function learnToy(points: number[][]) {
  const model = await residualTrainers.fitResidual(points);
  toysBar.update(points === bowPoints ? 1 : 3);
  const range = [0, 1].map((i) => {
    const values = points.map((point) => point[i]);
    return [Math.min(...values) - 0.7, Math.max(...values) + 0.7] as const;
  });
  const cells = ([low, high]: readonly [number, number]) =>
    Array.from({ length: 70 }, (_, i) => low + ((high - low) * (i + 0.5)) / 70);
  const grid = cells(range[1]).flatMap((y) => cells(range[0]).map((x) => [x, y]));
  const logs = await model.logDensity(grid);
  const latents = random("chapter 7, new points").normal(400);
  const made: number[][] = [];
  for (let i = 0; i < 200; i++) made.push(await model.forward([latents[2 * i], latents[2 * i + 1]]));
  toysBar.update(points === bowPoints ? 2 : 4);
  return { points, range: [range[0], range[1]] as const, logs, made };
}
const bowToy = await learnToy(bowPoints);
const moonToy = await learnToy(moonPoints);
toysBar.finish();

density2dFigure({
  logProb: () => bowToy.logs,
  range: bowToy.range,
  resolution: 70,
  points: bowToy.points,
  title: "A bow: 200 points, and the density that was learned",
});

// %%
density2dFigure({
  logProb: () => moonToy.logs,
  range: moonToy.range,
  resolution: 70,
  points: moonToy.points,
  title: "Two moons, by the same blocks",
});

// %%
samples2dFigure({
  samples: [
    { points: bowToy.points, name: "200 points", space: "neutral" },
    { points: bowToy.made, name: "200 new ones", space: "data" },
  ],
  title: "New points of the bow, each by an iteration in every block",
});

// %% [markdown]
// The bow is learned. Of the moons the gap between the arms is filled. On the way from $x$ to $z$ the thin arms have to be stretched to the width of a normal density, and what lies between them has to be pressed together. A block below 0.95 stretches by less than 1.95, so six by $1.95^6 = 55$ at most, if all of them pull at the same place and in the same direction; measured along the arms it is about 3, standardizing included. The course's six blocks gain 0.05 nats at new points by 400 steps of training instead of 70, and twelve blocks with as many gain 0.25. Wider ones help, too, and an ActNorm between them, which is held by no limit; `iResNet` of the library has all three. That a contraction may only do a little is the price of this family: what a coupling does in one layer takes several here. What is bought is freedom: each block changes *all* numbers at once, each of them depending on all, and there is no mask to choose.
//
// ## What to take away
//
// - A residual block of halves is undone by evaluating the same networks in the other order and taking off what they give. The networks may be anything.
// - It is two additive couplings, so its determinant is exactly 1: volume is preserved.
// - A network that can be undone needs the memory of one block for its gradient, and pays with time.
// - A contraction, with one $\beta < 1$ for all points, comes to its one fixed point from everywhere, and each step leaves at most $\beta$ times the distance. A slope below 1 everywhere is not enough.
// - So $z + f[z]$ is invertible if $f$ is a contraction. Its inverse is an iteration, and the last change times $\frac{L}{1 - L}$ bounds what is left.
// - The largest singular value says how far a matrix may stretch; its eigenvalues do not. Power iteration finds it from below, and $u$ is kept from step to step.
// - $\log\det(I + A) = \sum_k \tfrac{(-1)^{k-1}}{k}\operatorname{trace}[A^k]$ for a contraction. Cut off after $n$ terms it is off by at most $\tfrac{D L^{n+1}}{(n+1)(1-L)}$, a bias that no averaging takes away.
// - $\operatorname{trace}[A] = \mathbb{E}[\epsilon^\top A\epsilon]$ for noise of mean 0 and covariance $I$. Signs have the lower variance: the diagonal does not count.
//
// **What comes next.** Chapter 8 lets half of the numbers leave early.
//
// **Where it comes from.** Laurent Dinh, David Krueger and Yoshua Bengio (2014) had the additive coupling, in NICE. Aidan Gomez, Mengye Ren, Raquel Urtasun and Roger Grosse (2017) found in it a way to train residual networks without keeping what they compute; Jörn-Henrik Jacobsen, Arnold Smeulders and Edouard Oyallon (2018) made the whole network invertible. Stefan Banach (1922) proved the theorem of contractions. Michael Hutchinson (1990) estimated traces with signs, for smoothing splines; John Skilling (1989) had the idea before. Takeru Miyato and others (2018) held discriminators down by the spectral norm. Jens Behrmann and others (2019) put all of it together as the i-ResNet, and Ricky Chen and others (2019) took the bias out, with the residual flow.

// %% [markdown]
// ## Quiz
//
// Some questions to see what has stayed. Write an answer in the place of the remark and run the cell: what it means unfolds below. There are no points, and you may choose again.

// %% quiz=true

// %% [markdown]
// ## References
//
// - Simon J. D. Prince. *Understanding Deep Learning*, chapter 16. MIT Press, 2023. [udlbook.com](https://udlbook.com)
// - Laurent Dinh, David Krueger, Yoshua Bengio. NICE: non-linear independent components estimation. [arXiv:1410.8516v6](https://arxiv.org/abs/1410.8516v6), 2014.
// - Stefan Banach. Sur les opérations dans les ensembles abstraits et leur application aux équations intégrales. *Fundamenta Mathematicae* 3, 1922.
// - Aidan N. Gomez, Mengye Ren, Raquel Urtasun, Roger B. Grosse. The reversible residual network: backpropagation without storing activations. [arXiv:1707.04585v1](https://arxiv.org/abs/1707.04585v1), 2017.
// - Jörn-Henrik Jacobsen, Arnold Smeulders, Edouard Oyallon. i-RevNet: deep invertible networks. [arXiv:1802.07088v1](https://arxiv.org/abs/1802.07088v1), 2018.
// - John Skilling. The eigenvalues of mega-dimensional matrices. In *Maximum Entropy and Bayesian Methods*, Kluwer, 1989.
// - Michael F. Hutchinson. A stochastic estimator of the trace of the influence matrix for Laplacian smoothing splines. *Communications in Statistics: Simulation and Computation* 19, 1990.
// - Takeru Miyato, Toshiki Kataoka, Masanori Koyama, Yuichi Yoshida. Spectral normalization for generative adversarial networks. [arXiv:1802.05957v1](https://arxiv.org/abs/1802.05957v1), 2018.
// - Jens Behrmann, Will Grathwohl, Ricky T. Q. Chen, David Duvenaud, Jörn-Henrik Jacobsen. Invertible residual networks. [arXiv:1811.00995v3](https://arxiv.org/abs/1811.00995v3), 2019.
// - Ricky T. Q. Chen, Jens Behrmann, David Duvenaud, Jörn-Henrik Jacobsen. Residual flows for invertible generative modeling. [arXiv:1906.02735v6](https://arxiv.org/abs/1906.02735v6), 2019.
