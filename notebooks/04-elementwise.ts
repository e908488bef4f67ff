// %% [markdown]
// # 4 · Elementwise flows
//
// **Bend each number by itself**
//
// *The question.* A matrix mixes coordinates and bends nothing. What about the opposite: a map that bends, and mixes nothing? One function of one variable, applied to each coordinate. It sounds like less than a matrix, yet the best flows of the next chapters are built of such functions, and are as good as the functions are. How far can one number be bent, how is that undone, and what does it do to a density?
//
// You will
//
// 1. meet the smallest bend there is, a corner at 0, and see what it does to a density,
// 2. build piecewise linear maps from bins, and count bins without tripping,
// 3. draw the curves of the textbook's square-root flow,
// 4. bend smoothly, with the bin that most spline flows are made of,
// 5. fit a spline of your own to data, compare six families on the same ones, and bend a circle.
//
// The chapter follows section 16.3.2 of Simon Prince's *Understanding Deep Learning* and includes its problems 16.7, 16.8 and 16.9. Equation numbers are the book's. Run the cells from top to bottom with **Shift+Enter**.

// %%
import {
  affine,
  type Bijection,
  chain,
  cubicSpline,
  elementwise,
  type FitOptions,
  type Flow,
  fit,
  flow,
  mixtureLogisticCdf,
  nonlinearSquared,
  normalDensity,
  piecewiseLinearTransformer,
  quadraticSpline,
  random,
  rationalQuadratic,
  rationalQuadraticSpline,
  rotation,
  standardNormal,
  tf,
  uniform,
  vonMises,
} from "flowlab";
import {
  changeOfVariablesFigure,
  densityFitFigure,
  figure,
  lineFigure,
  linspace,
  palette,
  samples2dFigure,
} from "flowlab/figure";
import { markdown, progressBar, slider, table, trainingDisplay } from "flowlab/notebook";
import { check, predict } from "flowlab-grader";

// %% [markdown]
// ## 4.1 One coordinate at a time
//
// An **elementwise flow** applies a function of one variable, with parameters $\phi$, to each coordinate (equation 16.10):
//
// $$f[h] = \big[f[h_1, \phi],\ f[h_2, \phi],\ \dots,\ f[h_D, \phi]\big]^\top.$$
//
// The function must be continuous, and invertible on its own. On a line that means that it is increasing everywhere or decreasing everywhere. (Each coordinate may also have parameters of its own; the formulas stay the same.)
//
// Output $d$ depends on input $d$ alone, so that the Jacobian is diagonal and its determinant a product. Equation 16.11, and its logarithm, which is what one computes:
//
// $$\left|\frac{\partial f[h]}{\partial h}\right| = \prod_{d=1}^D \left|\frac{\partial f[h_d]}{\partial h_d}\right|, \qquad \log\left|\frac{\partial f[h]}{\partial h}\right| = \sum_{d=1}^D \log\left|\frac{\partial f[h_d]}{\partial h_d}\right|.$$
//
// It is as cheap as that of a diagonal matrix, $\mathcal{O}(D)$. Unlike that of a matrix it differs from place to place, and that is what makes the map bend.

// %% predict="still-independent"

// %%
const [first, second] = [random("chapter 4").normal(1500), random("chapter 4, second").normal(1500)];
const cloud = first.map((v, i) => [v, second[i]]);
/** Steep at 0 and flat beside it: it pushes what lies in the middle outwards. */
const bend = (h: number): number => 0.3 * h + 1.5 * Math.tanh(2 * h);

samples2dFigure({
  samples: [
    { points: cloud, name: "h", space: "base" },
    { points: cloud.map((h) => h.map(bend)), name: "h′ = f[h]", space: "data" },
  ],
  xTitle: "first coordinate",
  yTitle: "second coordinate",
  title: "One bend in each coordinate: a round cloud gathers in four corners",
});

// %% answer="still-independent"
const bentFirst = first.map((v) => Math.sign(bend(v)));
const rightOf = (signs: readonly number[]): number => signs.filter((v) => v > 0).length / signs.length;
const upper = second.map((v, i) => ({ sign: bentFirst[i], isUp: bend(v) > 0 }));

predict.answer("still-independent", {
  above: rightOf(upper.filter(({ isUp }) => isUp).map(({ sign }) => sign)),
  below: rightOf(upper.filter(({ isUp }) => !isUp).map(({ sign }) => sign)),
});

// %% [markdown]
// So an elementwise flow is $D$ flows of one dimension, side by side, and all that is to be learned about it can be learned on a line. The rest of this chapter does so. Keep in mind what it is for: in chapter 3 it stood *between* matrices, which mix what it has bent; in chapter 5 one half of the coordinates will choose the parameters $\phi$ by which the other half is bent, and that mixes, too.
//
// ## 4.2 The smallest bend: a leaky ReLU
//
// Networks bend by activation functions. The plain ReLU cannot be undone, as it sends all negative numbers to 0. A *leaky* one can: below 0 it multiplies by a small slope, above by 1. It was proposed in 2013 by Andrew Maas, Awni Hannun and Andrew Ng, who wanted gradients that do not vanish, and had no flows in mind.
//
// Take a standard normal $z$ and the slope 0.1 of the book's equation 16.31. Half of all $z$ lie below 0, and nearly all of these land between 0 and $-0.3$.

