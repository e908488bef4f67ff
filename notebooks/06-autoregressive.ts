// %% [markdown]
// # 6 · Autoregressive flows
//
// **One number after another**
//
// *The question.* A coupling steers one half by the other, in one go. What if each number were steered by *all* numbers before it? Then nothing would be left alone, and one layer would do what took many couplings. What does it cost, and who has to wait?
//
// You will
//
// 1. read the chain rule of probability as a flow, and go through it there and back,
// 2. cut a network by masks so that no number sees what comes after it,
// 3. build a flow that is fast for densities, and one that is fast for samples, and measure both,
// 4. let all numbers guess at once, again and again, and count how soon they are right.
//
// The chapter follows sections 16.3.4 and 16.3.5 of Simon Prince's *Understanding Deep Learning*. Equation numbers are the book's. Run the cells from top to bottom with **Shift+Enter**.

// %%
import {
  affineTransformer,
  autoregressive,
  distill,
  type Flow,
  fit,
  flow,
  iaf,
  invert,
  logistic,
  made,
  maf,
  mixtureNormalCdf,
  random,
  standardNormal,
  tf,
} from "flowlab";
import { toyDensities } from "flowlab/data";
import {
  density2dFigure,
  figure,
  imageGridFigure,
  jacobianFigure,
  jacobianOf,
  lineFigure,
  linspace,
  palette,
  samples2dFigure,
} from "flowlab/figure";
import { display, progressBar, slider, table } from "flowlab/notebook";
import { check, predict } from "flowlab-grader";

// %% [markdown]
// ## 6.1 The chain rule as a flow
//
// Any density of $D$ numbers is a product of densities of **one** number each:
//
// $$Pr(x) = Pr(x_1)\;Pr(x_2\,|\,x_1)\;Pr(x_3\,|\,x_1, x_2)\cdots Pr(x_D\,|\,x_1, \dots, x_{D-1}) = \prod_{i=1}^{D} Pr(x_i\,|\,x_{1:i-1}).$$
//
// This is no model and no assumption; it holds whatever the numbers are, and in whatever order they are taken. Models that learn these factors one by one are called *autoregressive*: language models do so with words, PixelRNN with pixels. What are the factors like? Here are the two moons of the last chapter. Their second factor, the density of $x_2$ where $x_1$ is known, is the picture seen along a vertical line.

// %% predict="moons-slice"

// %%
const { twoMoons } = toyDensities;
const heights = linspace(-1, 1.5, 251);
/** Pr(x₂ | x₁) at all heights: the joint density along a line, divided by its area. */
function sliceOf(x1: number): number[] {
  const along = heights.map((x2) => Math.exp(twoMoons.logProb([x1, x2])));
  const area = along.reduce((sum, p) => sum + p, 0) * (heights[1] - heights[0]);
  return along.map((p) => p / area);
}

slider(
  { name: "x1", from: -1, to: 2, step: 0.05, value: 0.5, label: "x₁" },
  (x1) =>
    lineFigure({
      series: [{ x: heights, y: sliceOf(x1), name: "Pr(x₂ | x₁)", line: { color: palette.data } }],
      xTitle: "x₂",
      yTitle: "density",
      yRange: [0, 5],
      title: `The two moons along the line x₁ = ${x1.toFixed(2)}`,
    }),
  { frames: 7 },
);

// %% answer="moons-slice"
const middleSlice = sliceOf(0.5);
predict.answer("moons-slice", {
  top: Math.max(...middleSlice),
  middle: middleSlice[heights.findIndex((x2) => x2 >= 0.25)],
});

// %% [markdown]
// **From a product to a map.** Each factor is a density of one variable, and chapter 1 knows what to do with those: bend a standard normal $z_i$ by an increasing map. The map may be another one for each $x_{1:i-1}$; so its parameters are computed from there. That is an **autoregressive flow**, equation 16.15:
//
// $$x_i = g\big[z_i,\; \phi[x_{1:i-1}]\big].$$
//
// As in a coupling, $g$ is the *transformer*, which must be invertible in its first argument, and $\phi$ the *conditioner*, which may be any network. It is a coupling in which each number is a part of its own.
//
// > **Remark.** In the book this map goes from $h$ to $h'$, and what steers is $h_{1:d-1}$. Whether $h$ is the noise or the data makes all the difference between the flows of this chapter. Here, for now, the data steer. Where the book lists the conditioners as $\phi$, $\phi[h_1]$, $\phi[h_2]$, the third is $\phi[h_{1:2}]$, as equation 16.16 has it.
//
// Below is such a layer with random weights. Automatic differentiation finds its Jacobian at one point.

// %% predict="autoregressive-zeros"

// %%
const six = autoregressive({
  transformer: affineTransformer(),
  conditioner: made({ inputs: 6, parameters: 2, hidden: [16, 16], zeroLast: false, seed: 3 }),
});
const spot = random("chapter 6, jacobian").normal(6);
const jacobianThere = jacobianOf((z) => six.forward(z).value, spot);

jacobianFigure({
  matrix: jacobianThere,
  title: "The Jacobian of an autoregressive layer: exact zeros are grey",
});

// %% answer="autoregressive-zeros"
predict.answer("autoregressive-zeros", { zeros: jacobianThere.flat().filter((v) => v === 0).length });

// %% [markdown]
// A triangle again, so its determinant is the product of its diagonal, $\log|\det| = \sum_i \log\big|\partial g/\partial z_i\big|$. And that is what the chain rule says, too: the logarithm of a product of conditional densities is a sum, and each of its terms has the slope of one map of one variable in it. (One page on the web calls this Jacobian *upper* triangular. With $\partial x_i/\partial z_j$ in row $i$ and column $j$ it is the lower one.)
//
// > **Where "exactly" is too much.** One lecture says that PixelRNN and MADE *are* flows. With continuous factors, as here, yes. As they were published, they model bits, or pixels of 256 levels, and no invertible map of real numbers makes those of a normal density (chapter 8 says what one does about pixels).
//
// ## 6.2 There at once, back one after another
//
// Four numbers, in the book's letters: $h$ goes to $h'$, and what is given, $h$, steers. On the way there (equation 16.16) and on the way back (16.17),
//
// $$\begin{aligned} h'_1 &= g[h_1, \phi] & h_1 &= g^{-1}[h'_1, \phi] \\ h'_2 &= g\big[h_2, \phi[h_1]\big] & h_2 &= g^{-1}\big[h'_2, \phi[h_1]\big] \\ h'_3 &= g\big[h_3, \phi[h_{1:2}]\big] & h_3 &= g^{-1}\big[h'_3, \phi[h_{1:2}]\big] \\ h'_4 &= g\big[h_4, \phi[h_{1:3}]\big] & h_4 &= g^{-1}\big[h'_4, \phi[h_{1:3}]\big] \end{aligned}$$
//
// On the left all of $h$ is there, so the four lines can be computed in any order, or at once. On the right each line needs the results of those above it.

