// %% [markdown]
// # 3 · Linear flows
//
// **One matrix, cheap to undo and cheap to measure**
//
// *The question.* Height and weight go together, and so do neighbouring pixels, or the two channels of a song. A flow that treats each coordinate by itself can never say so. The simplest map that *mixes* coordinates is a matrix. What does a matrix buy us, what does it cost, and which matrices are worth learning?
//
// You will
//
// 1. push a cloud of points through a matrix and see which shapes a bell can take,
// 2. measure what it costs to undo a matrix, and how much less it costs if the matrix has a shape: diagonal, triangular, orthogonal,
// 3. put those shapes together into a matrix that can be anything, $\Omega = PL(U + D)$, and train yours by going downhill,
// 4. whiten data with a flow of your own, draw new data from it, and meet what no linear flow can do.
//
// The chapter follows section 16.3.1 of Simon Prince's *Understanding Deep Learning* and includes its problems 16.4, 16.5 and 16.6. Equation numbers are the book's. Run the cells from top to bottom with **Shift+Enter**.

// %%
import {
  actNorm,
  chain,
  fit,
  flow,
  invertible1x1Convolution,
  normalDensity,
  normalQuantile,
  plu,
  random,
  rationalQuadraticSpline,
  standardNormal,
  tf,
  whiten,
} from "flowlab";
import { toyDensities } from "flowlab/data";
import {
  density2dFigure,
  densityFitFigure,
  figure,
  jacobianFigure,
  lineFigure,
  palette,
  samples2dFigure,
} from "flowlab/figure";
import { progressBar, slider, table, trainingDisplay } from "flowlab/notebook";
import { check, predict } from "flowlab-grader";

// %% [markdown]
// ## 3.1 A bell goes through a matrix
//
// A **linear flow** is
//
// $$x = f[z] = \beta + \Omega z$$
//
// with a vector $\beta$ that shifts and a square matrix $\Omega$ that stretches, turns and shears. (Strictly, the shift makes it *affine*; everybody says linear.) Its Jacobian is $\Omega$ itself, at every place the same. So the change of variables needs one number for all points:
//
// $$\log Pr(x) = \log Pr(z) - \log|\det \Omega|, \qquad z = \Omega^{-1}(x - \beta).$$
//
// Below, 400 points of a two-dimensional bell (<span style="color:#0072b2">**blue**</span>) go through a matrix that you set by its parts: first a shear, then a stretch along the first axis, then a turn. <span style="color:#d55e00">**Orange**</span> is where they land. Areas grow by $|\det \Omega|$; a turn and a shear leave them as they are.

// %%
type Matrix = readonly (readonly number[])[];
const multiply = (a: Matrix, b: Matrix): number[][] =>
  a.map((row) => b[0].map((_, j) => row.reduce((sum, v, k) => sum + v * b[k][j], 0)));
const transpose = (a: Matrix): number[][] => a[0].map((_, j) => a.map((row) => row[j]));
const times = (a: Matrix, v: readonly number[]): number[] =>
  a.map((row) => row.reduce((sum, value, j) => sum + value * v[j], 0));

/** So many points of a standard normal in the plane. */
function bellPoints(count: number, seed: string): number[][] {
  const [first, second] = [random(seed).normal(count), random(`${seed}, second`).normal(count)];
  return first.map((v, i) => [v, second[i]]);
}

const cloud = bellPoints(400, "chapter 3");

slider(
  {
    shear: { from: -2, to: 2, step: 0.05, value: 0.8 },
    stretch: { from: 0.2, to: 3, step: 0.05, value: 1.8 },
    turn: { from: -90, to: 90, step: 1, value: 25, label: "turn (degrees)" },
  },
  ({ shear, stretch, turn }) => {
    const angle = (turn * Math.PI) / 180;
    const turning = [
      [Math.cos(angle), -Math.sin(angle)],
      [Math.sin(angle), Math.cos(angle)],
    ];
    const shape = [
      [stretch, stretch * shear],
      [0, 1],
    ];
    const omega = multiply(turning, shape);
    return samples2dFigure({
      samples: [
        { points: cloud, name: "z", space: "base" },
        { points: cloud.map((z) => times(omega, z)), name: "x = Ωz", space: "data" },
      ],
      range: [
        [-7, 7],
        [-5, 5],
      ],
      title: `x = Ωz with det Ω = ${stretch.toFixed(2)}`,
    });
  },
  { frames: 5 },
);

// %% [markdown]
// Whatever you set, the cloud becomes an ellipse, thickest in the middle. Now a matrix in three dimensions, chosen without any care, and a shift. Look at the first coordinate of 5,000 images alone.

// %% predict="first-coordinate"

// %%
const careless = [
  [1.5, -2, 0.7],
  [0, 1, 3],
  [-1, 0.4, 0.2],
];
const shift = [4, 0, -1];
const depth = random("chapter 3, third").normal(5000);
const landed = bellPoints(5000, "chapter 3, plane").map(([a, b], i) =>
  times(careless, [a, b, depth[i]]).map((v, j) => v + shift[j]),
);

/** Σ = ΩΩᵀ, as the base has the identity for its covariance. */
const covariance = multiply(careless, transpose(careless));
const deviation = Math.sqrt(covariance[0][0]);

densityFitFigure({
  samples: landed.map(([x]) => x),
  model: (x) => normalDensity((x - shift[0]) / deviation) / deviation,
  title: "The first of three coordinates of x = β + Ωz, and a normal density",
});

// %% answer="first-coordinate"