// %% predict="jump-at-zero"

// %%
slider({ name: "leak", label: "slope below 0", from: 0.05, to: 1.5, step: 0.05, value: 0.1 }, (leak) =>
  changeOfVariablesFigure({
    forward: (z) => (z < 0 ? leak * z : z),
    derivative: (z) => (z < 0 ? leak : 1),
    bins: 12,
    highlight: 4,
    title: `Leaky ReLU with slope ${leak.toFixed(2)} below 0`,
  }),
);

// %% answer="jump-at-zero"

// %% [markdown]
// A corner in the map is a *jump* in the density, because density is divided by the slope, and the slope jumps. The map itself has to be continuous, else there would be a gap in which no data can lie; its slope need not be. Whether such densities are good models of anything is another question. Real densities seldom jump, and that is why smoother bends were looked for.
//
// Your turn: the inverse of such a map, and by how much it changes the density in many dimensions.

// %% exercise="16.7"

// %% [markdown]
// With your two functions the density of a leaky ReLU flow is one line: go back, take the base density there, multiply by the inverse determinant. Here it is in two dimensions, along the diagonal $x_1 = x_2$.

// %%
const leaky = await check.passed("16.7", ["leakyInverse", "inverseDeterminant"]);

/** Pr(x) for a standard normal z in as many dimensions as x has numbers. */
function leakyDensity(x: readonly number[]): number {
  const z = x.map((v) => leaky.leakyInverse(v));
  return leaky.inverseDeterminant(z) * z.reduce((product, v) => product * normalDensity(v), 1);
}

const along = linspace(-0.4, 2, 481);
lineFigure({
  series: [
    { x: along, y: along.map((v) => leakyDensity([v, v])), name: "Pr(x, x)", line: { color: palette.data } },
  ],
  xTitle: "x₁ = x₂",
  yTitle: "density",
  title: "Two leaky ReLUs: density along the diagonal",
});

// %% [markdown]
// From one quadrant to the next the density falls by one over the slope for each coordinate that crosses 0: with the book's 0.1 by a factor of ten. Along the diagonal both cross at once, and it falls by the square of that, a hundred.
//
// ## 4.3 Many corners: piecewise linear maps
//
// One corner is little. With many of them a map can follow any curve. Take the interval $[0, 1]$, cut it into $K$ bins of equal width, and give each bin a height $\phi_k > 0$ by which the map rises there. If the heights add up to 1, the map goes from $(0, 0)$ to $(1, 1)$ and increases all the way. This is equation 16.12,
//
// $$f[h, \phi] = \sum_{k=1}^{b} \phi_k + (Kh - b)\,\phi_{b+1}, \qquad b = \lfloor Kh \rfloor.$$
//
// The first term is what the bins to the left of $h$ have risen. In the second, $Kh - b$ is how far $h$ has come in its own bin, from 0 to 1.
//
// > **Erratum.** The text that this course follows prints $\sum_{k=1}^{b-1}\phi_k + (hK - b)\phi_b$ with $b = \lfloor Kh \rfloor$, and lets the $\phi_k$ add up to $K$. With bins counted from 1, as the sum does, $\lfloor Kh \rfloor$ is the number of the bin *before* that of $h$: at $h = 0.05$ and $K = 5$ it is 0, and there is no $\phi_0$. Read it with $b+1$ for the bin, as above. And the map ends at $h' = 1$ only if the heights add up to 1, as the caption of figure 16.5 says.
//
// The textbook's heights are $\phi = (0.1, 0.2, 0.5, 0.1, 0.1)$. Move them below. Whatever you choose, they are divided by their sum.

// %% predict="third-bin"

// %%
/** The map over [0, 1], and the density that it makes of a uniform h. */
function binsFigure(phi: readonly number[]) {
  const K = phi.length;
  const edges = linspace(0, 1, K + 1);
  // The corners: every bin ends so much above where it began.
  const images = [0];
  for (const height of phi) images.push(images[images.length - 1] + height);
  const [masses, lengths] = [edges, images].map((ends) => ends.slice(1).map((end, k) => end - ends[k]));
  const densities = masses.map((mass, k) => mass / lengths[k]);
  // Each bin's density twice, at its lower and its upper edge: a staircase.
  const steps = densities.flatMap((y, k) => [
    { x: images[k], y },
    { x: images[k + 1], y },
  ]);
  return figure(
    [
      {
        name: "h′ = f[h, φ]",
        mode: "lines+markers",
        x: edges,
        y: images,
        line: { color: palette.map, width: 3 },
      },
      {
        name: "density of h′",
        mode: "lines",
        x: steps.map(({ x }) => x),
        y: steps.map(({ y }) => y),
        line: { color: palette.data, width: 3 },
        xaxis: "x2",
        yaxis: "y2",
      },
    ],
    {
      xaxis: { title: "h", domain: [0, 0.45], range: [0, 1] },
      yaxis: { title: "h′", range: [0, 1] },
      xaxis2: { title: "h′", domain: [0.58, 1], range: [0, 1], anchor: "y2" },
      yaxis2: { title: "density for a uniform h", anchor: "x2", rangemode: "tozero" },
      height: 340,
      title: `Slopes: ${densities.map((density) => (1 / density).toFixed(2)).join(", ")}`,
    },
    {
      description: `Piecewise linear map with the heights ${phi.map((v) => v.toFixed(2)).join(", ")}, and beside it the density that it makes of a uniform h: ${densities.map((density, k) => `${density.toFixed(2)} from ${images[k].toFixed(2)} to ${images[k + 1].toFixed(2)}`).join(", ")}`,
    },
  );
}