// %% predict="second-image"

// %%
const fourConditioner = made({ inputs: 4, parameters: 2, hidden: [16, 16], zeroLast: false, seed: 21 });
const fourMap = invert(autoregressive({ transformer: affineTransformer(), conditioner: fourConditioner }));
const mapFour = (h: number[]): number[] =>
  tf.tidy(() => Array.from(fourMap.forward(tf.tensor2d([h])).value.dataSync()));
const returnFour = (x: number[]): number[] =>
  tf.tidy(() => Array.from(fourMap.inverse(tf.tensor2d([x])).value.dataSync()));

/** A bar for each number, a little beside its place. */
const barsOf = (values: number[], beside: number) => ({
  x: values.flatMap((_, i) => [i + 1 + beside, i + 1 + beside, i + 1 + beside]),
  y: values.flatMap((v) => [0, v, null]),
});

slider(
  {
    change: { from: -1, to: 1, step: 0.05, value: 0, label: "added to h′₂" },
    found: { from: 1, to: 4, step: 1, value: 4, label: "numbers found so far" },
  },
  ({ change, found }) => {
    const h = [0.9, -0.6, 1.2, -1];
    const image = mapFour(h);
    image[1] += change;
    return figure(
      [
        { ...barsOf(image, 0.15), name: "h′, which is given", line: { color: palette.data, width: 12 } },
        {
          ...barsOf(returnFour(image).slice(0, found), -0.15),
          name: "h, found so far",
          line: { color: palette.base, width: 12 },
        },
        {
          ...barsOf(h, -0.15),
          name: "where h was before h′₂ was changed",
          line: { color: palette.accent, width: 3 },
        },
      ].map((series) => ({ ...series, mode: "lines" as const })),
      {
        xaxis: { title: "which of the four numbers", tickvals: [1, 2, 3, 4], range: [0.5, 4.5] },
        yaxis: { title: "value", range: [-3, 3] },
        height: 340,
        title: `The way back: ${found} of 4 numbers found`,
      },
    );
  },
  { frames: 3 },
);

// %% answer="second-image"
const beforeChange = mapFour([0.9, -0.6, 1.2, -1]);
const afterChange = returnFour(beforeChange.map((v, i) => (i === 1 ? v + 0.5 : v)));
predict.answer("second-image", { moved: [0.9, -0.6, 1.2, -1].map((v, i) => Math.abs(afterChange[i] - v)) });

// %% [markdown]
// *After the book's figure 16.7.* The first number is found without any other; each of the next, once those before it are there.
//
// Here is the same with the transformer of chapter 4, so that all numbers lie in $[0, 1]$. The conditioner is given, and no part of the work: it may be anything, as nothing of it is ever inverted.

// %% exercise="06.mapping"

// %% [markdown]
// What density does such a flow have in the plane? Let $h$ be uniform in the unit square, and send it through **your** forward. By the change of variables the density at $x$ is one over the determinant at the $h$ that it came from, so the picture needs your inverse and your log-determinant. The slider multiplies all of $W$: at 0 nothing steers.

// %%
const mapping = await check.passed("06.mapping", ["autoregressiveInverse", "autoregressiveLogDet"]);

const ownHeights = [
  [0.1, 0.5, 0, -0.4, 0.3],
  [0.2, -0.4, 0.3, 0.5, -0.4],
];
const steeringWeights = [
  [-1.6, 1.2, -0.4, -0.8, 1.6],
  [0, 0, 0, 0, 0],
];

slider(
  { name: "strength", from: 0, to: 1, step: 0.05, value: 0.8, label: "strength of the steering" },
  (strength) => {
    const W = steeringWeights.map((row) => row.map((w) => strength * w));
    return density2dFigure({
      logProb: (points) =>
        points.map((point) => {
          const h = mapping.autoregressiveInverse(Array.from(point), W, ownHeights);
          return -mapping.autoregressiveLogDet(h, W, ownHeights);
        }),
      range: [
        [0.001, 0.999],
        [0.001, 0.999],
      ],
      resolution: 60,
      title: "A uniform density, sent through five bins in each direction",
    });
  },
  { frames: 4 },
);

// %% [markdown]
// Without steering the square is cut into rectangles: a product of two densities, each with five steps. With it the cuts of the second number move with the first, and follow curves.
//
// ## 6.3 One network for all: masks
//
// A network of its own for each $x_i$ would do, $D$ of them, each with another number of inputs. MADE (Mathieu Germain and others, 2015) takes **one** network with all of $x$ as inputs and outputs for all numbers, and *cuts* it: each weight is multiplied by a mask of 0 and 1, so that no path leads from an input to outputs that must not see it. One pass gives the parameters of all numbers. Two things can go wrong. A path too many, and the Jacobian is no triangle. A path too few, and nothing fails: the flow is right, and cannot learn some dependence.

// %% predict="narrow-made"

// %%
const nine = 9;
/** Of the 36 pairs i < j of nine numbers, those that a hidden layer lets through if its units know the first d numbers each. */
const surviving = (knows: number[]): number =>
  Array.from({ length: nine }, (_, i) =>
    Array.from({ length: nine }, (__, j) => Number(knows.some((d) => i < d && d <= j))),
  )
    .flat()
    .reduce((sum, v) => sum + v, 0);
const widths = Array.from({ length: 12 }, (_, k) => k + 1);
/** So many units, evenly spread over d = 1 … 8: no other choice lets more through. */
const evenly = (width: number): number[] =>
  Array.from({ length: width }, (_, u) =>
    Math.min(nine - 1, Math.max(1, Math.round(((u + 1) * nine) / (Math.min(width, nine - 1) + 1)))),
  );

lineFigure({
  series: [
    {
      x: widths,
      y: widths.map((width) => surviving(evenly(width))),
      name: "dependences that get through",
      line: { color: palette.data },
    },
    { x: [1, 12], y: [36, 36], name: "all 36", line: { color: palette.neutral, dash: "dash" } },
  ],
  xTitle: "units in the hidden layer",
  yTitle: "pairs of numbers",
  yRange: [0, 40],
  title: "Nine numbers, one hidden layer",
});

// %% answer="narrow-made"
predict.answer("narrow-made", { at7: surviving(evenly(7)), at8: surviving(evenly(8)) });

// %% exercise="06.masks"

// %% [markdown]
// A network under these masks, **yours** once they have passed: six numbers, random weights, its Jacobian $\partial\,\text{output}_i/\partial x_j$ at a random point. Let the numbers come in another order, and put more layers in between. What may change, and what not?

// %%
const yourMasks = await check.passed("06.masks", ["madeMask"]);

