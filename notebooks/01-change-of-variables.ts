// %% [markdown]
// # 1 · Bending one variable
//
// **Change of variables in one dimension**
//
// *The question.* A program can easily draw numbers from a bell curve. Data look different: heights of a mixed crowd have two peaks, incomes have a long tail. Can we turn the bell curve into any such shape, so that we can both **draw new values** and **say how likely** a given value is?
//
// Drawing is easy and scoring is easy; doing both with one model is the whole point of a *normalizing flow*. In this chapter everything happens on a line, where all of it can be seen. Nothing that comes later in the course, not even Glow, adds a new principle. It only adds dimensions.
//
// You will
//
// 1. push samples through a function and watch the histogram change,
// 2. find the density of the result, and see why it is divided by a slope,
// 3. go backwards, with and without a formula for the inverse,
// 4. learn a function from data by maximum likelihood.
//
// The chapter follows sections 16.1 to 16.1.3 of Simon Prince's *Understanding Deep Learning* and includes its problems 16.1 and 16.2. Equation numbers are the book's. Run the cells from top to bottom with **Shift+Enter**.

// %%
import {
  changeOfVariablesFigure,
  deformationFigure,
  densityFitFigure,
  fit,
  flow,
  lineFigure,
  linspace,
  monotone,
  normalDensity,
  normalizingFigure,
  random,
  samplePushFigure,
  standardNormal,
  table,
  tf,
  trainingDisplay,
} from "flowlab";

// %% [markdown]
// ## 1.1 Pushing samples through a function
//
// Take a **base** variable $z$ whose density is simple. Here it is the standard normal,
//
// $$Pr(z) = \frac{1}{\sqrt{2\pi}}\, e^{-z^2/2}.$$
//
// Take any function $f$ and define the **data** variable $x = f(z)$. To draw an $x$ we draw a $z$ and apply $f$. That is all there is to sampling.
//
// Our running example is a function that is steep in the middle and nearly flat on both sides. In all pictures of this course, the base is <span style="color:#0072b2">**blue**</span> and the data are <span style="color:#d55e00">**orange**</span>.

// %%
/** Steep around z = 0.4, flat far from it, increasing everywhere. */
const bend = (z: number): number => 0.35 * z + 1.2 * Math.tanh(1.5 * (z - 0.4));
const bendSlope = (z: number): number => 0.35 + 1.8 / Math.cosh(1.5 * (z - 0.4)) ** 2;

samplePushFigure({ forward: bend, derivative: bendSlope, highlight: [-1.2, 0.45] });

// %% [markdown]
// *After the book's figure 16.1.* Follow the two marked samples: from the base density up to the curve, then across to the data.
//
// **Predict before you run the next cell.** We push 5,000 samples of the bell curve through this $f$. It is one smooth increasing function, and the bell has one peak. How many peaks will the histogram of $x$ have, and where in between will it be lowest?

// %%
const base = random("chapter 1").normal(5000);
const pushed = base.map(bend);

densityFitFigure({ data: pushed, bins: 60, title: "5,000 samples of x = f(z)" });

// %% [markdown]
// Two peaks, and a valley where $f$ is *steepest*. A steep piece of $f$ takes the many samples around $z = 0.4$ and spreads them over a long stretch of $x$. The flat pieces collect samples and pile them up. Bending a line moves probability around without creating or losing any.
//
// Pushing is one way to sample. The oldest way is a special case of it: start from a uniform $u$ and use $f = F^{-1}$, the inverse of a distribution function. John von Neumann described it to Stanisław Ulam in a letter of 1947, when both needed random neutrons.

// %% exercise="1D.sampling"

// %% [markdown]
// ## 1.2 How likely is an x?
//
// A histogram of samples is a rough answer. We want the exact density. The idea is bookkeeping: **the mass in a small interval does not change when the interval is moved and stretched.**
//
// Cut the $z$ axis into bins of equal width. The function $f$ sends each bin to a bin on the $x$ axis, which may be longer or shorter. Hover over a bin in the picture to read its mass on both sides.