// %% [markdown]
// Which normal density? For *any* $z$ with mean $\mu$ and covariance $\Sigma$, normal or not, $x = \beta + \Omega z$ has
//
// $$\text{the mean } \beta + \Omega\mu \quad \text{and the covariance } \Omega\Sigma\Omega^\top.$$
//
// That is problem 16.5, and it says nothing about the *shape* of the density. Here it is, line by line.

// %% exercise="16.5"

// %% [markdown]
// For the shape, put $z = \Omega^{-1}(x - \beta)$ into the exponent of a normal density, $-\tfrac12(z - \mu)^\top\Sigma^{-1}(z - \mu)$. A quadratic form of a linear function is a quadratic form, so the result is the exponential of one again: a normal density. It remains to see that its mean and covariance are the ones that you have just found, and that $|\det\Omega|$ is just what the new normalizing constant needs:
//
// $$Pr(x) = \text{Norm}_x[\beta + \Omega\mu,\ \Omega\Sigma\Omega^\top].$$

// %% exercise="16.6"

// %% [markdown]
// The formulas of both problems, beside the 5,000 samples:

// %%
const sampleMean = [0, 1, 2].map((i) => landed.reduce((sum, x) => sum + x[i], 0) / landed.length);
const sampleCovariance = (i: number, j: number): number =>
  landed.reduce((sum, x) => sum + (x[i] - sampleMean[i]) * (x[j] - sampleMean[j]), 0) / landed.length;

table(
  [0, 1, 2].flatMap((i) => [
    { quantity: `mean of x${i + 1}`, formula: shift[i], samples: sampleMean[i] },
    ...[0, 1, 2]
      .filter((j) => j >= i)
      .map((j) => ({
        quantity: `covariance of x${i + 1} and x${j + 1}`,
        formula: covariance[i][j],
        samples: sampleCovariance(i, j),
      })),
  ]),
  { digits: 3 },
);

// %% [markdown]
// So far the power of a linear flow: from a normal base it reaches *every* normal density and nothing else. Stacking a second matrix on the first helps nothing, as the product of two matrices is a matrix. Then why learn them at all? Because they **mix**. The flows of the next chapters bend coordinates one at a time, or one half by the other; between them, matrices see to it that each coordinate meets each other. For that they have to be cheap.
//
// ## 3.2 The price of a matrix
//
// A flow needs three things of $\Omega$: to multiply by it, to undo it, and $\log|\det\Omega|$. For a matrix without any structure, undoing and measuring are done by the same procedure, elimination. It takes multiples of one row away from all those below, until only a triangle is left.

// %%
/**
 * Gaussian elimination with row exchanges: the z with Ωz = x, and log |det Ω|, which is the sum of the logarithms of the pivots.
 * Both arguments are used up.
 */
function eliminate(omega: number[][], x: number[]): { z: number[]; logDet: number } {
  const n = x.length;
  let logDet = 0;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(omega[i][k]) > Math.abs(omega[best][k])) best = i;
    [omega[k], omega[best]] = [omega[best], omega[k]];
    [x[k], x[best]] = [x[best], x[k]];
    logDet += Math.log(Math.abs(omega[k][k]));
    for (let i = k + 1; i < n; i++) {
      const factor = omega[i][k] / omega[k][k];
      for (let j = k; j < n; j++) omega[i][j] -= factor * omega[k][j];
      x[i] -= factor * x[k];
    }
  }
  const z: number[] = new Array(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    z[i] = x[i];
    for (let j = i + 1; j < n; j++) z[i] -= omega[i][j] * z[j];
    z[i] /= omega[i][i];
  }
  return { z, logDet };
}

const copyOf = (a: Matrix): number[][] => a.map((row) => [...row]);
const undone = eliminate(copyOf(careless), [1, 2, 3]);
table([
  { quantity: "z with Ωz = (1, 2, 3)", value: undone.z.map((v) => v.toFixed(4)).join(", ") },
  {
    quantity: "Ωz, to see whether it is",
    value: times(careless, undone.z)
      .map((v) => v.toFixed(4))
      .join(", "),
  },
  { quantity: "log |det Ω| in nats", value: undone.logDet.toFixed(4) },
]);

// %% [markdown]
// How long does that take? We measure it for matrices of up to 512 dimensions, and beside it the arithmetic of what you will write in the rest of this chapter: a triangle is undone with one multiplication for each of its numbers, a reflection with two dot products' worth, a diagonal with one division for each of its numbers. (How the multiplications have to be arranged is left to the exercises.)

// %% predict="doubling"

// %%
/** Milliseconds of one run: the best of five bursts of 3 ms, as whatever else the computer does only makes it longer. */
function millisecondsOf(run: () => void): number {
  const bursts = Array.from({ length: 5 }, () => {
    const start = performance.now();
    let runs = 0;
    while (runs === 0 || performance.now() - start < 3) {
      run();
      runs += 1;
    }
    return (performance.now() - start) / runs;
  });
  return Math.min(...bursts);
}

const sizes = [32, 64, 128, 256, 512];
const costs: Record<string, number[]> = { general: [], triangular: [], reflection: [], diagonal: [] };
const bar = progressBar("Measuring", sizes.length);
for (const [done, n] of sizes.entries()) {
  const stream = random(n);
  const rows = Array.from({ length: n }, (_, i) => stream.normal(n).map((v, j) => (i === j ? n : v)));
  const x = stream.normal(n);
  const v = stream.normal(n);
  costs.general.push(millisecondsOf(() => void eliminate(copyOf(rows), [...x])));
  costs.triangular.push(
    millisecondsOf(() => {
      const sums = [...x];
      for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) sums[i] += rows[i][j] * x[j];
    }),
  );
  costs.reflection.push(
    millisecondsOf(() => {
      const product = v.reduce((sum, value, i) => sum + value * x[i], 0);
      void x.map((value, i) => value + product * v[i]);
    }),
  );
  costs.diagonal.push(millisecondsOf(() => void x.map((value, i) => value / v[i])));
  bar.update(done + 1, `${n} dimensions`);
}
bar.finish();