const ORDERS = { natural: [0, 1, 2, 3, 4, 5], opposite: [5, 4, 3, 2, 1, 0], mixed: [3, 0, 5, 1, 4, 2] };
/** The Jacobian of a network with tanh between its layers, under the masks, at a random point. */
function jacobianUnderMasks(order: number[], hidden: number[]): number[][] {
  const stream = random("chapter 6, masks");
  let values = stream.normal(order.length);
  let jacobian: number[][] = order.map((_, i) => order.map((__, j) => (i === j ? 1 : 0)));
  for (let layer = 0; layer <= hidden.length; layer++) {
    const weights = yourMasks
      .madeMask(order, hidden, layer)
      .map((row) => row.map((open) => (open === 0 ? 0 : stream.normal(1)[0])));
    const sums = weights.map((row) => row.reduce((sum, w, j) => sum + w * values[j], 0));
    const isLast = layer === hidden.length;
    values = isLast ? sums : sums.map(Math.tanh);
    const slopes = values.map((v) => (isLast ? 1 : 1 - v * v));
    const before = jacobian;
    jacobian = weights.map((row, i) =>
      before[0].map(
        (_, j) => slopes[i] * row.reduce((sum, w, k) => (w === 0 ? sum : sum + w * before[k][j]), 0),
      ),
    );
  }
  return jacobian;
}

slider(
  {
    order: { from: 0, to: 2, step: 1, value: 0 },
    layers: { from: 0, to: 3, step: 1, value: 2, label: "hidden layers" },
  },
  ({ order, layers }) => {
    const [name, numbers] = Object.entries(ORDERS)[order];
    const hidden = Array.from({ length: layers }, (_, k) => 6 + k);
    return jacobianFigure({
      matrix: jacobianUnderMasks(numbers, hidden),
      names: ["output", "x"],
      title: `Numbers in ${name} order, hidden layers: ${hidden.join(", ") || "none"}`,
    });
  },
  { frames: 3 },
);

// %% [markdown]
// However many layers, as many entries are 0: the 15 of numbers that come later, and the 6 of the numbers themselves. In another order they stand elsewhere; sort rows and columns by the order, and the triangle is back.
//
// **The same idea elsewhere.** A transformer that writes text has the same problem: all positions are computed in one pass, and none may see what comes after it. It does not cut weights; it cuts *attention*. Scores of later positions are set to $-\infty$ before the softmax, so that their share is exactly 0.

// %%
const places = 8;
const scoreOf = (() => {
  const stream = random("chapter 6, attention");
  const [queries, keys] = [0, 1].map(() => Array.from({ length: places }, () => stream.normal(4)));
  return (i: number, j: number) => queries[i].reduce((sum, q, k) => sum + q * keys[j][k], 0) / 2;
})();
/** Shares of attention: the softmax of each row's scores, of those positions that may be seen. */
const attention = (sees: (i: number, j: number) => boolean): number[] =>
  Array.from({ length: places }, (_, i) => {
    const row = Array.from({ length: places }, (__, j) => (sees(i, j) ? Math.exp(scoreOf(i, j)) : 0));
    const total = row.reduce((a, b) => a + b, 0);
    return row.map((v) => v / total);
  }).flat();
const [naturalOrder, twoLayers] = [Array.from({ length: places }, (_, i) => i), [12, 12]];
/** How many paths lead from each input to each output, as a share of the most; the root of it, so that few are seen, too. */
const paths = (() => {
  let counts: number[][] = naturalOrder.map((i) => naturalOrder.map((j) => (i === j ? 1 : 0)));
  for (let layer = 0; layer <= twoLayers.length; layer++) {
    const before = counts;
    counts = yourMasks
      .madeMask(naturalOrder, twoLayers, layer)
      .map((row) => before[0].map((_, j) => row.reduce((sum, open, k) => sum + open * before[k][j], 0)));
  }
  const most = Math.max(...counts.flat());
  return counts.flat().map((count) => Math.sqrt(count / most));
})();

imageGridFigure({
  images: tf.tensor4d(
    [...paths, ...attention(() => true), ...attention((i, j) => j <= i)],
    [3, places, places, 1],
  ),
  columns: 3,
  values: [-0.15, 1.1],
  headings: ["MADE: paths", "attention", "attention, masked"],
  title: "Row i: what output or position i looks at (column j). Black is exactly 0",
});

// %% [markdown]
// The two triangles differ by a diagonal. In MADE output $i$ sets the map of number $i$, and must not see it. In a language model position $i$ has read word $i$ and predicts the *next* one, so it sees itself; move its rows down by one, and both are the same. (The book compares them in section 16.3.4; its section 12.7.2 has the attention.)
//
// ## 6.4 Data steer: the masked autoregressive flow
//
// With a scale and a shift for $g$ it is the **masked autoregressive flow**, MAF, of George Papamakarios, Theo Pavlakou and Iain Murray (2017):
//
// $$x_i = z_i\,e^{\alpha_i} + \mu_i, \qquad \alpha_i, \mu_i \text{ computed from } x_{1:i-1}, \qquad \log\Big|\det\frac{\partial z}{\partial x}\Big| = -\sum_i \alpha_i.$$
//
// Each factor is then a normal density with mean $\mu_i$ and deviation $e^{\alpha_i}$.

// %% exercise="06.maf"

// %% [markdown]
// A MAF of the plane, **yours** once it has passed. Two of its weights can be set: how $x_1$ moves the mean of $x_2$, and how it widens or narrows it. Along each vertical line the density is a bell.

// %%
const yourMaf = await check.passed("06.maf", ["logDensity"]);

slider(
  {
    shift: { from: -1.5, to: 1.5, step: 0.1, value: 0.8, label: "M₂₁" },
    scale: { from: -1.5, to: 1.5, step: 0.1, value: 0.7, label: "A₂₁" },
  },
  ({ shift, scale }) =>
    density2dFigure({
      logProb: (points) =>
        points.map((x) =>
          yourMaf.logDensity(
            [
              [0, 0],
              [scale, 0],
            ],
            [0, 0],
            [
              [0, 0],
              [shift, 0],
            ],
            [0, 0],
            Array.from(x),
          ),
        ),
      range: [
        [-4, 4],
        [-4, 4],
      ],
      resolution: 60,
      title: "The density of a masked autoregressive flow of two numbers",
    }),
  { frames: 4 },
);

// %% [markdown]
// **More than a bell.** One such layer makes of every conditional density a bell, and of the two moons' at $x_1 = 0.5$, which has two peaks, one broad hill. More layers, in other orders, bend it further. Or take another transformer: with the distribution function of a *mixture* of $C$ bells for $g^{-1}$,
//
// $$z_i = \Phi^{-1}\Big(\sum_{c=1}^{C} \pi_{ic}\,\Phi\Big(\frac{x_i - \mu_{ic}}{\sigma_{ic}}\Big)\Big), \qquad \pi_i, \mu_i, \sigma_i \text{ computed from } x_{1:i-1},$$
//
// each factor is that mixture, as chapter 4 bent one number by it. The same paper has such a layer, MADE MoG, and puts affine layers on it, MAF MoG. A density still takes one pass; a sample has to be searched for, number by number. Three flows of one layer, with 1, 2 and 8 bells for each factor, see 4,000 points of the moons:

// %%
const moonRows = twoMoons.sample(4000, random("chapter 6, moons"));
const unseenMoons = twoMoons.sample(1000, random("chapter 6, unseen moons"));
const bells = [1, 2, 8];
const mixtures: { model: Flow; nats: number }[] = [];
const mixtureBar = progressBar("Training layers of 1, 2 and 8 bells", bells.length);
for (const components of bells) {
  const transformer = mixtureNormalCdf({ components });
  const conditioner = made({
    inputs: 2,
    parameters: transformer.parameters,
    hidden: [48, 48],
    seed: 2,
  });
  const model = flow(standardNormal([2]), autoregressive({ transformer, conditioner }));
  await fit(model, moonRows, {
    steps: 1200,
    batchSize: 200,
    learningRate: 1e-2,
    schedule: "cosine",
    keep: "last",
    seed: 1,
  });
  const logs = tf.tidy(() => Array.from(model.logProb(unseenMoons).dataSync()));
  mixtures.push({ model, nats: -logs.reduce((sum, v) => sum + v, 0) / logs.length });
  mixtureBar.update(mixtures.length);
}
mixtureBar.finish();

slider(
  { name: "which", from: 1, to: 3, step: 1, value: 3, label: "1, 2 or 8 bells" },
  (which) =>
    density2dFigure({
      logProb: (points) => mixtures[which - 1].model.logProb(points),
      range: [
        [-1.75, 2.75],
        [-1.25, 1.75],
      ],
      resolution: 90,
      title: `Bells for each factor: ${bells[which - 1]}; unseen points cost ${mixtures[which - 1].nats.toFixed(2)} nats, the truth ${twoMoons.entropy.toFixed(2)}`,
    }),
  { frames: 3 },
);

// %% [markdown]
// With one bell $x_1$ is normal, and each vertical line carries one hill, which bridges the gap. With several a line that crosses both moons gets its two peaks.

// %% [markdown]
// ## 6.5 Noise steers: the inverse autoregressive flow
//
// Exchange the roles. Let scales and shifts be computed from the *noise*, which is all there before the first number is made:
//
// $$x_i = z_i\,e^{\alpha_i} + \mu_i, \qquad \alpha_i, \mu_i \text{ computed from } z_{1:i-1}, \qquad \log\Big|\det\frac{\partial x}{\partial z}\Big| = \sum_i \alpha_i.$$
//
// That is the **inverse autoregressive flow**, IAF, of Diederik Kingma and others (2016). (A handbook has it invented for speech. The paper is on variational inference; speech came a year later.) The formula has hardly changed. What has?
//
// > **Erratum.** One lecture writes $x_t = z_t\, s(z_{\le t}) + \mu(z_{\le t})$. With the number itself among those that steer, $\partial x_t/\partial z_t$ is not $s$ any more: $s$ and $\mu$ move with $z_t$, too, and the log-determinant is another. It has to be $< t$; the lecture's next slide has it.

// %% exercise="06.iaf"

// %% [markdown]
// Both flows are the same map, read in opposite directions, and each has one direction in which it must wait. Is there no way around?
//
// ## 6.6 All at once, again and again
//
// To generate, a MAF has to solve $D$ equations, $x_i = z_i\,e^{\alpha_i(x_{<i})} + \mu_i(x_{<i})$, of which each needs the results of those before. One after the other is one way to do it. Another is to **guess**: begin with $x = z$, compute all right-hand sides from that, take what comes out for the next guess, and so on. Each such step is *one* pass through the network, however many numbers there are. It is Jacobi's iteration for systems of equations; Yang Song and others (2021) brought it to models like these.
//
// Twelve numbers, a beginning that is wrong everywhere:

// %% predict="jacobi-staircase"

// %% exercise="06.jacobi"

// %% [markdown]
// **Your** steps, once they have passed, on twelve numbers, each steered by all before it. The curves are the errors of four of the numbers, to the decimal logarithm, down to what double precision can tell. Set how strongly they depend on each other.

// %%
const yourJacobi = await check.passed("06.jacobi", ["jacobiStep"]);

const dozen = (() => {
  const stream = random("chapter 6, a dozen");
  const square = () => Array.from({ length: 12 }, () => stream.normal(12));
  return { A: square(), a: stream.normal(12), M: square(), m: stream.normal(12), z: stream.normal(12) };
})();
/** log₁₀ of the error of each number after 0, 1, … steps, or −16. */
function errorsOfSteps(strength: number): number[][] {
  const scaled = (rows: number[][]) => rows.map((row) => row.map((w) => strength * w));
  const [A, M] = [scaled(dozen.A), scaled(dozen.M)];
  const stages = [dozen.z];
  for (let k = 0; k < 12; k++) stages.push(yourJacobi.jacobiStep(A, dozen.a, M, dozen.m, dozen.z, stages[k]));
  const exact = stages[12];
  return stages.map((x) => x.map((v, i) => Math.log10(Math.max(1e-16, Math.abs(v - exact[i])))));
}

slider(
  { name: "strength", from: 0.05, to: 1, step: 0.05, value: 0.4, label: "dependence" },
  (strength) => {
    const errors = errorsOfSteps(strength);
    return lineFigure({
      series: [1, 3, 6, 9, 12].map((number, k) => ({
        x: errors.map((_, step) => step),
        y: errors.map((row) => row[number - 1]),
        name: `number ${number}`,
        line: { color: [palette.base, palette.map, palette.accent, palette.neutral, palette.data][k] },
      })),
      xTitle: "steps",
      yTitle: "log₁₀ of the error",
      yRange: [-16.5, 4],
      title: "Jacobi's iteration: number i is exact after i steps",
    });
  },
  { frames: 4 },
);

// %% answer="jacobi-staircase"
const staircase = errorsOfSteps(0.4)[3];
predict.answer("jacobi-staircase", { exact: staircase.filter((error) => error <= -16).length });

// %% [markdown]
// The staircase is what is certain. What one profits from is the other thing that the picture shows: with a dependence of 0.05 *all* errors fall from the first step on, and after five steps they are below a thousandth. With a dependence of 1 those of late numbers grow first, and only the staircase helps.
//
// In this library `maf({ solver: "jacobi", tolerance })` generates so, and tells how many passes it took and what residual is left.
//
// ## 6.7 Measured
//
// Now with trained flows. The data are series of $D$ numbers, each depending on the two before it; a MAF of two layers learns each, which takes a moment. Its twin has the same weights and generates by Jacobi's iteration. The IAF has random weights, as its times do not depend on them.

// %% predict="samples-against-size"