const height = (value: number) => ({ from: 0.05, to: 1, step: 0.05, value });
slider(
  { first: height(0.1), second: height(0.2), third: height(0.5), fourth: height(0.1), fifth: height(0.1) },
  ({ first, second, third, fourth, fifth }) => {
    const raw = [first, second, third, fourth, fifth];
    const total = raw.reduce((sum, v) => sum + v, 0);
    return binsFigure(raw.map((v) => v / total));
  },
  { frames: 2 },
);

// %% [markdown]
// *After the book's figure 16.5*, with the density that it does not show.

// %% answer="third-bin"

// %% [markdown]
// A histogram. That is no accident: with a uniform base, a piecewise linear map *is* the distribution function of a histogram, read backwards. Its bins are as long as the heights, and each holds $1/K$ of the mass. (Turn the map round, from data to base, and the bins on the side of the data are equally wide: then learning the heights is counting.)
//
// **Where it trips.** Go through equation 16.12 by hand, for five bins. The last row is the upper end of the interval.

// %%
const textbook = [0.1, 0.2, 0.5, 0.1, 0.1];
table(
  [0, 0.1, 0.2, 0.5, 0.99, 1].map((h) => {
    const passed = Math.floor(5 * h);
    return {
      h,
      "b = ⌊Kh⌋, bins passed": passed,
      "Kh − b, share of its own": 5 * h - passed,
      "phi[b], height of its own": `${textbook[passed]}`,
      "(Kh − b) · phi[b]": (5 * h - passed) * textbook[passed],
    };
  }),
  { digits: 3 },
);

// %% [markdown]
// At $h = 1$ all five bins have been passed, and there is no sixth: `phi[5]` is `undefined`, and whatever is multiplied by it is NaN. It sounds pedantic until one white pixel makes the likelihood of a whole batch NaN. Your functions have to know to which bin the upper end belongs.

// %% exercise="04.piecewise"

// %% [markdown]
// Back and forth is the first test of any inverse. The next cell goes both ways at 1,000 places, and shows the largest difference.

// %%
const maps = await check.passed("04.piecewise", ["piecewiseForward", "piecewiseInverse"]);

const places = linspace(0, 1, 1000);
const returned = places.map((h) => maps.piecewiseInverse(maps.piecewiseForward(h, textbook), textbook));
table([
  {
    quantity: "largest |f⁻¹(f(h)) − h| at 1,000 places",
    value: Math.max(...returned.map((h, i) => Math.abs(h - places[i]))).toExponential(1),
  },
]);

// %% [markdown]
// Now the slopes. With them the map becomes a flow.
//
// > **Erratum.** The caption of figure 16.5 calls $\phi_k$ the *slope* of its bin. Look at the title of the figure above: the third bin, of the height 0.5, has the slope 2.5, and for equal heights, which make the identity, all slopes are 1. The same slip in problem 16.8 would cost a factor of $K$ in every dimension.

// %% exercise="16.8"

// %% [markdown]
// Does your Jacobian agree with samples? Bend 20,000 uniform points in one dimension, and lay one over your determinant above their histogram.

// %%
const jacobians = await check.passed("16.8", ["jacobian", "determinant"]);

const even = random("chapter 4, uniform").uniform(20000);
const gridH = linspace(0, 1, 1001);
const images = gridH.map((h) => maps.piecewiseForward(h, textbook));
const densities = gridH.map((h) => 1 / jacobians.determinant([h], textbook));

densityFitFigure({
  samples: even.map((h) => maps.piecewiseForward(h, textbook)),
  model: (x) =>
    densities[
      Math.max(
        0,
        images.findIndex((image) => image >= x),
      )
    ],
  range: [0, 1],
  bins: 40,
  title: "20,000 samples, and one over the determinant",
});

// %% [markdown]
// ## 4.4 Other curves in the bins
//
// A line is not the only thing that can stand in a bin. Anything that increases from the bin's lower corner to its upper one will do. The textbook's problem 16.9 puts in square roots.
//
// > **Erratum.** The text that this course follows prints equation 16.33 as $\sqrt{Kh - b}\,\phi_b + \sum_k \sqrt{\phi_k}$. That jumps at every edge: a bin ends after $\phi$, and the next begins at $\sqrt\phi$. With $\phi$ under the root, and the sum over the bins that have been passed, it is continuous. That is also the formula of the author's own answers to the problems:
// >
// > $$f[h, \phi] = \sqrt{(Kh - b)\,\phi_{b+1}} + \sum_{k=1}^{b} \sqrt{\phi_k}, \qquad b = \lfloor Kh \rfloor.$$
//
// As in 16.12, the $\phi_k$ add up to 1.

