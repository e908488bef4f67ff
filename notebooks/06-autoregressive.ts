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
import { affineTransformer, autoregressive, made, random } from "flowlab";
import { toyDensities } from "flowlab/data";
import { density2dFigure, jacobianFigure, jacobianOf, lineFigure, linspace, palette } from "flowlab/figure";
import { slider } from "flowlab/notebook";
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
// ## 6.4 Data steer: the masked autoregressive flow
//
// With a scale and a shift for $g$ it is the **masked autoregressive flow**, MAF, of George Papamakarios, Theo Pavlakou and Iain Murray (2017):
//
// $$x_i = z_i\,e^{\alpha_i} + \mu_i, \qquad \alpha_i, \mu_i \text{ computed from } x_{1:i-1}, \qquad \log\Big|\det\frac{\partial z}{\partial x}\Big| = -\sum_i \alpha_i.$$
//
// Each factor is then a normal density with mean $\mu_i$ and deviation $e^{\alpha_i}$.
//
// > **Erratum.** One lecture writes $x_t = z_t\, s(z_{\le t}) + \mu(z_{\le t})$. With the number itself among those that steer, $\partial x_t/\partial z_t$ is not $s$ any more: $s$ and $\mu$ move with $z_t$, too, and the log-determinant is another. It has to be $< t$; the lecture's next slide has it.

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
// ## 6.5 Noise steers: the inverse autoregressive flow
//
// Exchange the roles. Let scales and shifts be computed from the *noise*, which is all there before the first number is made:
//
// $$x_i = z_i\,e^{\alpha_i} + \mu_i, \qquad \alpha_i, \mu_i \text{ computed from } z_{1:i-1}, \qquad \log\Big|\det\frac{\partial x}{\partial z}\Big| = \sum_i \alpha_i.$$
//
// That is the **inverse autoregressive flow**, IAF, of Diederik Kingma and others (2016). (A handbook has it invented for speech. The paper is on variational inference; speech came a year later.) The formula has hardly changed. What has?

// %% exercise="06.iaf"

// %% [markdown]
// ## What to take away
//
// - Any density is a product of conditional densities of one number each. An autoregressive flow has a map of one variable for each factor, and a network that sets it.
// - Its Jacobian is a full triangle, and $\log|\det|$ a sum over the diagonal.
// - In a masked autoregressive flow the data steer. A density takes one pass, a sample as many as there are numbers.
//
// **What comes next.** Couplings and autoregressive flows are undone in closed form because they leave something alone. Chapter 7 builds invertible maps of whole networks.
//
// **Where it comes from.** Mathieu Germain, Karol Gregor, Iain Murray and Hugo Larochelle (2015) cut an autoencoder by masks, MADE. Diederik Kingma and others (2016) made flows of it that sample fast, for variational inference; George Papamakarios, Theo Pavlakou and Iain Murray (2017) the ones that are fast in density, MAF.

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
// - Diederik P. Kingma, Tim Salimans, Rafal Jozefowicz, Xi Chen, Ilya Sutskever, Max Welling. Improving variational inference with inverse autoregressive flow. [arXiv:1606.04934v2](https://arxiv.org/abs/1606.04934v2), 2016.
// - George Papamakarios, Theo Pavlakou, Iain Murray. Masked autoregressive flow for density estimation. [arXiv:1705.07057v4](https://arxiv.org/abs/1705.07057v4), 2017.
