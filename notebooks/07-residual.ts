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
// 3. look at maps that come to rest, and at one that never does although its slope is below 1 everywhere.
//
// The chapter follows sections 16.3.6 and 16.3.7 of Simon Prince's *Understanding Deep Learning*. Equation numbers are the book's. Run the cells from top to bottom with **Shift+Enter**. Chapter 5 is needed; chapter 6 is not.

// %%
import { chain, mlp, random, reversible, revNetBlock, tf } from "flowlab";
import { colorway, jacobianFigure, jacobianOf, lineFigure, palette, warpedGridFigure } from "flowlab/figure";
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
// The book goes on that for general $f_1$ and $f_2$ there is no efficient way to compute the Jacobian's determinant. Let us compute it the *in*efficient way first: two networks with two hidden layers and random weights, six numbers, all 36 derivatives, at three random points.

// %% predict="rev-determinant"

// %%
const wildNetwork = (seed: number) =>
  mlp({ inputs: 3, outputs: 3, hidden: [16, 16], activation: "tanh", zeroLast: false, seed });
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
const memoryInput = random("chapter 7, memory").normalTensor([256, 16]);
const measuring = progressBar("Measuring the memory of gradients", 2 * depths.length);

/** Megabytes that a gradient in all parameters holds at most, besides the gradients themselves; and the gradient. */
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
  const results = 2 * map.variables.reduce((sum, { size }) => sum + 4 * size, 0);
  return { megabytes: (peakBytes - before - results) / 2 ** 20, values };
}

const memoryRows: { blocks: number; chain: number; reversible: number; difference: number }[] = [];
for (const depth of depths) {
  const network = (seed: number) => mlp({ inputs: 8, outputs: 8, hidden: [64, 64], zeroLast: false, seed });
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
  title: "256 events of 16 numbers: O(K) against O(1)",
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

function cobwebFigure(f: (z: number) => number, start: number, steps: number, title: string) {
  const stairs = staircase(f, start, steps);
  return lineFigure({
    series: [
      {
        x: [-spread, spread],
        y: [-spread, spread],
        name: "diagonal",
        line: { color: palette.neutral, dash: "dash" },
      },
      { x: places, y: places.map(f), name: "f[z]", line: { color: palette.data } },
      { x: stairs.x, y: stairs.y, name: "z₀, z₁, z₂ …", line: { color: palette.base, width: 1.5 } },
    ],
    xTitle: "z",
    yTitle: "f[z]",
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
// (The book has "<", which cannot be where $z = z'$.) The smallest such $\beta$ is called the **Lipschitz constant** of $f$; in one dimension it is the largest size of the slope. **Banach's theorem** says that a contraction has exactly one fixed point $z^*$, and that *every* start comes to it. The second half is one line:
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
  yTitle: "z_k",
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
//
// ## What to take away
//
// - A residual block of halves is undone by evaluating the same networks in the other order and taking off what they give. The networks may be anything.
// - It is two additive couplings, so its determinant is exactly 1: volume is preserved.
// - A network that can be undone needs the memory of one block for its gradient, and pays with time.
// - A contraction, with one $\beta < 1$ for all points, comes to its one fixed point from everywhere, $\beta$ nearer with each step. A slope below 1 everywhere is not enough.
//
// **What comes next.** Chapter 8 lets half of the numbers leave early.
//
// **Where it comes from.** Laurent Dinh, David Krueger and Yoshua Bengio (2014) had the additive coupling, in NICE. Aidan Gomez, Mengye Ren, Raquel Urtasun and Roger Grosse (2017) found in it a way to train residual networks without keeping what they compute; Jörn-Henrik Jacobsen, Arnold Smeulders and Edouard Oyallon (2018) made the whole network invertible. Stefan Banach (1922) proved the theorem of contractions.

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
// - Aidan N. Gomez, Mengye Ren, Raquel Urtasun, Roger B. Grosse. The reversible residual network: backpropagation without storing activations. [arXiv:1707.04585v1](https://arxiv.org/abs/1707.04585v1), 2017.
// - Jörn-Henrik Jacobsen, Arnold Smeulders, Edouard Oyallon. i-RevNet: deep invertible networks. [arXiv:1802.07088v1](https://arxiv.org/abs/1802.07088v1), 2018.