// %%
/** Written in full: plotly would write 0.0001 milliseconds as 100µ. */
const decades = [0.0001, 0.001, 0.01, 0.1, 1, 10, 100, 1000];
const guide = (power: number, at: number) => sizes.map((n) => at * (n / 512) ** power);
figure(
  [
    ...Object.entries(costs).map(([name, y], i) => ({
      name,
      mode: "lines+markers",
      x: sizes,
      y,
      line: { color: [palette.map, palette.accent2, palette.accent, palette.loss][i], width: 2 },
      marker: { size: 7, symbol: ["circle", "square", "diamond", "triangle-up"][i] },
    })),
    ...[
      [3, costs.general[4], "D³"] as const,
      [2, costs.triangular[4], "D²"] as const,
      [1, costs.diagonal[4], "D"] as const,
    ].map(([power, at, name], i) => ({
      name: `grows as ${name}`,
      mode: "lines",
      x: sizes,
      y: guide(power, at),
      line: { color: palette.guide, dash: (["dash", "dashdot", "dot"] as const)[i], width: 1.5 },
    })),
  ],
  {
    xaxis: { title: "dimensions D", type: "log", tickvals: sizes },
    yaxis: {
      title: "milliseconds to undo the map once",
      type: "log",
      tickvals: decades,
      ticktext: decades.map(String),
    },
    height: 420,
    title: "What it costs to undo a linear map once",
  },
  {
    description: `Milliseconds to undo a linear map of ${sizes.join(", ")} dimensions: ${Object.entries(costs)
      .map(([name, y]) => `${name} ${y.map((ms) => ms.toPrecision(2)).join(", ")}`)
      .join("; ")}`,
  },
);

// %% answer="doubling"
predict.answer("doubling", { ratio: costs.general[4] / costs.general[3] });

// %% [markdown]
// | $\Omega$ is | numbers in it | undoing it | $\log\lvert\det\Omega\rvert$ | what it cannot do |
// |---|---|---|---|---|
// | anything | $D^2$ | $\mathcal{O}(D^3)$ | $\mathcal{O}(D^3)$ | stay invertible by itself |
// | diagonal | $D$ | $\mathcal{O}(D)$ | $\mathcal{O}(D)$ | mix |
// | triangular | $\tfrac12 D(D+1)$ | $\mathcal{O}(D^2)$ | $\mathcal{O}(D)$ | let every coordinate act on every other |
// | orthogonal, $K$ reflections | $KD$ | $\mathcal{O}(KD)$ | 0, for nothing | stretch |
// | $PL(U+D)$ | $D^2$ | $\mathcal{O}(D^2)$ | $\mathcal{O}(D)$ | change $P$ while it learns |
// | $QR$ | $\tfrac12 D(D+1) + KD$ | $\mathcal{O}(D^2 + KD)$ | $\mathcal{O}(D)$ | – |
//
// Multiplying by $\Omega$ takes about as many multiplications as there are numbers in the second column. At 512 dimensions the first line and the third lie a factor of some hundreds apart, and a small colour photograph has 3,072 dimensions. The rest of this section takes the lines in turn.
//
// ## 3.3 Diagonal: cheap and blind
//
// A diagonal $\Omega$ gives each coordinate a scale of its own. Two layers of this kind are found in many large flows, and both do the same thing: bring each coordinate to mean 0 and deviation 1. **Batch norm** (Dinh, Sohl-Dickstein and Bengio used it inside RealNVP) takes mean and deviation from each batch while it trains. **ActNorm** (Kingma and Dhariwal, for Glow) takes them from the *first* batch only, as the values from which two learned vectors start: Glow's images were so large that each processor had one of them at a time, and the deviation of a batch that small is noise.
//
// Here are 600 points in two strongly correlated columns, and ActNorm after its first look at them.

// %%
const mixing = [
  [1.6, 0],
  [1.1, 0.6],
];
const centre = [3, -1];
const tilted = bellPoints(600, "chapter 3, tilted").map((z) => times(mixing, z).map((v, i) => v + centre[i]));

const normalizer = actNorm({ dimensions: 2 });
normalizer.initialize?.(tf.tensor(tilted));
const standardized = tf.tidy(() => normalizer.inverse(tf.tensor(tilted)).value.arraySync() as number[][]);

/** Correlation of the two columns. */
function correlation(points: Matrix): number {
  const [a, b] = transpose(points);
  const mean = (list: readonly number[]) => list.reduce((sum, v) => sum + v, 0) / list.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (p: readonly number[], mp: number, q: readonly number[], mq: number) =>
    mean(p.map((v, i) => (v - mp) * (q[i] - mq)));
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}

// %% predict="after-actnorm"

// %%
samples2dFigure({
  samples: [
    { points: tilted, name: "data x", space: "data" },
    { points: standardized, name: "z = inverse of ActNorm", space: "base" },
  ],
  title: "Each column by itself: mean 0, deviation 1",
});

// %% answer="after-actnorm"
predict.answer("after-actnorm", { before: correlation(tilted), after: correlation(standardized) });