// %%
changeOfVariablesFigure({ forward: bend, derivative: bendSlope, bins: 15, highlight: 8 });

// %% [markdown]
// *After the book's figure 16.2.* The shaded bin on the $z$ axis is short and its density is high. Its image on the $x$ axis is long, so its density must be low: same mass, more room.
//
// Now make the bins narrow. A bin of width $dz$ at $z$ has the mass $Pr(z)\,dz$. Its image has the width $dx = |f'(z)|\,dz$, because that is what a derivative is. The masses are equal,
//
// $$Pr(x)\,\underbrace{|f'(z)|\,dz}_{dx} = Pr(z)\,dz,$$
//
// and dividing by $dx$ gives the change of variables, equation 16.1:
//
// $$Pr(x) = \left|\frac{\partial f(z)}{\partial z}\right|^{-1} Pr(z), \qquad z = f^{-1}(x).$$
//
// Read it aloud: *go back to the $z$ that $x$ came from, take the density there, and divide by how much $f$ stretches at that place.* The absolute value is there because a decreasing $f$ flips an interval, and a flipped interval still has a positive length.
//
// In the next picture you bend the line yourself. At $t = 0$ the function is the identity and both densities are the same bell. **Before you move the slider:** which number will not change in any bin, however far you go?

// %%
deformationFigure({
  forward: (z, t) => (1 - t) * z + t * bend(z),
  derivative: (z, t) => 1 - t + t * bendSlope(z),
  name: "bend",
});

// %% [markdown]
// The masses stay. Only widths and heights change, and they change in opposite directions.
//
// Does the formula agree with the samples? We evaluate equation 16.1 on a grid and lay it over the histogram. The inverse of `bend` has no formula, so we go around it: choose the grid on the $z$ axis and compute both $x$ and $Pr(x)$ from $z$.

// %%
const gridZ = linspace(-4, 4, 400);
const curve = gridZ.map((z) => ({
  x: bend(z),
  density: normalDensity(z) / bendSlope(z),
}));

/** Looks the density up between the points of the curve. */
function bentDensity(x: number): number {
  const i = curve.findIndex((point) => point.x >= x);
  if (i <= 0) return 0;
  const [left, right] = [curve[i - 1], curve[i]];
  const share = (x - left.x) / (right.x - left.x);
  return left.density + share * (right.density - left.density);
}

densityFitFigure({ data: pushed, truth: bentDensity, bins: 60, title: "Samples and equation 16.1" });

// %% [markdown]
// Now it is your turn. The two textbook problems ask for a formula on paper and its code; the third asks for equation 16.1 once and for all. Write in the code cell, run it, then run the check below. A check tells which property fails and on which input, and it recognises the usual slips.

// %% exercise="16.1"

// %% exercise="16.2"

// %% exercise="1D.density"

// %% [markdown]
// ## 1.3 Forward and inverse
//
// A flow is used in two directions, and it pays to name them once:
//
// | direction | map | used for | also called |
// |---|---|---|---|
// | **forward** | $x = f(z)$ | drawing samples | generative direction |
// | **inverse** | $z = f^{-1}(x)$ | scoring data, training | normalizing direction |
//
// The second name explains the name of the whole family: the inverse takes data of any shape and makes them *normal*, that is, bell-shaped. Below it is at work on our 5,000 bent samples.

// %%
normalizingFigure({
  forward: bend,
  derivative: bendSlope,
  highlight: [-1.55, 1.1],
  samples: pushed.slice(0, 300),
});

// %% [markdown]
// *After the book's figure 16.3.* The same curve, read from the $x$ axis to the $z$ axis.
//
// For this to work, $f$ must be **invertible**: every $x$ comes from exactly one $z$. On a line, a continuous invertible function is either increasing everywhere or decreasing everywhere. Its inverse need not have a formula. `bend` has none, and nor do most functions that are worth learning. But a computer can find $z$ by *bracketing*: keep two points with $x$ between their images and halve the gap. Each halving gives one more binary digit, so 50 evaluations of $f$ reach the limits of floating-point numbers.

