// %% [markdown]
// # 5 · Coupling flows
//
// **Move one half, steered by the other**
//
// *The question.* A matrix mixes and does not bend; an elementwise map bends and does not mix. We want both at once: a map with neural networks inside, as rich as we like, which is undone exactly and whose determinant costs next to nothing. Networks cannot be inverted. How can a flow be built of them all the same?
//
// You will
//
// 1. build a layer that holds any function you like and is undone by a subtraction and a division,
// 2. see why its Jacobian is a triangle, and what an additive coupling can never do.
//
// The chapter follows section 16.3.3 of Simon Prince's *Understanding Deep Learning*. Equation numbers are the book's. Run the cells from top to bottom with **Shift+Enter**.

// %%
import {
  additive,
  affineTransformer,
  type Bijection,
  chain,
  coupling,
  fit,
  flow,
  halfMask,
  mlp,
  random,
  standardNormal,
  type Transformer,
  tf,
} from "flowlab";
import { toyDensities } from "flowlab/data";
import {
  density2dFigure,
  jacobianFigure,
  jacobianOf,
  lineFigure,
  type PlaneRange,
  palette,
  warpedGridFigure,
} from "flowlab/figure";
import { progress as progressBar, slider, table } from "flowlab/notebook";
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
// and only $g$ has to be invertible, one number at a time. With $g$ a scale and a shift it is the **affine coupling** of RealNVP (Dinh, Sohl-Dickstein and Bengio, 2016): $z_b = (x_b - t) \odot e^{-s}$ with $s$ and $t$ of $x_a$. Both directions cost one pass through the networks. Compare that with chapter 1, where a search took fifty.
//
// > **Erratum.** In one lecture on the web the shift is applied to the half that *stays*. It has to depend on that half and act on the other. Nor may the cut leave a part empty: $1 \le d < D$, where one handbook has $1 < d$, which would rule out the plane.

// %% exercise="05.affine"

// %% [markdown]
// Here is a coupling at work whose $s$ and $t$ are what the exercise asked for: **yours**, once it has passed its check. In the plane, $S$, $p$, $T$ and $q$ are four numbers. You set one of them, $S$: on one side of the origin the vertical lines are stretched, and the density on them falls; on the other they are squeezed.

// %%
const yours = await check.passed("05.affine", {
  affineCoupling(S: number[][], p: number[], T: number[][], q: number[]) {
    const d = S[0].length;
    const linear = (weights: number[][], bias: number[], a: number[]): number[] =>
      weights.map((row, i) => row.reduce((sum, w, j) => sum + w * a[j], bias[i]));
    const s = (a: number[]): number[] => linear(S, p, a).map(Math.tanh);
    const sum = (list: number[]): number => list.reduce((total, v) => total + v, 0);
    return {
      forward(z: number[]): number[] {
        const a = z.slice(0, d);
        const [scale, shift] = [s(a), linear(T, q, a)];
        return [...a, ...z.slice(d).map((v, i) => v * Math.exp(scale[i]) + shift[i])];
      },
      inverse(x: number[]): number[] {
        const a = x.slice(0, d);
        const [scale, shift] = [s(a), linear(T, q, a)];
        return [...a, ...x.slice(d).map((v, i) => (v - shift[i]) * Math.exp(-scale[i]))];
      },
      logDet: (z: number[]): number => sum(s(z.slice(0, d))),
      inverseLogDet: (x: number[]): number => -sum(s(x.slice(0, d))),
    };
  },
});

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
// That is no ellipse any more. Along a vertical line it is still a bell, though, as a line is only stretched and shifted, and from the side, all in all, $x_1$ is as normal as before.
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
// > **Errata.** Two of the texts that this course was built from let the sum run over $j = d + 1, \dots, D$ and take the $j$-th number of $s$. But $s$ has only $D - d$ numbers. One of them prints $\exp(+\sum s)$ for the Jacobian of the *inverse*.
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
// **Additive couplings.** The first coupling flow, NICE (Dinh, Krueger and Bengio, 2014), had no scale: $x_b = z_b + t(z_a)$. Its diagonal is all ones, so $\log|\det| = 0$ at every place, for any $t$, and for a hundred such layers as well. They *shear*: every slice of fixed $z_a$ moves as a whole, like cards in a pack that is pushed askew. Volumes stay. NICE therefore ends with one learned scale for each number. (One survey says that NICE used affine couplings. It did not; the scale inside is what RealNVP added.)

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
    learningRate: 3e-3,
    schedule: "cosine",
    validation: heldOut,
    keep: "last",
    seed: 1,
    onProgress: ({ step }) => contest.update(from + step, from === 0 ? "additive" : "affine"),
  });
const additiveHistory = await trainFor(additiveFlow, 0);
const affineHistory = await trainFor(affineFlow, 400);
contest.finish();

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
predict.answer("best-additive", { additive: finalLoss(additiveHistory), affine: finalLoss(affineHistory) });

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
// ## What to take away
//
// - A coupling leaves a part of its input alone and changes the rest by invertible maps whose parameters are computed from that part. It is undone in one pass, and nothing of the networks is inverted.
// - Its Jacobian is block lower triangular. $\log|\det| = \sum s$ for a scale and a shift, 0 for a shift alone.
// - Additive couplings preserve volume. On a standard normal base no density above $(2\pi)^{-D/2}$ can come of them.
//
// **Where it comes from.** Laurent Dinh, David Krueger and Yoshua Bengio (2014) introduced couplings with NICE, Dinh, Jascha Sohl-Dickstein and Samy Bengio (2016) gave them their scale.

// %% [markdown]
// ## Quiz
//
// Some questions to see what has stayed. Write an answer in the place of the remark and run the cell: what it means unfolds below. There are no points, and you may choose again.

// %% quiz=true

// %% [markdown]
// ## References
//
// - Simon J. D. Prince. *Understanding Deep Learning*, chapter 16. MIT Press, 2023. [udlbook.com](https://udlbook.com)
// - Laurent Dinh, David Krueger, Yoshua Bengio. NICE: Non-linear independent components estimation. [arXiv:1410.8516v6](https://arxiv.org/abs/1410.8516v6), 2014.
// - Laurent Dinh, Jascha Sohl-Dickstein, Samy Bengio. Density estimation using Real NVP. [arXiv:1605.08803v3](https://arxiv.org/abs/1605.08803v3), 2016.