// %%
const sizesMeasured = [4, 8, 16, 32, 64];

/** Series in which each number depends on the two before it, and its noise on the last. */
function drawSeries(count: number, D: number): tf.Tensor2D {
  const noise = random("chapter 6, series").normal(count * D);
  const x = new Float32Array(count * D);
  for (let i = 0; i < x.length; i++) {
    const [last, before] = [i % D > 0 ? x[i - 1] : 0, i % D > 1 ? x[i - 2] : 0];
    const deviation = 0.25 + 0.5 / (1 + Math.exp(-2 * last));
    x[i] = 0.6 * last + 0.4 * Math.sin(2 * before) + deviation * noise[i];
  }
  return tf.tensor2d(x, [count, D]);
}

const optionsOf = (D: number) => ({ dimensions: D, layers: 2, hidden: [64, 64] });
const trainingBar = progressBar("Training a MAF for each D", sizesMeasured.length * 200);
const trained: { D: number; sequential: Flow; parallel: Flow; inverse: Flow }[] = [];
for (const [k, D] of sizesMeasured.entries()) {
  const sequential = flow(standardNormal([D]), maf({ ...optionsOf(D), seed: D }));
  await fit(sequential, drawSeries(4000, D), {
    steps: 200,
    batchSize: 128,
    learningRate: 3e-3,
    keep: "last",
    seed: 1,
    onProgress: ({ step }) => trainingBar.update(200 * k + step, `D = ${D}`),
  });
  const parallel = flow(standardNormal([D]), maf({ ...optionsOf(D), solver: "jacobi", tolerance: 1e-4 }));
  parallel.variables.forEach((variable, i) => void variable.assign(sequential.variables[i]));
  const inverse = flow(standardNormal([D]), iaf({ ...optionsOf(D), seed: D }));
  trained.push({ D, sequential, parallel, inverse });
}
trainingBar.finish();

// %% [markdown]
// Each figure is for a batch of 100 points: how many of them a second, the best of several calls. (The library records a graph of a call after it was made a few times; the calls before are not counted.)

// %%
const timingBar = progressBar("Timing samples and densities", 5 * sizesMeasured.length);
/** Points a second, 100 at a time. */
function rateOf(run: () => tf.Tensor): number {
  let best = Number.POSITIVE_INFINITY;
  for (let call = 0; call < 22; call++) {
    const start = performance.now();
    const result = run();
    result.dataSync();
    if (call > 17) best = Math.min(best, performance.now() - start);
    result.dispose();
  }
  return (100 * 1000) / best;
}
const rates = trained.map(({ D, sequential, parallel, inverse }, k) => {
  const points = drawSeries(100, D);
  const measured = [
    () => rateOf(() => sequential.sample(100, 1)),
    () => rateOf(() => parallel.sample(100, 1)),
    () => rateOf(() => inverse.sample(100, 1)),
    () => rateOf(() => sequential.logProb(points)),
    () => rateOf(() => inverse.logProb(points)),
  ].map((measure, i) => {
    const rate = measure();
    timingBar.update(5 * k + i + 1, `D = ${D}`);
    return rate;
  });
  const [mafSample, jacobiSample, iafSampleRate, mafDensity, iafDensity] = measured;
  const { solution } = parallel.sampleWithLogProb(100, 1);
  return { D, mafSample, jacobiSample, iafSampleRate, mafDensity, iafDensity, solution };
});
timingBar.finish();

const thousands = (rate: number): string => (rate / 1000).toFixed(rate < 10_000 ? 1 : 0);
table(
  rates.map(({ D, mafSample, jacobiSample, iafSampleRate, mafDensity, iafDensity, solution }) => ({
    D,
    "MAF, samples": thousands(mafSample),
    "MAF by Jacobi, samples": thousands(jacobiSample),
    "its most passes": solution?.iterations ?? 0,
    "IAF, samples": thousands(iafSampleRate),
    "MAF, densities": thousands(mafDensity),
    "IAF, densities": thousands(iafDensity),
  })),
);

// %% [markdown]
// (Thousands a second. By Jacobi one pass more than steps is counted, as the last one only tells the residual; the slowest of the layers counts, and the slowest of the 100 points.) The same as a picture; both axes are logarithmic.

// %%
const curve = (name: string, y: number[], color: string, dash: "solid" | "dash") => ({
  x: sizesMeasured,
  y,
  name,
  mode: "lines" as const,
  line: { color, dash, width: 2.5 },
});

figure(
  [
    curve(
      "MAF, samples",
      rates.map((r) => r.mafSample),
      palette.data,
      "solid",
    ),
    curve(
      "MAF by Jacobi, samples",
      rates.map((r) => r.jacobiSample),
      palette.accent,
      "solid",
    ),
    curve(
      "MAF, densities",
      rates.map((r) => r.mafDensity),
      palette.data,
      "dash",
    ),
    curve(
      "IAF, samples",
      rates.map((r) => r.iafSampleRate),
      palette.base,
      "solid",
    ),
    curve(
      "IAF, densities",
      rates.map((r) => r.iafDensity),
      palette.base,
      "dash",
    ),
  ],
  {
    xaxis: { title: "numbers, D", type: "log", tickvals: sizesMeasured },
    yaxis: {
      title: "points a second",
      type: "log",
      tickvals: [1e3, 1e4, 1e5, 1e6, 1e7],
      ticktext: ["1,000", "10,000", "100,000", "1 million", "10 million"],
    },
    height: 360,
    title: "Who waits",
  },
);

// %% answer="samples-against-size"
predict.answer("samples-against-size", {
  slower: rates[0].mafSample / rates[4].mafSample,
  iaf: rates[0].iafSampleRate / rates[4].iafSampleRate,
});

// %% [markdown]
// ## 6.8 Which flow for which task
//
// Two flows of one kind, then, and a coupling beside them. The texts that this course was built from disagree about who has to wait for what, and two of them have it the wrong way round. So work it out: which list is the network given, and is that list known?

// %% exercise="06.order"

// %% [markdown]
// **Your** table, drawn: five layers, one number after another. The three questions are the three pictures of the slider.

// %%
const passTable = await check.passed("06.order", ["networkPasses"]);

const questions = ["the density of a given point", "a sample", "a sample with its log-density"];
const sizes = [2, 4, 8, 16, 32, 64, 128, 256];
slider(
  { name: "question", from: 1, to: 3, step: 1, value: 1, label: "question" },
  (question) =>
    figure(
      ["coupling", "MAF", "IAF"].map((name, row) => ({
        x: sizes,
        y: sizes.map((D) => passTable.networkPasses(D, 5, D)[row][question - 1]),
        name,
        mode: "lines" as const,
        line: {
          color: [palette.neutral, palette.data, palette.base][row],
          width: [8, 3, 3][row],
          dash: (["solid", "solid", "dash"] as const)[row],
        },
      })),
      {
        xaxis: { title: "dimensions D", type: "log", tickvals: sizes },
        yaxis: { title: "passes", type: "log", range: [0, 3.3], tickvals: [1, 5, 10, 100, 1000] },
        height: 340,
        title: `Passes for ${questions[question - 1]}: five layers`,
      },
    ),
  { frames: 3 },
);