// %% predict="end-of-roots"

// %% exercise="16.9"

// %% [markdown]
// And the density? Where the root begins, its slope is infinite, so that the density falls to 0 at each of the five places. Uniform samples show it.

// %%
const roots = await check.passed("16.9", ["squareRoots", "squareRootsInverse"]);
const topOfRoots = textbook.reduce((sum, v) => sum + Math.sqrt(v), 0);
/** The slope of the inverse, from two of its values: the density for a uniform h. */
const rootDensity = (x: number): number => {
  const [low, high] = [Math.max(0, x - 1e-4), Math.min(topOfRoots, x + 1e-4)];
  return (roots.squareRootsInverse(high, textbook) - roots.squareRootsInverse(low, textbook)) / (high - low);
};

densityFitFigure({
  samples: even.map((h) => roots.squareRoots(h, textbook)),
  model: rootDensity,
  range: [0, topOfRoots],
  bins: 80,
  title: "20,000 uniform samples through the square roots",
});

// %% answer="end-of-roots"

// %% [markdown]
// So a curve in a bin should begin and end with a slope that is neither 0 nor infinite; best with the slope of its neighbour.
//
// ## 4.5 Splines
//
// That is what a **spline** is: a curve in each bin, chosen so that neighbours fit together. The most used one in flows has in each bin a ratio of two quadratic polynomials. John Gregory and Roger Delbourgo (1982) used it to draw curves that never turn back; Conor Durkan, Artur Bekasov, Iain Murray and George Papamakarios (2019) made a flow of it. A bin of width $w$ and height $h$ (no longer the input) from $(x_k, y_k)$ has the steepness $s = h/w$ on the whole, and slopes $\delta_k$ and $\delta_{k+1}$ at its ends, which it shares with its neighbours. With the position $\xi = (x - x_k)/w$ in the bin,
//
// $$y = y_k + h \cdot \frac{s\,\xi^2 + \delta_k\,\xi(1 - \xi)}{s + (\delta_k + \delta_{k+1} - 2s)\,\xi(1 - \xi)}.$$
//
// Why this ratio? A parabola has three coefficients, and two end points use up two of them: one slope can be chosen, not both. A cubic could meet both, but not every choice of positive slopes makes it increasing. This ratio meets both slopes, increases for *every* choice of positive ones, and is undone by solving a quadratic equation. Move them:

// %% predict="straight-bin"

// %%
slider(
  {
    first: { from: 0.05, to: 5, step: 0.05, value: 3, label: "slope at the beginning" },
    second: { from: 0.05, to: 5, step: 0.05, value: 0.3, label: "slope at the end" },
  },
  ({ first, second }) => {
    const xi = linspace(0, 1, 201);
    const below = xi.map((v) => 1 + (first + second - 2) * v * (1 - v));
    const share = xi.map((v, i) => (v * v + first * v * (1 - v)) / below[i]);
    const slope = xi.map((v, i) => (second * v * v + 2 * v * (1 - v) + first * (1 - v) ** 2) / below[i] ** 2);
    return lineFigure({
      series: [
        { x: xi, y: share, name: "curve", line: { color: palette.map, width: 3 } },
        { x: xi, y: slope, name: "its slope", line: { color: palette.accent, dash: "dash" } },
      ],
      xTitle: "ξ",
      yTitle: "share of the height, and slope",
      title: `One bin with s = 1, slopes ${first.toFixed(2)} and ${second.toFixed(2)} at its ends`,
    });
  },
);

// %% answer="straight-bin"

// %% exercise="04.bin"

// %% [markdown]
// **The slope** is what the density needs. The quotient rule gives it in a form that might be negative for all one can see. With some patience it becomes
//
// $$\frac{\partial y}{\partial x} = \frac{s^2\left(\delta_{k+1}\,\xi^2 + 2s\,\xi(1 - \xi) + \delta_k\,(1 - \xi)^2\right)}{\left(s + (\delta_k + \delta_{k+1} - 2s)\,\xi(1 - \xi)\right)^2}.$$
//
// Put in $\xi = 0$: all terms but one are gone, and $s^2\delta_k/s^2 = \delta_k$ is left. At $\xi = 1$ it is $\delta_{k+1}$. So neighbours meet with one slope, and the density has no jumps. And no term is negative, nor are all of them 0: the curve increases, whatever the numbers are. The patience is yours:

// %% exercise="04.slope"

// %% [markdown]
// Two bins side by side, with your slope: the first from $(0, 0)$ to $(1, 2)$, the second on to $(3, 3)$. They share the slope 1.2 where they meet.