// %% [markdown]
// ## 3.4 Triangular: one after the other
//
// In a lower triangular $L$ the coordinate $x_i$ depends on $z_1, \dots, z_i$ and on nothing after them. That makes it easy to undo: $x_1 = L_{11}z_1$ gives $z_1$; then the second row holds one unknown; and so on, each number $L_{ij}$ being used once. Its determinant is the product of the diagonal, since expanding along the first row leaves one term with a smaller triangle in it, again and again.

// %% predict="inverse-of-triangle"

// %%
const lowerTriangle = Array.from({ length: 7 }, (_, i) =>
  random(`row ${i}`)
    .normal(7)
    .map((v, j) => (j < i ? 0.5 * v : j === i ? 1 + Math.abs(v) : 0)),
);
const unitVectors = lowerTriangle.map((_, i) => lowerTriangle.map((__, j) => (i === j ? 1 : 0)));
const inverseColumns = unitVectors.map((e) => eliminate(copyOf(lowerTriangle), [...e]).z);

jacobianFigure({
  matrix: transpose(inverseColumns),
  names: ["z", "x"],
  title: "The inverse of a lower triangular matrix: grey is exactly 0",
});

// %% answer="inverse-of-triangle"

// %% [markdown]
// Now with pencil and paper: one diagonal matrix and one triangular one.

// %% exercise="16.4"

// %% [markdown]
// > **Erratum.** In at least one printed version of problem 16.4, $\Omega_1$ has four rows and only three columns: the column between $-5$ and 1 is lost. A map from three dimensions to four has neither inverse nor determinant. The answer booklet for students has the diagonal of $2, -5, 1, 2$.
//
// Now write the inverse that a triangular flow uses. It never computes $L^{-1}$: that would take of the order of $D$ times as long as one solution, and can lose digits.

// %% exercise="03.substitution"

// %% [markdown]
// Your `solveLower` against general elimination, on one triangle of 200 dimensions: the same $z$, and how much sooner?

// %%
const bigTriangle = Array.from({ length: 200 }, (_, i) =>
  random(`big row ${i}`)
    .normal(200)
    .map((v, j) => (j < i ? v / 20 : j === i ? 1 : 0)),
);
const bigX = random("big x").normal(200);

const triangles = await check.passed("03.substitution", ["solveLower"]);

const bySubstitution = triangles.solveLower(bigTriangle, bigX);
const byElimination = eliminate(copyOf(bigTriangle), [...bigX]).z;
table(
  [
    {
      quantity: "largest difference of the two z",
      value: Math.max(...bySubstitution.map((v, i) => Math.abs(v - byElimination[i]))),
    },
    {
      quantity: "elimination (ms)",
      value: millisecondsOf(() => void eliminate(copyOf(bigTriangle), [...bigX])),
    },
    {
      quantity: "substitution (ms)",
      value: millisecondsOf(() => void triangles.solveLower(bigTriangle, bigX)),
    },
  ],
  { digits: 2 },
);

// %% [markdown]
// What a triangle cannot do: its first output knows $z_1$ only. It has an order, and most data have none. For a *Gaussian* that does no harm, as every covariance has a triangular root (section 3.7). Between layers that bend, it does.
//
// ## 3.5 Orthogonal: turning and mirroring
//
// An orthogonal $Q$ keeps all lengths and angles. Its inverse is its transpose, which costs nothing, and $\det Q = \pm 1$: no volume to pay for. It mixes everything with everything and stretches nothing.
//
// How does one *learn* an orthogonal matrix? A gradient step on its entries would leave the orthogonal ones at once. Build it from pieces that are orthogonal whatever their parameters are: **reflections**. The mirror at right angles to a vector $v$ turns round the part of $h$ that lies along $v$ and leaves the rest,
//
// $$H_v h = h - 2\, v\, \frac{v^\top h}{v^\top v}.$$
//
// This is Alston Householder's reflection of 1958. Its inverse is itself, as looking into a mirror twice shows. Every orthogonal matrix of $D$ dimensions is a product of at most $D$ of them, and for a product only dot products are needed: $\mathcal{O}(D)$ each.
//
// Below, a figure is mirrored twice. The dashed lines are the mirrors.

// %%
/** The plane, mirrored at a line through the origin: what lies at the angle α goes to 2·(the line's angle) − α. */
const mirrorAt = (degrees: number): number[][] => {
  const [c, s] = [Math.cos((degrees * Math.PI) / 90), Math.sin((degrees * Math.PI) / 90)];
  return [
    [c, s],
    [s, -c],
  ];
};

/** The letter F, away from the origin. */
const letter = [
  [1, 0.2],
  [1, 1.6],
  [1.9, 1.6],
  [1.9, 1.35],
  [1.3, 1.35],
  [1.3, 1.05],
  [1.7, 1.05],
  [1.7, 0.8],
  [1.3, 0.8],
  [1.3, 0.2],
  [1, 0.2],
];