// %% [markdown]
// > **Errata, of one kind.**
// >
// > - A survey in Japanese says that with masks the numbers of $x_i = f_{\Theta(x_{1:i-1})}(z_i)$ need not be generated in turn, and that only the inverse is sequential. It is the other way round, as its own next section has it: the density takes one pass, generating does not. Elsewhere it calls autoregressive flows slow in density *and* in sampling; each of them is slow in one.
// > - A handbook in Russian calls a MAF hard to *train*, as it generates one number after another. Maximum likelihood draws no samples; MAFs train fast.
//
// What holds, and why: a network's pass is over as soon as its input is known. Data are known when a density is asked for; the base is known when a sample is drawn.

// %% [markdown]
// ## 6.9 Can it be anything?
//
// The chain rule holds for every density, and each of its factors is a density of one variable, which an increasing map makes of noise. So with a flexible enough $g$ and $\phi$ **one** autoregressive layer reaches any density: it is *universal*, the book says. Here is that layer for the two moons, without any training: $x_1$ by the inverse distribution function of its own density, $x_2$ by that of the slice at $x_1$ (section 6.1). The base is uniform on the unit square; from a normal one its distribution function leads there.

// %%
/** Where a distribution function reaches u, of a density given at evenly spaced places. */
function quantile(places: readonly number[], density: readonly number[], u: number): number {
  const total = density.reduce((a, b) => a + b, 0);
  let reached = 0;
  for (const [k, p] of density.entries()) {
    if (reached + p >= u * total && p > 0)
      return places[k] + ((u * total - reached) / p - 0.5) * (places[1] - places[0]);
    reached += p;
  }
  return places[places.length - 1];
}

const across = linspace(-1.5, 2.5, 121);
const columns = across.map((x1) => heights.map((x2) => Math.exp(twoMoons.logProb([x1, x2]))));
const marginal = columns.map((column) => column.reduce((sum, p) => sum + p, 0));
const squarePoints = (() => {
  const stream = random("chapter 6, exact layer");
  const [first, second] = [stream.uniform(500), stream.uniform(500)];
  return Array.from(first, (u, i) => [u, second[i]]);
})();
const pushed = squarePoints.map(([u1, u2]) => {
  const x1 = quantile(across, marginal, u1);
  const nearest = Math.min(120, Math.max(0, Math.round((x1 - across[0]) / (across[1] - across[0]))));
  return [x1, quantile(heights, columns[nearest], u2)];
});

samples2dFigure({
  samples: [
    {
      points: twoMoons.sample(500, random("chapter 6, moons")),
      name: "500 points of the moons",
      space: "neutral",
    },
    { points: pushed, name: "500 points of the square, sent through one layer", space: "data" },
  ],
  title: "One autoregressive layer, computed and not learned",
});

// %% [markdown]
// Herbert Knothe and Murray Rosenblatt used this map in the 1950s. As a flow it was made of networks by Chin-Wei Huang and others (2018), whose $g$ is a network with positive weights.
//
// With a **scale and a shift** for $g$ it is another matter. Then $x_1$ stays normal, whatever the networks are, and each factor is a bell. Several layers in different orders, or a mixture for the base, have to make up for it. (A page in Japanese holds MAF for overwhelmingly the best in density estimation. In 2017 it was. Ten affine layers have held-out log-likelihoods of 0.24, 10.08, −17.73, −12.24 and 154.93 nats on five usual data sets; autoregressions with rational-quadratic splines, two years later, 0.66, 13.09, −14.01, −9.22 and 157.31. Another handbook finds it hard in high dimensions; the last of these sets has 63.)
//
// **And couplings?** A coupling that changes one number, under those before it, is a piece of an autoregression. Apply one for each of six numbers.

// %% predict="couplings-from-the-end"

// %%
const both = {
  ...(await check.passed("06.maf", ["conditioner", "generate"])),
  ...(await check.passed("06.iaf", ["iafSample"])),
};

const pieces = (() => {
  const stream = random("chapter 6, pieces");
  const square = () => Array.from({ length: 6 }, () => stream.normal(6));
  return { A: square(), a: stream.normal(6), M: square(), m: stream.normal(6), z: stream.normal(6) };
})();
/** Couplings one after another: each changes one number, under what its own conditioner says at that moment. */
const coupleInTurn = (places: number[]): number[] =>
  places.reduce((x, place) => {
    const { alpha, mu } = both.conditioner(pieces.A, pieces.a, pieces.M, pieces.m, x);
    return x.map((v, i) => (i === place ? v * Math.exp(alpha[i]) + mu[i] : v));
  }, pieces.z);
const farthest = (x: number[], y: number[]): number => Math.max(...x.map((v, i) => Math.abs(v - y[i])));
const asMaf = both.generate(pieces.A, pieces.a, pieces.M, pieces.m, pieces.z);
const asIaf = both.iafSample(pieces.A, pieces.a, pieces.M, pieces.m, pieces.z).x;
const [upwards, downwards] = [coupleInTurn([0, 1, 2, 3, 4, 5]), coupleInTurn([5, 4, 3, 2, 1, 0])];

table([
  {
    "six couplings": "first number 1, last number 6",
    "farthest from the MAF": farthest(upwards, asMaf).toPrecision(2),
    "farthest from the IAF": farthest(upwards, asIaf).toPrecision(2),
  },
  {
    "six couplings": "first number 6, last number 1",
    "farthest from the MAF": farthest(downwards, asMaf).toPrecision(2),
    "farthest from the IAF": farthest(downwards, asIaf).toPrecision(2),
  },
]);

// %% answer="couplings-from-the-end"
predict.answer("couplings-from-the-end", {
  maf: farthest(downwards, asMaf),
  iaf: farthest(downwards, asIaf),
});