// %%
const slopes = await check.passed("04.slope", ["binSlope"]);
const unit = linspace(0, 1, 101);
lineFigure({
  series: [
    {
      x: unit,
      y: unit.map((xi) => slopes.binSlope(xi, 2, 0.5, 1.2)),
      name: "first bin",
      line: { color: palette.map, width: 3 },
    },
    {
      x: unit.map((xi) => 1 + 2 * xi),
      y: unit.map((xi) => slopes.binSlope(xi, 0.5, 1.2, 0.8)),
      name: "second bin",
      line: { color: palette.accent, width: 3 },
    },
  ],
  xTitle: "x",
  yTitle: "slope ∂y/∂x",
  title: "Two bins that share a slope",
});

// %% [markdown]
// A spline with $K$ bins has $K$ widths, $K$ heights and $K - 1$ inner slopes. To be learned, they have to be free numbers: widths and heights are shares of the interval by a softmax, slopes positive by a softplus. The slopes at the two ends of the interval are not learned: what they have to be depends on what comes beyond.
//
// ## 4.6 What lies outside
//
// A spline lives on an interval, and data do not know that. Here are numbers with mean 2 and deviation 2.5, and a spline of $[-3, 3]$ on a standard normal base. A second flow has an affine layer between spline and data, which moves and scales them into the interval. Both are trained in the same way.

// %% predict="outside"

// %%
const wide = random("chapter 4, wide")
  .normal(2000)
  .map((v) => 2 + 2.5 * v);
/** Trains a flow of normal numbers, and tells the loss of each step. */
const fitBriefly = async (
  bijection: Bijection,
  data: number[],
  steps: number,
  onProgress: NonNullable<FitOptions["onProgress"]>,
): Promise<{ model: Flow; losses: readonly number[] }> => {
  const model = flow(standardNormal(), bijection);
  const options = { steps, batchSize: 300, learningRate: 0.1, keep: "last", seed: 1 } as const;
  const { loss } = await fit(model, data, { ...options, onProgress });
  return { model, losses: loss };
};
const lossOf = (model: Flow, data: number[]): number =>
  -tf.tidy(() => tf.mean(model.logProb(data)).dataSync()[0]);

const splineAlone = rationalQuadraticSpline({ bins: 8 });
const { model: alone } = await fitBriefly(
  splineAlone,
  wide.slice(0, 1000),
  150,
  trainingDisplay({ steps: 150, label: "A spline alone" }),
);
const splineFirst = chain([rationalQuadraticSpline({ bins: 8 }), affine()]);
const { model: behind } = await fitBriefly(
  splineFirst,
  wide.slice(0, 1000),
  150,
  trainingDisplay({ steps: 150, label: "A spline and an affine layer" }),
);

const [aloneLoss, behindLoss] = [lossOf(alone, wide.slice(1000)), lossOf(behind, wide.slice(1000))];
const axisOfWide = linspace(-8, 12, 401);
const densityOn = (model: Flow, x: number[]): number[] =>
  tf.tidy(() => Array.from(tf.exp(model.logProb(x)).dataSync()));

lineFigure({
  series: [
    {
      x: axisOfWide,
      y: axisOfWide.map((x) => normalDensity((x - 2) / 2.5) / 2.5),
      name: "truth",
      line: { color: palette.truth, dash: "dash" },
    },
    {
      x: axisOfWide,
      y: densityOn(alone, axisOfWide),
      name: "spline of [−3, 3]",
      line: { color: palette.accent },
    },
    {
      x: axisOfWide,
      y: densityOn(behind, axisOfWide),
      name: "spline and affine layer",
      line: { color: palette.data },
    },
  ],
  xTitle: "x",
  yTitle: "density",
  title: "Data that leave the interval",
});

// %% answer="outside"
predict.answer("outside", { alone: aloneLoss, behind: behindLoss });

// %% [markdown]
// Beyond its interval the spline of the library is the *identity*. So the slopes at its ends are held at 1: the slope does not jump there, and neither does the density. (In a spline for numbers that *cannot* leave the interval, as pixels, the slopes at the ends are learned too.) The interval is a promise about the data, and here it was broken.
//
// ## 4.7 Six ways to bend
//
// Splines are not the only family. Here is what has been proposed, each with 17 parameters or one less, for numbers with three peaks.
//
// | family | in each piece | parameters | back |
// |---|---|---|---|
// | piecewise linear (Müller and others) | a line | $K$ heights | a line |
// | quadratic spline (Müller and others) | a parabola; the slope is a broken line | $K$ widths, $K-1$ slopes | square root |
// | cubic spline (Durkan and others) | a cubic with slopes by Steffen's rule | $2K$, and 2 slopes at the ends | cubic equation |
// | rational-quadratic spline (Durkan and others) | the ratio of 4.5 | $3K - 1$ | square root |
// | mixture of logistic CDFs (Ho and others, Flow++) | smooth everywhere: $\sum_k \pi_k\,\sigma\big((x - \mu_k)/s_k\big)$, then a logit | $3K + 2$ | by bracketing |
// | nonlinear squared (Ziegler and Rush) | $a z + b + c/(1 + (dz + g)^2)$, three of them and an affine layer | $5$ each | cubic equation |
//
// All are trained in the same way: 300 steps of Adam, with the same step size and batches. (The best settings differ from one to the other; this is a first look and not a tournament.)