// %%
/** The letter, mirrored at one line and then at another. */
function mirrors(first: number, second: number) {
  const once = letter.map((h) => times(mirrorAt(first), h));
  const twice = once.map((h) => times(mirrorAt(second), h));
  const outline = (points: Matrix, name: string, color: string) => ({
    name,
    mode: "lines",
    x: points.map(([x]) => x),
    y: points.map(([, y]) => y),
    line: { color, width: 3 },
  });
  const mirror = (degrees: number, name: string) => {
    const [x, y] = [2.7 * Math.cos((degrees * Math.PI) / 180), 2.7 * Math.sin((degrees * Math.PI) / 180)];
    return {
      name,
      mode: "lines",
      x: [-x, x],
      y: [-y, y],
      line: { color: palette.guide, dash: "dash" as const },
    };
  };
  return figure(
    [
      mirror(first, "first mirror"),
      mirror(second, "second mirror"),
      outline(letter, "z", palette.base),
      outline(once, "after one mirror", palette.neutral),
      outline(twice, "x, after both", palette.data),
    ],
    {
      xaxis: { title: "first coordinate", range: [-3, 3] },
      yaxis: { title: "second coordinate", range: [-3, 3], scaleanchor: "x" },
      height: 480,
      title: `Mirrors at ${first}° and ${second}°`,
    },
    {
      description: `A letter F, mirrored at a line of ${first} degrees and then at one of ${second} degrees`,
    },
  );
}

// %% predict="two-mirrors"

// %%
slider(
  {
    first: { from: 0, to: 180, step: 1, value: 20, label: "first mirror (degrees)" },
    second: { from: 0, to: 180, step: 1, value: 50, label: "second mirror (degrees)" },
  },
  ({ first, second }) => mirrors(first, second),
  { frames: 7 },
);

// %% answer="two-mirrors"

// %% exercise="03.reflections"

// %% [markdown]
// Your mirrors in 50 dimensions: 50 reflections of random vectors, there and back. Lengths stay to the last digits, and 2,500 numbers mix all coordinates with all.

// %%
const mirrorsOf = await check.passed("03.reflections", ["reflectAll", "reflectBack"]);

const manyVectors = Array.from({ length: 50 }, (_, i) => random(`mirror ${i}`).normal(50));
const spike = Array.from({ length: 50 }, (_, i) => (i === 0 ? 1 : 0));
const spread = mirrorsOf.reflectAll(manyVectors, spike);
const returned = mirrorsOf.reflectBack(manyVectors, spread);

table(
  [
    { quantity: "length before", value: Math.hypot(...spike) },
    { quantity: "length after 50 mirrors", value: Math.hypot(...spread) },
    { quantity: "largest coordinate after", value: Math.max(...spread.map(Math.abs)) },
    {
      quantity: "largest error on the way back",
      value: Math.max(...returned.map((v, i) => Math.abs(v - spike[i]))),
    },
  ],
  { digits: 3 },
);

// %% [markdown]
// An even number of reflections is a rotation, with determinant 1; an odd number has determinant $-1$, and gradient descent cannot pass from one kind to the other. Jakub Tomczak and Max Welling (2016) put a chain of reflections behind the encoder of a variational autoencoder: a *Householder flow*, whose log-determinant is 0 in every layer.
//
// ## 3.6 Everything at once: PLU
//
// Elimination is a factorization in disguise. The multiples that were taken away form a lower triangular $L$ with **ones** on its diagonal, what is left is an upper triangle, and the exchanges of rows are a permutation $P$. So every invertible matrix is
//
// $$\Omega = P L (U + D), \tag{16.9}$$
//
// where $U$ has zeros on its diagonal and $D$ is diagonal. Kingma and Dhariwal (2018) turn this round: *learn the factors*, and never eliminate at all. The inverse is a permutation and two substitutions, $\mathcal{O}(D^2)$, and
//
// $$\log|\det \Omega| = \sum_{i=1}^D \log|D_{ii}|.$$
//
// > **Erratum.** The text that this course follows calls $L$ lower triangular and says no more. Then the formula for the determinant would be wrong: it holds only if the diagonal of $L$ is all **ones**. The author's own list of errata adds the diagonal of $L$ to the formula instead; with ones both agree. (Another text in circulation writes $\sum \log s$ without the bars; for a negative entry that is no number.) The next cell computes both for one example.

// %%
const ownDiagonal = [
  [2, 0, 0],
  [4, 3, 0],
  [-1, 5, 1],
];
const onesOnIt = ownDiagonal.map((row, i) => row.map((v, j) => (i === j ? 1 : v)));
const upperPart = [
  [5, 2, -3],
  [0, 7, 4],
  [0, 0, 1],
];
const determinantOf = (a: Matrix): number =>
  Math.exp(
    eliminate(
      copyOf(a),
      a.map(() => 0),
    ).logDet,
  );

table(
  [
    {
      L: "ones on its diagonal",
      determinant: determinantOf(multiply(onesOnIt, upperPart)),
      "product of D": 5 * 7 * 1,
    },
    {
      L: "2, 3, 1 on its diagonal",
      determinant: determinantOf(multiply(ownDiagonal, upperPart)),
      "product of D": 5 * 7 * 1,
    },
  ],
  { digits: 6, caption: "|det L(U + D)| with 5, 7, 1 on D" },
);

// %% exercise="03.plu"

// %% [markdown]
// **Train it.** Your `pluFlow` is a model with parameters: two numbers off the diagonals and two on $D$ in the plane, and a shift. We write $d_i = e^{s_i}$, so that no step of the training can make it 0, and go downhill on the negative log-likelihood of the 600 tilted points. The gradient comes from differences: move one parameter a little up, a little down, and see what the loss does. (Six parameters can be treated so. For six million one needs backpropagation, as the library uses.)

// %%
const linear = await check.passed("03.plu", ["pluFlow"]);

const flowOf = ([below, above, s1, s2]: readonly number[]) =>
  linear.pluFlow(
    [1, 0],
    [
      [1, 0],
      [below, 1],
    ],
    [
      [0, above],
      [0, 0],
    ],
    [Math.exp(s1), Math.exp(s2)],
  );