// %% [markdown]
// So $D$ couplings do what one autoregressive layer does, and with a flexible $g$ they are universal. Whether fewer suffice, the book leaves open. Takeshi Teshima and others (2020) have shown more than that: couplings with a mere scale and shift, and invertible *linear* layers between them, approximate any smooth invertible map as closely as one likes (in the mean over a bounded region, not at its worst point), if there are enough of them. Universality is no reason to prefer autoregressions. What they have is one layer in which everything depends on everything.
//
// ## 6.10 Teacher and student
//
// A MAF learns fast from data and draws slowly. An IAF draws fast and would learn slowly from data. Parallel WaveNet (Aäron van den Oord and others, 2017) takes both: a **teacher** that is fast in densities learns from data, and a **student** that is fast in samples learns from the teacher. The student draws, the teacher says how probable that was, and what is made small is
//
// $$\mathrm{KL}(P_S\,\|\,P_T) = \underbrace{-\,\mathbb{E}_{x \sim P_S}\big[\log P_T(x)\big]}_{H(P_S, P_T)} - \underbrace{H(P_S)}_{-\mathbb{E}[\log P_S(x)]}.$$
//
// Both terms are cheap. The teacher scores points that it is given, one pass. The student scores points that it has drawn itself: no pass at all (exercise 06.iaf). Its base here is logistic, of which the entropy is 2, and $\ln s + 2$ if it is scaled by $s$; so $H(P_S) = \mathbb{E}\big[\sum_i \ln s_i\big] + 2D$.
//
// > **Errata.** One lecture has lost the minus sign of the cross-entropy: as printed, $\int p_S \ln p_T$, the divergence would be negative. A handbook says that the loss needs the cross-entropy and no likelihood. Without the student's entropy, that is without its own density, the best student draws one point over and over, the most probable one (chapter 9 lets that happen).
//
// The teacher is the MAF of 16 numbers that section 6.7 has trained.

// %%
const teacher = trained[2].sequential;
const student = flow(logistic({ eventShape: [16] }), iaf({ ...optionsOf(16), seed: 61 }));
const distillSteps = 1000;
const distillBar = progressBar("The student learns", distillSteps);
const distilled = await distill(teacher, student, {
  steps: distillSteps,
  learningRate: 5e-3,
  schedule: "cosine",
  seed: 1,
  // What it would say, the table below shows.
  onWarning: () => {},
  onProgress: ({ step, divergence }) => distillBar.update(step, `${divergence.toFixed(2)} nats`),
});
distillBar.finish();

// Each step's draws give an estimate, which now and then is below 0: means of 25 of them.
const blocks = Array.from({ length: distillSteps / 25 }, (_, k) =>
  distilled.divergence.slice(25 * k, 25 * (k + 1)),
);
lineFigure({
  series: [
    {
      x: blocks.map((_, i) => 25 * (i + 1)),
      y: blocks.map((block) => Math.log10(block.reduce((sum, v) => sum + v, 0) / block.length)),
      name: "KL(student ‖ teacher)",
      line: { color: palette.data },
    },
  ],
  xTitle: "step",
  yTitle: "log₁₀ of the divergence (nats)",
  title: "The student comes to draw what the teacher holds for probable",
});

// %% [markdown]
// Five series of each, and what they cost.

// %%
const drawnBy = (model: Flow) => (model.sample(5, 3) as tf.Tensor2D).arraySync();
const asCurves = (rows: number[][]) => ({
  x: rows.flatMap((row) => [...row.map((_, i) => i + 1), null]) as number[],
  y: rows.flatMap((row) => [...row, null]) as number[],
});

lineFigure({
  series: [
    { ...asCurves(drawnBy(teacher)), name: "teacher", line: { color: palette.base } },
    { ...asCurves(drawnBy(student)), name: "student", line: { color: palette.data } },
  ],
  xTitle: "which of the 16 numbers",
  yTitle: "value",
  title: "Five series of the teacher, five of the student",
});

// %%
const studentRate = rateOf(() => student.sample(100, 1));
// What the training itself has measured at its end, on fresh draws of both.
const { divergence, entropy, teacherEntropy, missed } = distilled.comparison ?? {};
const nats = (estimate?: { value: number; error: number }): string =>
  estimate ? `${estimate.value.toFixed(2)} ± ${estimate.error.toFixed(2)}` : "not measured";

table([
  {
    flow: "teacher, MAF",
    "samples a second": Math.round(rates[2].mafSample),
    "entropy (nats)": nats(teacherEntropy),
    "KL(student ‖ teacher)": "0",
    "KL(teacher ‖ student)": "0",
  },
  {
    flow: "student, IAF",
    "samples a second": Math.round(studentRate),
    "entropy (nats)": nats(entropy),
    "KL(student ‖ teacher)": nats(divergence),
    "KL(teacher ‖ student)": nats(missed),
  },
]);

// %% [markdown]
// The student has not seen any data. It is many times faster already for series of 16 numbers; for speech, 16,000 to 24,000 numbers a second and one pass of WaveNet for each, the paper reports 172 samples a second of the teacher and more than 500,000 of the student. The divergence that it makes small is the *reverse* one, from student to teacher: what the student makes up costs it much, and what it leaves out shows only in the other one, beside it in the table. Problem 16.11, in chapter 9, looks at that.
//
// ## 6.11 Yours against yours
//
// Nothing of a flow is settled by who waits. A MAF can be asked for samples and an IAF for densities; it only takes longer. So train both by maximum likelihood, with the same numbers of weights, on the same data, in as many steps, and see which of them comes nearer to the truth, and how long it takes.

// %% predict="waiting-in-training"

// %% exercise="06.train"

// %% [markdown]
// Now the contest. Two sources of data, each a flow of three numbers with weights that you know: in one $x$ steers, as in a MAF, in the other $z$, as in an IAF; **your** 06.maf and 06.iaf draw from them. Both of **yours** are trained on 300 rows of each, in 0 to 160 steps, and scored on 1,000 points that they have not seen.

// %%
const trainer = await check.passed("06.train", ["fitAutoregressive"], { waits: true });
const makers = {
  ...(await check.passed("06.maf", ["generate", "logDensity"])),
  ...(await check.passed("06.iaf", ["iafSample", "iafLogDensity"])),
};

const hidden = {
  A: [
    [0, 0, 0],
    [1.1, 0, 0],
    [-0.9, 1, 0],
  ],
  a: [-0.2, -0.1, -0.3],
  M: [
    [0, 0, 0],
    [0.8, 0, 0],
    [-0.6, 0.9, 0],
  ],
  m: [0, 0.5, -0.5],
};
const hiddenParts = [hidden.A, hidden.a, hidden.M, hidden.m] as const;
/** Rows of three independent standard normal numbers. */
function noiseRows(name: string, count: number): number[][] {
  const numbers = random(name).normal(3 * count);
  return Array.from({ length: count }, (_, n) => Array.from(numbers.slice(3 * n, 3 * n + 3)));
}
const sources = {
  "made by a MAF": {
    make: (z: number[]) => makers.generate(...hiddenParts, z),
    truth: (x: number[]) => makers.logDensity(...hiddenParts, x),
  },
  "made by an IAF": {
    make: (z: number[]) => makers.iafSample(...hiddenParts, z).x,
    truth: (x: number[]) => makers.iafLogDensity(...hiddenParts, x),
  },
};
const meanCost = (logs: number[]): number => -logs.reduce((sum, v) => sum + v, 0) / logs.length;