// %% predict="best-bend"

// %%
const hills = [
  [0.35, -1.8, 0.35],
  [0.4, 0.2, 0.5],
  [0.25, 2.2, 0.3],
] as const;
const hillDensity = (x: number): number =>
  hills.reduce((sum, [share, mean, width]) => sum + (share * normalDensity((x - mean) / width)) / width, 0);
const drawHills = random("chapter 4, hills");
const hillNoise = drawHills.normal(3000);
const hillData = drawHills.uniform(3000).map((u, i) => {
  const [, mean, width] = hills[u < 0.35 ? 0 : u < 0.75 ? 1 : 2];
  return mean + width * hillNoise[i];
});
const [hillTraining, hillHeldOut] = [hillData.slice(0, 1500), hillData.slice(1500)];

const interval: [number, number] = [-4, 4];
const bends: readonly (readonly [name: string, bijection: Bijection])[] = [
  ["piecewise linear", elementwise({ transformer: piecewiseLinearTransformer({ bins: 17, interval }) })],
  ["quadratic spline", elementwise({ transformer: quadraticSpline({ bins: 9, interval }) })],
  ["cubic spline", elementwise({ transformer: cubicSpline({ bins: 7, interval }) })],
  ["rational-quadratic spline", elementwise({ transformer: rationalQuadratic({ bins: 6, interval }) })],
  ["mixture of logistic CDFs", elementwise({ transformer: mixtureLogisticCdf({ components: 5 }) })],
  [
    "nonlinear squared, three and affine",
    chain([affine(), ...[1, 2, 3].map(() => elementwise({ transformer: nonlinearSquared() }))]),
  ],
];
const hillAxis = linspace(-4, 4, 401);
const stepsOfEach = 300;
const bar = progressBar("Six families", stepsOfEach * bends.length);
const fitted: {
  name: string;
  model: Flow;
  losses: readonly number[];
  parameters: number;
  loss: number;
  density: number[];
}[] = [];
for (const [name, bijection] of bends) {
  const done = stepsOfEach * fitted.length;
  const { model, losses } = await fitBriefly(bijection, hillTraining, stepsOfEach, ({ step }) =>
    bar.update(done + step, name),
  );
  const parameters = bijection.variables.reduce((sum, { size }) => sum + size, 0);
  const loss = lossOf(model, hillHeldOut);
  fitted.push({ name, model, losses, parameters, loss, density: densityOn(model, hillAxis) });
}
bar.finish();
const hillTruth = -hillHeldOut.reduce((sum, x) => sum + Math.log(hillDensity(x)), 0) / hillHeldOut.length;

table(
  [
    ...fitted.map(({ name, parameters, loss }) => ({
      family: name,
      parameters,
      "negative log-likelihood of held-out data (nats)": loss,
    })),
    {
      family: "the true density",
      parameters: 8,
      "negative log-likelihood of held-out data (nats)": hillTruth,
    },
  ],
  { digits: 3 },
);

// %%
/** Means of ten steps each. */
const smooth = (losses: readonly number[]): number[] =>
  linspace(0, losses.length - 10, losses.length / 10).map(
    (from) => losses.slice(from, from + 10).reduce((sum, v) => sum + v, 0) / 10,
  );

lineFigure({
  series: fitted.map(({ name, losses }) => ({
    x: linspace(5, losses.length - 5, losses.length / 10),
    y: smooth(losses),
    name,
  })),
  xTitle: "step",
  yTitle: "negative log-likelihood (nats)",
  title: "While they are trained: means of ten steps",
});

// %%
slider(
  { name: "family", from: 1, to: bends.length, step: 1, value: 4 },
  (which) => {
    const { name, density, loss } = fitted[which - 1];
    return lineFigure({
      series: [
        {
          x: hillAxis,
          y: hillAxis.map(hillDensity),
          name: "true density",
          line: { color: palette.truth, dash: "dash" },
        },
        { x: hillAxis, y: density, name, line: { color: palette.data, width: 3 } },
      ],
      xTitle: "x",
      yTitle: "density",
      title: `${name}: ${loss.toFixed(3)} nats`,
    });
  },
  { frames: 6 },
);

// %% answer="best-bend"
predict.answer("best-bend", { losses: fitted.map(({ loss }) => loss), truth: hillTruth });

// %% [markdown]
// One of them deserves a closer look. The density of the piecewise linear map is a staircase, and its edges move with the parameters. A number that an edge passes jumps from one step to another, and the derivative, which is taken between the jumps, knows nothing of it. So what it promises and what happens may be two things. The next cell takes the map as its training has left it, goes a short way against the derivative, and looks at the loss.

