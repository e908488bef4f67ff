import { exercise, prose } from "../../exercise.ts";
import { grid, panels, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { checks } from "./negative-log-likelihood.checks.ts";
import { domain, HALF_LOG_2PI, signatures, squares, truth } from "./negative-log-likelihood.domain.ts";
import { likelihoodMixtures } from "./negative-log-likelihood.ingredients.ts";
import { misconceptions, mutants } from "./negative-log-likelihood.misconceptions.ts";

export const negativeLogLikelihood = exercise({
  id: "1D.nll",
  path: "01-change-of-variables/negative-log-likelihood",
  title: "The negative log-likelihood of a 1D flow",
  source: "Equation 16.2 of Prince, Understanding Deep Learning, with its sign corrected",
  statement: prose`
Take the flow $x = f(z) = e^a z + b$ with a standard normal base. Write \`negativeLogLikelihood(data, a, b)\`, the sum over the data
$$-\sum_{i=1}^{I} \log Pr(x_i) = \sum_{i=1}^{I} \left( \log|f'(z_i)| - \log Pr(z_i) \right), \qquad z_i = f^{-1}(x_i),$$
in nats, for any \`a\` with $|a| \le 300$, any \`b\` with $|b| \le 10^{100}$ and however many data, none included. It has to stay exact for points far out in the tails. Nine digits are to be right (of the largest of the
terms that you add; float32 tensors will do: of them fewer digits are asked), and \`data\` stays as it is.`,
  signatures,
  domains: { negativeLogLikelihood: domain },
  checks,
  hints: [
    "For each point: $z = (x - b) e^{-a}$. The slope of $f$ is the same everywhere.",
    "$\\log|f'(z)| = a$ and $-\\log Pr(z) = z^2/2 + \\tfrac12 \\log 2\\pi$. Add both and sum over the data.",
  ],
  reference: { negativeLogLikelihood: truth },
  parts: [
    {
      export: "negativeLogLikelihood",
      by: "sum",
      of: [
        {
          name: "the sum of the $\\tfrac12 z_i^2$",
          value: ({ inputs: [data, a, b] }) => squares(data, a, b),
        },
        { name: "the sum of the $\\log|f'(z_i)|$", value: ({ inputs: [data, a] }) => data.length * a },
        {
          name: "the constant $\\tfrac12 \\log 2\\pi$ of each point",
          value: ({ inputs: [data] }) => data.length * HALF_LOG_2PI,
        },
      ],
    },
  ],
  ingredients: [{ export: "negativeLogLikelihood", mixtures: likelihoodMixtures }],
  misconceptions,
  mutants,
  async illustrate(learner) {
    const data = [-1, 0.5, 2, 3];
    const nll = (a: number, b: number) => learner.negativeLogLikelihood(data, a, b);
    return panels(
      await yoursAgainstAsked(
        grid(-0.6, 2, 41),
        (a) => nll(a, 1),
        (a) => truth(data, a, 1),
        {
          x: "a, with b = 1",
          y: "nats",
        },
      ),
      await yoursAgainstAsked(
        grid(-3, 5, 41),
        (b) => nll(0.5, b),
        (b) => truth(data, 0.5, b),
        {
          x: "b, with a = 0.5",
          y: "nats",
        },
      ),
    );
  },
});