/** Mean negative log-likelihood in nats; the last two parameters are the shift. */
function lossOf(parameters: readonly number[], points: Matrix): number {
  const { inverse, logDet } = flowOf(parameters);
  const volume = logDet();
  const total = points.reduce((sum, x) => {
    const [a, b] = inverse([x[0] - parameters[4], x[1] - parameters[5]]);
    return sum + (a * a + b * b) / 2 + Math.log(2 * Math.PI) + volume;
  }, 0);
  return total / points.length;
}

// %%
let parameters = [0, 0, 0, 0, 0, 0];
const losses: number[] = [];
const descent = progressBar("Descending", 200);
for (let step = 0; step < 200; step++) {
  const gradient = parameters.map((_, k) => {
    const moved = (by: number) => parameters.map((v, i) => (i === k ? v + by : v));
    return (lossOf(moved(1e-4), tilted) - lossOf(moved(-1e-4), tilted)) / 2e-4;
  });
  const rate = 0.15 / Math.max(1, Math.hypot(...gradient));
  parameters = parameters.map((v, k) => v - rate * gradient[k]);
  losses.push(lossOf(parameters, tilted));
  descent.update(step + 1, `${losses[step].toFixed(3)} nats`);
}
descent.finish();

// %%
/** What the best of all normal densities gives: half the logarithm of det 2πe Σ, with the covariance of the data. */
const dataMean = [0, 1].map((i) => tilted.reduce((sum, x) => sum + x[i], 0) / tilted.length);
const scatter = (i: number, j: number): number =>
  tilted.reduce((sum, x) => sum + (x[i] - dataMean[i]) * (x[j] - dataMean[j]), 0) / tilted.length;
const best =
  Math.log(2 * Math.PI * Math.E) + Math.log(scatter(0, 0) * scatter(1, 1) - scatter(0, 1) ** 2) / 2;

lineFigure({
  series: [
    { x: losses.map((_, i) => i + 1), y: losses, name: "PLU flow", line: { color: palette.loss } },
    {
      x: [1, losses.length],
      y: [best, best],
      name: "best normal density",
      line: { color: palette.neutral, dash: "dash" },
    },
  ],
  xTitle: "step",
  yTitle: "negative log-likelihood (nats)",
  title: "A PLU flow goes downhill",
});

// %% [markdown]
// It arrives where no linear flow can get below: the negative log-likelihood of the best normal density, which has a formula. Look at the matrix it has learned, beside the one that made the data.

// %%
const trained = flowOf(parameters);
const learnedOmega = transpose([trained.forward([1, 0]), trained.forward([0, 1])]);

table([
  {
    quantity: "Ω of the data",
    value: mixing.map((row) => row.map((v) => v.toFixed(2)).join(" ")).join(" | "),
  },
  {
    quantity: "Ω learned",
    value: learnedOmega.map((row) => row.map((v) => v.toFixed(2)).join(" ")).join(" | "),
  },
  {
    quantity: "ΩΩᵀ of the data",
    value: multiply(mixing, transpose(mixing))
      .map((row) => row.map((v) => v.toFixed(2)).join(" "))
      .join(" | "),
  },
  {
    quantity: "ΩΩᵀ learned",
    value: multiply(learnedOmega, transpose(learnedOmega))
      .map((row) => row.map((v) => v.toFixed(2)).join(" "))
      .join(" | "),
  },
]);

// %% [markdown]
// The two $\Omega$ are not alike. Their $\Omega\Omega^\top$ are, as far as 600 points can tell. A normal base looks the same from every side, so $\Omega$ and $\Omega Q$ make the same density for every orthogonal $Q$. Besides the mean, data can tell a linear flow their covariance and no more.
//
// **QR.** There is a second general form, $\Omega = Q(R + D)$ with reflections for $Q$ and an upper triangle $R + D$. Emiel Hoogeboom, Rianne van den Berg and Max Welling (2019) prefer it, as no permutation has to be chosen beforehand: PLU keeps its $P$ for ever, and a matrix whose elimination would need another $P$ can only be approached through large numbers in $L$ and $U$. In the library both are there: `plu` and `qr`.
//
// **A look ahead.** In an image, one such matrix of the *channels* is applied at each of the $h \cdot w$ positions: an *invertible 1×1 convolution*, the mixing layer of Glow (chapter 9). Its log-determinant is $h\,w\,\log|\det\Omega|$.

// %%
const convolution = invertible1x1Convolution({ channels: 3, seed: 1 });
const shapes = tf.tidy(() => {
  const image = random("chapter 3, image").normalTensor([8, 8, 3]);
  const { value, logDet } = convolution.inverse(image);
  return [image, value, logDet].map(({ shape }) => shape.join(" × "));
}) as string[];
table([
  { quantity: "image, 8 × 8 pixels of 3 channels", shape: shapes[0] },
  { quantity: "after the 1×1 convolution", shape: shapes[1] },
  { quantity: "log-determinants, one for each position", shape: shapes[2] },
]);

// %% [markdown]
// ## 3.7 Whitening: the best linear flow has a formula
//
// In general one trains a flow. For a linear flow on a normal base the maximum of the likelihood is known: $\beta$ is the mean of the data, and $\Omega\Omega^\top$ is their covariance. The inverse direction then turns the data into points of mean 0 and covariance $I$. They look like white noise, and so it is called **whitening**.
//
// Any root of the covariance will do. A *triangular* one was found by André-Louis Cholesky, an officer who surveyed Crete before the First World War and had to solve such systems by the dozen; it was published in 1924, after his death. Row by row, from $\Omega\Omega^\top = \Sigma$,
//
// $$\Omega_{ij} = \frac{1}{\Omega_{jj}}\Big(\Sigma_{ij} - \sum_{k<j} \Omega_{ik}\Omega_{jk}\Big) \quad (j < i), \qquad \Omega_{ii} = \sqrt{\Sigma_{ii} - \sum_{k<i} \Omega_{ik}^2}.$$
//
// This is the last exercise, and it ends with a model of yours that generates.