const budgets = [0, 5, 10, 20, 40, 80, 160];
const contest: { source: string; flow: string; losses: number[]; truth: number; milliseconds: number }[] = [];
const contestBar = progressBar("Training yours", 4);
for (const [source, { make, truth }] of Object.entries(sources)) {
  const rows = noiseRows(`chapter 6, rows ${source}`, 300).map(make);
  const unseen = noiseRows(`chapter 6, unseen ${source}`, 1000).map(make);
  for (const [flowName, steers] of [
    ["your MAF", "x"],
    ["your IAF", "z"],
  ]) {
    const losses: number[] = [];
    let milliseconds = 0;
    for (const steps of budgets) {
      const begun = performance.now();
      const fitted = await trainer.fitAutoregressive(rows, steps, steers);
      milliseconds = performance.now() - begun;
      losses.push(meanCost(await fitted.logDensity(unseen)));
    }
    contest.push({ source, flow: flowName, losses, truth: meanCost(unseen.map(truth)), milliseconds });
    contestBar.update(contest.length);
  }
}
contestBar.finish();

display(
  table(
    contest.map(({ source, flow: name, losses, truth, milliseconds }) => ({
      data: source,
      flow: name,
      "nats per point, unseen": (losses.at(-1) as number).toFixed(3),
      "what the source itself gives them": truth.toFixed(3),
      "ms per step": (milliseconds / 160).toFixed(2),
    })),
  ),
);
lineFigure({
  series: contest.map(({ source, flow: name, losses }, i) => ({
    x: budgets,
    y: losses,
    name: `${name}, data ${source}`,
    line: {
      color: [palette.data, palette.base][i % 2],
      width: 3,
      dash: (["solid", "dash"] as const)[Math.floor(i / 2)],
    },
  })),
  xTitle: "steps of training",
  yTitle: "nats per unseen point",
  title: "Your MAF and your IAF on data of both kinds",
});

// %% answer="waiting-in-training"
predict.answer("waiting-in-training", {
  ratio:
    (contest[1].milliseconds + contest[3].milliseconds) / (contest[0].milliseconds + contest[2].milliseconds),
});

// %% [markdown]
// On data of its own kind each of them comes to within some hundredths of a nat of what the source itself gives; on the other's it stays more than a tenth above. Neither kind is the better *model*. With one affine layer, $x_2$ given $x_1$ is the same family in both, as $z_1$ is $x_1$, shifted and scaled; from the third number on they differ, since $z_2$ is a bent function of $x_1$ and $x_2$. If their networks could be anything, they would describe exactly the same densities, as $z_{1:i-1}$ is a function of $x_{1:i-1}$ and the other way round: what one of them steers by, the other can compute. What is left to choose by is the task, and the clock.

// %% [markdown]
// ## What to take away
//
// - Any density is a product of conditional densities of one number each. An autoregressive flow has a map of one variable for each factor, and a network that sets it.
// - Its Jacobian is a full triangle, and $\log|\det|$ a sum over the diagonal.
// - Masks make one network of $D$: no path from a number to itself or to those before it, and a path for everything else. Hidden layers need $D - 1$ units for that.
// - In a masked autoregressive flow (MAF) the data steer. A density takes one pass, a sample as many as there are numbers.
// - In an inverse autoregressive flow (IAF) the noise steers. A sample takes one pass, and its own density none besides; the density of a given point takes as many as there are numbers.
// - Jacobi's iteration guesses all numbers at once. After $k$ steps the first $k$ are exact, and where numbers depend on each other weakly a few steps suffice.
// - With a flexible map of one variable, one layer is universal. With a scale and a shift it is not; nor does one need autoregressions for it: couplings with linear layers between them are universal, too.
// - A student that draws fast learns from a teacher that scores fast, by the cross-entropy *less* its own entropy.
//
// **What comes next.** Couplings and autoregressive flows can be undone because their networks never have to be: what steers is known again when it is needed. Chapter 7 makes whole networks invertible.
//
// **Where it comes from.** Mathieu Germain, Karol Gregor, Iain Murray and Hugo Larochelle (2015) cut an autoencoder by masks, MADE. Diederik Kingma and others (2016) made flows of it that sample fast, for variational inference; George Papamakarios, Theo Pavlakou and Iain Murray (2017) the ones that are fast in density, MAF, and mixtures for their base. Aäron van den Oord and others (2017) taught one by the other, for speech. Yang Song and others (2021) solved for all numbers at once.

// %% [markdown]
// ## Quiz
//
// Four questions to see what has stayed. Write an answer in the place of the remark and run the cell: what it means unfolds below. There are no points, and you may choose again.

// %% quiz=true

// %% [markdown]
// ## References
//
// - Simon J. D. Prince. *Understanding Deep Learning*, chapter 16. MIT Press, 2023. [udlbook.com](https://udlbook.com)
// - Mathieu Germain, Karol Gregor, Iain Murray, Hugo Larochelle. MADE: masked autoencoder for distribution estimation. [arXiv:1502.03509v2](https://arxiv.org/abs/1502.03509v2), 2015.
// - Murray Rosenblatt. Remarks on a multivariate transformation. *Annals of Mathematical Statistics* 23(3), 470–472, 1952.
// - Herbert Knothe. Contributions to the theory of convex bodies. *Michigan Mathematical Journal* 4(1), 39–52, 1957.
// - Diederik P. Kingma, Tim Salimans, Rafal Jozefowicz, Xi Chen, Ilya Sutskever, Max Welling. Improving variational inference with inverse autoregressive flow. [arXiv:1606.04934v2](https://arxiv.org/abs/1606.04934v2), 2016.
// - George Papamakarios, Theo Pavlakou, Iain Murray. Masked autoregressive flow for density estimation. [arXiv:1705.07057v4](https://arxiv.org/abs/1705.07057v4), 2017.
// - Aäron van den Oord and others. Parallel WaveNet: fast high-fidelity speech synthesis. [arXiv:1711.10433v1](https://arxiv.org/abs/1711.10433v1), 2017.
// - Chin-Wei Huang, David Krueger, Alexandre Lacoste, Aaron Courville. Neural autoregressive flows. [arXiv:1804.00779v1](https://arxiv.org/abs/1804.00779v1), 2018.
// - Conor Durkan, Artur Bekasov, Iain Murray, George Papamakarios. Neural spline flows. [arXiv:1906.04032v2](https://arxiv.org/abs/1906.04032v2), 2019.
// - Yang Song, Chenlin Meng, Renjie Liao, Stefano Ermon. Accelerating feedforward computation via parallel nonlinear equation solving. [arXiv:2002.03629v2](https://arxiv.org/abs/2002.03629v2), 2021.
// - Takeshi Teshima, Isao Ishikawa, Koichi Tojo, Kenta Oono, Masahiro Ikeda, Masashi Sugiyama. Coupling-based invertible neural networks are universal diffeomorphism approximators. [arXiv:2006.11469v2](https://arxiv.org/abs/2006.11469v2), 2020.