// %%
const staircase = fitted[0];
const [heights] = staircase.model.bijection.variables;
const { grads } = tf.variableGrads(
  () => tf.neg(tf.mean(staircase.model.logProb(tf.tensor1d(hillTraining)))) as tf.Scalar,
  [heights],
);
const downhill = grads[heights.name];
const reached = heights.clone();
const lossBefore = lossOf(staircase.model, hillTraining);
const promisedFor = (stride: number): number =>
  -stride * tf.tidy(() => tf.sum(tf.square(downhill)).dataSync()[0]);
const changeFor = (stride: number): number => {
  heights.assign(tf.tidy(() => tf.sub(reached, tf.mul(stride, downhill))));
  const change = lossOf(staircase.model, hillTraining) - lossBefore;
  heights.assign(reached);
  return change;
};
const strides = [0.1, 0.3, 1, 3].map((stride) => ({
  stride,
  "change of the loss that the derivative promises": promisedFor(stride),
  "its real change": changeFor(stride),
}));
table(strides, { digits: 2 });

// %%
const meanOf = (losses: readonly number[]): number => losses.reduce((sum, v) => sum + v, 0) / losses.length;
const [atFirst, atLast] = [staircase.losses.slice(0, 10), staircase.losses.slice(-10)].map(meanOf);
const misled = strides.filter((row) => row["its real change"] > 0).length;
const [became, led] = [atLast > atFirst ? "**worse**" : "better", misled === 0 ? "none" : `${misled}`];
markdown(
  `In its first ten steps the staircase had ${atFirst.toFixed(2)} nats on average, in its last ten ${atLast.toFixed(2)}: ` +
    `the training has made it ${became}. Of the ${strides.length} strides against the derivative ${led} led uphill.`,
);

// %% [markdown]
// Counting needs no derivative, as you will see in the next section.
//
// ## 4.8 A spline flow of your own
//
// Now build one, from bins to a model that generates. You may train it by gradients. But on a line there is also a way without any: as many data have to lie below each corner as there is mass of the base below its image.

// %% exercise="04.spline"

// %%
const ownSpline = await check.passed("04.spline", ["fitSpline"]);

const own = ownSpline.fitSpline(hillTraining);
const ownLoss = -own.logDensity(hillHeldOut).reduce((sum, v) => sum + v, 0) / hillHeldOut.length;

densityFitFigure({
  samples: own.forward(random("chapter 4, own").normal(5000)),
  truth: hillDensity,
  model: (x) => Math.exp(own.logDensity([x])[0]),
  range: [-4, 4],
  bins: 60,
  title: `5,000 new numbers; held out: ${ownLoss.toFixed(3)} nats, truth ${hillTruth.toFixed(3)}, the staircase ${staircase.loss.toFixed(3)}`,
});

// %% [markdown]
// The same corners could be the start of a training, or its yardstick. In many dimensions there are no quantiles to read off, and gradients are all that is left.
//
// ## 4.9 Bending a circle
//
// Angles are numbers, too: wind directions, times of day, the bends of a protein's backbone. A density of angles has to go on smoothly where the circle closes, at $\pm\pi$. A spline on $[-\pi, \pi]$ does so if its slopes at both ends are *equal*, and learned: a **circular spline** (Danilo Rezende and others, 2020). One thing it cannot do: it leaves $\pm\pi$ in its place. A rotation, whose log-determinant is 0, moves it.
//
// The bell of the circle is named after Richard von Mises (1918), who asked whether atomic weights are whole numbers with errors: $Pr(\theta) \propto e^{\kappa\cos(\theta - \mu)}$. Here 2,000 angles with $\kappa = 4$, whose peak at $\mu = 2.5$ lies so that a part of the bell reaches beyond $\pi$ and comes in again from the other side. Beside the circular spline a spline of the *interval* $[-\pi, \pi]$ is trained, which is the identity at its ends as that of 4.6. The base of both is uniform.

// %% predict="cut-of-the-circle"

// %%
const trueAngles = vonMises({ mean: 2.5, concentration: 4 });
const angles = Array.from(trueAngles.sample(2000, random("chapter 4, angles")).dataSync());
const fitAngles = async (bijection: Bijection, label: string): Promise<Flow> => {
  const model = flow(uniform(-Math.PI, Math.PI), bijection);
  const options = { steps: 200, batchSize: 500, learningRate: 0.03, keep: "last", seed: 1 } as const;
  await fit(model, angles, { ...options, onProgress: trainingDisplay({ steps: 200, label }) });
  return model;
};
const circle = await fitAngles(
  chain([rationalQuadraticSpline({ bins: 8, circular: true }), rotation()]),
  "A spline of the circle",
);
const cut = await fitAngles(
  rationalQuadraticSpline({ bins: 8, interval: [-Math.PI, Math.PI] }),
  "A spline of the interval",
);

const cells = 400;
const around = Array.from({ length: cells }, (_, i) => -Math.PI + ((i + 0.5) * 2 * Math.PI) / cells);
const [trueLog, circleLog, cutLog] = [trueAngles, circle, cut].map((of) =>
  tf.tidy(() => Array.from(of.logProb(tf.tensor1d(around)).dataSync())),
);
const [circleDivergence, cutDivergence] = [circleLog, cutLog].map((learned) =>
  trueLog.reduce((sum, log, i) => sum + (Math.exp(log) * (log - learned[i]) * 2 * Math.PI) / cells, 0),
);