// %% exercise="03.whitening"

// %%
const whiteners = await check.passed("03.whitening", ["fitWhitening"]);

// %%
const whitener = whiteners.fitWhitening(tilted);
samples2dFigure({
  samples: [
    { points: tilted, name: "data x", space: "neutral" },
    { points: tilted.map((x) => whitener.inverse(x)), name: "whitened, z", space: "base" },
    {
      points: bellPoints(600, "chapter 3, new").map((z) => whitener.forward(z)),
      name: "600 new x, drawn by the flow",
      space: "data",
    },
  ],
  title: "Whitened data, and new data",
});

// %% [markdown]
// In the library this layer is `whiten(data)`: the triangular root, taken from the data in double precision, from which training may go on. It stands at the data's end of larger flows and leaves to the other layers what is not normal.
//
// Three flows have now seen the same 600 points: the diagonal one, the trained PLU, and the whitening. Now 2,000 new points from the same source come.

// %% predict="diagonal-gap"

// %%
const freshPoints = bellPoints(2000, "chapter 3, held out").map((z) =>
  times(mixing, z).map((v, i) => v + centre[i]),
);
const diagonalLoss =
  freshPoints.reduce(
    (sum, x) =>
      sum -
      x.reduce((log, v, i) => {
        const width = Math.sqrt(scatter(i, i));
        return log + Math.log(normalDensity((v - dataMean[i]) / width) / width);
      }, 0),
    0,
  ) / freshPoints.length;
const pluLoss = lossOf(parameters, freshPoints);
const whiteningLoss = -freshPoints.reduce((sum, x) => sum + whitener.logDensity(x), 0) / freshPoints.length;
const libraryFlow = flow(standardNormal([2]), whiten(tilted));
const libraryLoss = -tf.tidy(() => tf.mean(libraryFlow.logProb(freshPoints)).dataSync()[0]);
const entropyOfData = Math.log(2 * Math.PI * Math.E) + Math.log(1.6 * 0.6);

table(
  [
    { flow: "diagonal", "negative log-likelihood of 2,000 new points (nats)": diagonalLoss },
    { flow: "PLU, trained by going downhill", "negative log-likelihood of 2,000 new points (nats)": pluLoss },
    {
      flow: "whitening, by its formula",
      "negative log-likelihood of 2,000 new points (nats)": whiteningLoss,
    },
    { flow: "the library's whiten", "negative log-likelihood of 2,000 new points (nats)": libraryLoss },
    { flow: "entropy of the source", "negative log-likelihood of 2,000 new points (nats)": entropyOfData },
  ],
  { digits: 4 },
);

// %% answer="diagonal-gap"
predict.answer("diagonal-gap", {
  diagonal: diagonalLoss,
  plu: pluLoss,
  whitening: whiteningLoss,
  correlation: correlation(tilted),
});

// %% [markdown]
// ## 3.8 What no linear flow can do
//
// Now other data: two half moons. The whitening of the last exercise is fitted to 2,000 points of them.

// %% predict="moons"

// %%
const moonsTensor = toyDensities.twoMoons.sample(2000, random("chapter 3, moons"));
const moons = moonsTensor.arraySync() as number[][];
const moonFlow = whiteners.fitWhitening(moons);
const moonLoss = -moons.reduce((sum, x) => sum + moonFlow.logDensity(x), 0) / moons.length;

density2dFigure({
  logProb: (points) => Array.from(points, (x) => moonFlow.logDensity(Array.from(x))),
  points: moons.slice(0, 600),
  range: toyDensities.twoMoons.range.map(([low, high]) => [low, high]) as [
    [number, number],
    [number, number],
  ],
  title: `The best linear flow: ${moonLoss.toFixed(2)} nats, entropy of the truth ${toyDensities.twoMoons.entropy.toFixed(2)}`,
});

// %% answer="moons"
predict.answer("moons", { linear: moonLoss, entropy: toyDensities.twoMoons.entropy });

// %% [markdown]
// **Outlook: linear and elementwise in turns.** The repair is to bend in between. An *elementwise* map bends each coordinate by itself (chapter 4): alone it cannot mix, as a matrix alone cannot bend. Alternate the two, and each round mixes what the last has bent. Scott Chen and Ramesh Gopinath (2000) did so one round at a time, without gradients, and called it **Gaussianization**: find directions in which the data look least normal, bend each so that it looks normal, repeat. Valero Laparra, Gustavo Camps-Valls and Jesús Malo (2011) showed that even *random* rotations will do. Watch it: in each round the points are turned by a random angle, and each coordinate is replaced by the normal quantile of its rank.

// %%
/** The standard normal quantile of each value's rank: what an elementwise map would do that fits this coordinate exactly. */
function normalScores(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const scores: number[] = new Array(values.length).fill(0);
  for (const [rank, i] of order.entries()) scores[i] = normalQuantile((rank + 0.5) / values.length);
  return scores;
}

const angles = random("chapter 3, angles").uniform(12, 0, Math.PI);
const rounds: number[][][] = [moons];
for (const angle of angles) {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const turned = rounds[rounds.length - 1].map(([a, b]) => [c * a - s * b, s * a + c * b]);
  rounds.push(transpose(transpose(turned).map(normalScores)));
}