// %% exercise="1D.inverse"

// %% [markdown]
// ## 1.4 Learning
//
// So far we chose $f$. Now let it have parameters $\phi$ and choose them so that the data $x_1, \dots, x_I$ become as likely as possible. Take logarithms, so that the product over the data becomes a sum, and flip the sign, so that we minimise:
//
// $$\hat\phi = \underset{\phi}{\arg\min} \left[ -\sum_{i=1}^I \log Pr(x_i|\phi) \right] = \underset{\phi}{\arg\min} \left[ \sum_{i=1}^I \left( \log\left|\frac{\partial f(z_i, \phi)}{\partial z_i}\right| - \log Pr(z_i) \right) \right], \qquad z_i = f^{-1}(x_i, \phi).$$
//
// > **Erratum.** This is equation 16.2. Its third line is printed with $|\partial f/\partial z|^{-1}$ inside the logarithm. The exponent does not belong there. From equation 16.1, $\log Pr(x) = \log Pr(z) - \log|f'(z)|$, and the minus sign in front of the sum turns that into $+\log|f'(z)|$.
//
// Read the two terms. $-\log Pr(z_i)$ wants every data point to come from close to the centre of the bell. Alone it would be satisfied by an $f$ that stretches enormously, so that all data come from $z \approx 0$. The term $\log|f'|$ is the price for stretching. The two pull against each other, and the best compromise is the density of the data.
//
// Start with the simplest flow there is, $x = e^a z + b$, which can only shift and scale. Writing the scale as $e^a$ keeps it positive for every $a$.

// %% exercise="1D.nll"

// %% exercise="1D.step"

// %% [markdown]
// ## 1.5 A flow that learns two peaks
//
// Shifting and scaling turn a bell into another bell. For data with two peaks we need an $f$ that bends. Here are 2,000 values from a mixture of two bells, of which 1,500 are for training and 500 are kept aside.

// %%
/** 0.4 · Norm(−1.5, 0.5²) + 0.6 · Norm(1.2, 0.7²) */
function twoPeaks(x: number): number {
  const bell = (mean: number, width: number) => normalDensity((x - mean) / width) / width;
  return 0.4 * bell(-1.5, 0.5) + 0.6 * bell(1.2, 0.7);
}

const draw = random("two hills");
const noise = draw.normal(2000);
const data = draw.uniform(2000).map((u, i) => (u < 0.4 ? -1.5 + 0.5 * noise[i] : 1.2 + 0.7 * noise[i]));
const training = data.slice(0, 1500);
const heldOut = data.slice(1500);

densityFitFigure({ data: training, truth: twoPeaks, bins: 50, title: "Where the data come from" });

// %% [markdown]
// The flow `monotone` is built for this. In the normalizing direction it is a straight line plus a handful of soft steps, each with a height, a place and a width that can be learned:
//
// $$z = f^{-1}(x) = a\,x + b + \sum_{k=1}^{K} c_k \tanh\!\left(\frac{x - m_k}{s_k}\right), \qquad a, c_k, s_k > 0.$$
//
// Sums of increasing functions are increasing, so it is invertible whatever training does to it. Its slope has a formula, and the slope of $f$ is one over that. We give a formula to the *inverse*, because that is the direction which maximum likelihood needs at every step. Sampling has to go the other way and uses bracketing, as you did.
//
// **Predict:** the truth has a certain surprise per data point that no model can beat, its *entropy*. Will the loss on the held-out data reach it, stay above it, or fall below it?

// %%
const model = flow(standardNormal(), monotone({ steps: 8, interval: [-4, 4] }));

// The entropy of the truth in nats, −∫ p log p, as a fine sum.
const step = 0.001;
const entropy =
  -step * linspace(-6, 6, 12001).reduce((sum, x) => sum + twoPeaks(x) * Math.log(twoPeaks(x)), 0);