lineFigure({
  series: [
    { x: around, y: trueLog.map(Math.exp), name: "von Mises", line: { color: palette.truth, dash: "dash" } },
    { x: around, y: circleLog.map(Math.exp), name: "circular", line: { color: palette.data, width: 3 } },
    { x: around, y: cutLog.map(Math.exp), name: "of the interval", line: { color: palette.accent } },
  ],
  xTitle: "angle (radians; −π and π are the same)",
  yTitle: "density",
  title: `A bell that reaches across the cut: KL ${circleDivergence.toFixed(3)} nats circular, ${cutDivergence.toFixed(3)} of the interval`,
});

// %% answer="cut-of-the-circle"
/** At −π and at π, a thousandth within. */
const endsOf = (model: Flow): number[] => densityOn(model, [-Math.PI + 1e-3, Math.PI - 1e-3]);

predict.answer("cut-of-the-circle", {
  circular: endsOf(circle),
  interval: endsOf(cut),
  truth: Math.exp(tf.tidy(() => trueAngles.logProb(tf.tensor1d([Math.PI])).dataSync()[0])),
});

// %% [markdown]
// ## 4.10 Where they are used
//
// An elementwise flow alone models coordinates that have nothing to do with each other. Its functions are needed all the same, wherever *something else* chooses their parameters: in a coupling (chapter 5) the other half of the coordinates, in an autoregression (chapter 6) the coordinates before. The transformers above are what is put in there, and how far *they* bend is how far those flows bend in one layer.
//
// ## What to take away
//
// - An elementwise flow is $D$ flows on a line, side by side. Its Jacobian is diagonal, its log-determinant a sum, its cost $\mathcal{O}(D)$. It makes no coordinate depend on another.
// - A corner in the map is a jump in the density.
// - A bin of width $1/K$ and height $\phi_k$ has the slope $K\phi_k$, and the upper end of the interval belongs to the last bin.
// - A rational-quadratic bin meets any two positive slopes, increases, and is undone by a quadratic equation, in a form that is right for straight bins, too.
// - A spline has an interval. What lies outside is the identity's: scale the data first.
//
// **Where it comes from.** Thomas Müller, Brian McWilliams, Fabrice Rousselle, Markus Gross and Jan Novák (2018) bent with piecewise linear and quadratic maps, to sample light paths. John Gregory and Roger Delbourgo (1982) had the rational-quadratic bin, for drawing curves; as a flow it is by Conor Durkan and others (2019).

// %% [markdown]
// ## Quiz
//
// A few questions to see what has stayed. Write an answer in the place of the remark and run the cell: what it means unfolds below. There are no points, and you may choose again.

// %% quiz=true

// %% [markdown]
// ## References
//
// - Simon J. D. Prince. *Understanding Deep Learning*, chapter 16. MIT Press, 2023. [udlbook.com](https://udlbook.com)
// - Andrew L. Maas, Awni Y. Hannun, Andrew Y. Ng. Rectifier nonlinearities improve neural network acoustic models. *ICML Workshop on Deep Learning for Audio, Speech and Language Processing*, 2013.
// - Conor Durkan, Artur Bekasov, Iain Murray, George Papamakarios. Cubic-spline flows. [arXiv:1906.02145v1](https://arxiv.org/abs/1906.02145v1), 2019.
// - Jonathan Ho, Xi Chen, Aravind Srinivas, Yan Duan, Pieter Abbeel. Flow++. [arXiv:1902.00275v2](https://arxiv.org/abs/1902.00275v2), 2019.
// - Zachary M. Ziegler, Alexander M. Rush. Latent normalizing flows for discrete sequences. [arXiv:1901.10548v4](https://arxiv.org/abs/1901.10548v4), 2019.
// - Danilo J. Rezende and others. Normalizing flows on tori and spheres. [arXiv:2002.02428v2](https://arxiv.org/abs/2002.02428v2), 2020.
// - Matthias Steffen. A simple method for monotonic interpolation in one dimension. *Astronomy and Astrophysics* 239, 443–450, 1990.
// - Richard von Mises. Über die „Ganzzahligkeit“ der Atomgewichte und verwandte Fragen. *Physikalische Zeitschrift* 19, 490–500, 1918.
// - John A. Gregory, Roger Delbourgo. Piecewise rational quadratic interpolation to monotonic data. *IMA Journal of Numerical Analysis* 2(2), 1982.
// - Conor Durkan, Artur Bekasov, Iain Murray, George Papamakarios. Neural spline flows. [arXiv:1906.04032v2](https://arxiv.org/abs/1906.04032v2), 2019.
// - Thomas Müller, Brian McWilliams, Fabrice Rousselle, Markus Gross, Jan Novák. Neural importance sampling. [arXiv:1808.03856v5](https://arxiv.org/abs/1808.03856v5), 2018.