slider(
  { name: "rounds", from: 0, to: 12, step: 1, value: 3 },
  (count) =>
    samples2dFigure({
      samples: [
        { points: rounds[count].slice(0, 1000), name: "moons", space: count === 0 ? "data" : "base" },
      ],
      range: [
        [-4, 4],
        [-4, 4],
      ],
      title: `Two moons after ${count} rounds of turning and bending`,
    }),
  { frames: 13 },
);

// %% [markdown]
// Each step of it can be undone, so this *is* a flow, from data to a bell. With learned layers it has a density and a likelihood too. Here are four rounds of a PLU matrix and a spline for each coordinate, behind a whitening layer, trained together by gradients; the held-out moons watch.

// %%
const layers = Array.from({ length: 4 }, (_, i) => [
  rationalQuadraticSpline({ bins: 12, interval: [-5, 5], shape: [2] }),
  plu({ dimensions: 2, seed: i, permutation: [1, 0] }),
]).flat();
const deepFlow = flow(standardNormal([2]), chain([...layers, whiten(moonsTensor)]));

const trainingSteps = 250;
const training = await fit(deepFlow, moonsTensor, {
  steps: trainingSteps,
  batchSize: 400,
  learningRate: 0.02,
  validation: toyDensities.twoMoons.sample(1000, random("chapter 3, more moons")),
  keep: "last",
  seed: 1,
  onProgress: trainingDisplay({
    steps: trainingSteps,
    label: "Four rounds of matrix and spline",
    optimum: toyDensities.twoMoons.entropy,
    optimumName: "entropy of the truth",
  }),
});

// %%
samples2dFigure({
  samples: [
    { points: moons.slice(0, 1000), name: "data", space: "neutral" },
    { points: deepFlow.sample(1000, 7), name: "samples of the flow", space: "data" },
  ],
  title: `Linear and elementwise in turns: ${training.validation.at(-1)?.loss.toFixed(2)} nats on held-out moons`,
});

// %% [markdown]
// Compare with the single matrix above. Neither half of this flow could have done it: four matrices are one matrix, and four elementwise maps are one elementwise map.
//
// ## What to take away
//
// - A linear flow has one Jacobian for all points, $\Omega$. On a normal base it reaches every normal density, $\text{Norm}[\beta + \Omega\mu, \Omega\Sigma\Omega^\top]$, and nothing else.
// - Undoing and measuring a matrix without structure takes $\mathcal{O}(D^3)$. Diagonal, triangular and orthogonal ones are cheap, and each lacks something.
// - $PL(U + D)$ lacks nothing but another $P$: all inverses by substitution, $\log|\det| = \sum_i \log|D_{ii}|$, *because* $L$ has ones on its diagonal.
// - Whitening is maximum likelihood by a formula. The data determine $\Omega\Omega^\top$; a rotation or reflection of $z$ is free.
// - Matrices mix, elementwise maps bend. One without the other stays what it is; in turns they reach what neither could.
//
// **Where it comes from.** Elimination was known in China two thousand years ago (*The Nine Chapters*), and to Gauss, who had orbits to compute. Alan Turing (1948) wrote it as a product of triangles. Householder's mirrors (1958) replaced elimination where rounding errors mattered. As layers to be *learned* they came with flows: reflections (Tomczak and Welling, 2016), PLU (Kingma and Dhariwal, 2018), QR and larger convolutions (Hoogeboom, van den Berg and Welling, 2019).

// %% [markdown]
// ## Quiz
//
// Six questions to see what has stayed. Write an answer in the place of the remark and run the cell: what it means unfolds below. There are no points, and you may choose again.

// %% quiz=true

// %% [markdown]
// ## References
//
// - Simon J. D. Prince. *Understanding Deep Learning*, chapter 16. MIT Press, 2023. [udlbook.com](https://udlbook.com)
// - Scott S. Chen, Ramesh A. Gopinath. Gaussianization. *Advances in Neural Information Processing Systems* 13, 2000.
// - Valero Laparra, Gustavo Camps-Valls, Jesús Malo. Iterative Gaussianization: from ICA to random rotations. *IEEE Transactions on Neural Networks* 22(4), 2011. [arXiv:1602.00229v1](https://arxiv.org/abs/1602.00229v1)
// - Laurent Dinh, Jascha Sohl-Dickstein, Samy Bengio. Density estimation using Real NVP. [arXiv:1605.08803v3](https://arxiv.org/abs/1605.08803v3), 2016.
// - Jakub M. Tomczak, Max Welling. Improving variational auto-encoders using Householder flow. [arXiv:1611.09630v4](https://arxiv.org/abs/1611.09630v4), 2016.
// - Diederik P. Kingma, Prafulla Dhariwal. Glow: generative flow with invertible 1×1 convolutions. [arXiv:1807.03039v2](https://arxiv.org/abs/1807.03039v2), 2018.
// - Emiel Hoogeboom, Rianne van den Berg, Max Welling. Emerging convolutions for generative normalizing flows. [arXiv:1901.11137v3](https://arxiv.org/abs/1901.11137v3), 2019.
// - Alston S. Householder. Unitary triangularization of a nonsymmetric matrix. *Journal of the ACM* 5(4), 1958.
// - Alan M. Turing. Rounding-off errors in matrix processes. *The Quarterly Journal of Mechanics and Applied Mathematics* 1(1), 1948.
// - Ernest Benoît. Note sur une méthode de résolution des équations normales (procédé du commandant Cholesky). *Bulletin géodésique* 2, 1924.