const steps = 600;
const progress = trainingDisplay({ steps, label: "Fitting 1,500 values", optimum: entropy });
const history = await fit(model, training, { steps, validation: heldOut, seed: 1, onProgress: progress });
progress.done();

// %% [markdown]
// Did it work? Compare the loss on the held-out data with the entropy, and with the loss that the *true* density has on the very same data. And add up the learned density: its mass must be 1 by construction, although nobody asked for it.

// %%
const wide = linspace(-20, 20, 8001);
const learned = tf.tidy(() => Array.from(tf.exp(model.logProb(wide)).dataSync()));
const truthOnHeldOut = heldOut.reduce((sum, x) => sum - Math.log(twoPeaks(x)), 0) / heldOut.length;
const mass = learned.reduce((sum, p) => sum + p * (wide[1] - wide[0]), 0);

table([
  { quantity: "entropy of the truth (nats)", value: entropy.toFixed(3) },
  {
    quantity: "loss of the flow on the held-out data (nats)",
    value: history.validation.at(-1)?.loss.toFixed(3),
  },
  { quantity: "loss of the truth on the held-out data (nats)", value: truthOnHeldOut.toFixed(3) },
  { quantity: "total mass of the learned density", value: mass.toFixed(4) },
]);

// %% [markdown]
// The loss of the flow is *below* the entropy. Did it beat the unbeatable? No: the entropy is an average over all data that could come, and these 500 values happen to be easier than average. The fair opponent is the truth on the same data, and it wins by about a hundredth of a nat. That gap is what the flow has not learned from 1,500 values.

// %%
const modelDensityAt = (x: number): number => Math.exp(tf.tidy(() => model.logProb([x]).dataSync()[0]));

densityFitFigure({
  data: heldOut,
  model: modelDensityAt,
  truth: twoPeaks,
  bins: 40,
  title: "Learned and true density",
});

// %% [markdown]
// And this is what it learned: the map from data to the bell curve. Where the data are dense the curve is steep, because many data have to be spread over the middle of the bell. In the valley between the peaks it is nearly flat.

// %%
const gridX = linspace(-4, 4, 801);
const learnedZ = tf.tidy(() => Array.from(model.bijection.inverse(tf.tensor(gridX)).value.dataSync()));

lineFigure({
  series: [{ x: gridX, y: learnedZ, name: "learned" }],
  xTitle: "x",
  yTitle: "z",
  title: "The normalizing direction, z = f⁻¹(x)",
});

// %% [markdown]
// Finally, new data: draw $z$ from the bell, bend it with the learned $f$.

// %%
const fresh = tf.tidy(() => Array.from(model.sample(2000, 7).dataSync()));

densityFitFigure({ data: fresh, truth: twoPeaks, bins: 50, title: "2,000 new samples of the learned flow" });

// %% [markdown]
// ## What to take away
//
// - A flow is a simple base density and an invertible map. Sampling applies the map, scoring applies its inverse.
// - Density is divided by $|f'|$, because stretching spreads the same mass over more room.
// - Learning minimises $\sum \left(\log|f'(z_i)| - \log Pr(z_i)\right)$: stay near the centre of the bell, but pay for stretching.
// - Which direction has a formula is a choice. Training wants a cheap inverse, sampling wants a cheap forward map.
//
// **What comes next.** In many dimensions the slope becomes a matrix of slopes, the Jacobian, and $|f'|$ becomes the absolute value of its determinant. A determinant of a large matrix is expensive. The whole art of the following chapters is to find maps that are rich and whose determinant is nearly free.
//
// **Where it comes from.** The change of variables belongs to eighteenth-century calculus. Esteban Tabak and Eric Vanden-Eijnden (2010) composed simple maps that *flow* data towards a normal density, and Tabak and Cristina Turner (2013) developed it into the form with which the name *normalizing flow* is associated. Oren Rippel and Ryan Adams (2013) and Laurent Dinh, David Krueger and Yoshua Bengio (2014) built such maps from neural networks; Danilo Rezende and Shakir Mohamed (2015) made them a household tool of variational inference.
