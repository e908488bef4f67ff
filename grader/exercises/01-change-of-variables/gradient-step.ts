import { exercise, prose } from "../../exercise.ts";
import { grid, panels, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { checks } from "./gradient-step.checks.ts";
import { domain, moments, signatures } from "./gradient-step.domain.ts";
import { stepMixtures } from "./gradient-step.ingredients.ts";
import { misconceptions, mutants } from "./gradient-step.misconceptions.ts";

export const gradientStep = exercise({
  id: "1D.step",
  path: "01-change-of-variables/gradient-step",
  title: "One gradient step of a 1D flow",
  source: "Section 16.1.3 of Prince, Understanding Deep Learning",
  statement: prose`
The same flow $x = e^a z + b$. Its **average** negative log-likelihood is $L(a, b) = \frac1I \sum_i \left(a + \tfrac12 z_i^2\right) + \text{const}$ with
$z_i = (x_i - b)e^{-a}$. Work out $\partial L/\partial a$ and $\partial L/\partial b$ by hand and write
\`gradientStep(data, a, b, rate)\`: one step of gradient descent with learning rate \`rate\` on both parameters at once. Return \`{ a, b }\`.
There is at least one data point, and \`data\` stays as it is; \`a\`, \`b\` and \`rate\` are any numbers with $|a| \le 10$,
$|b| \le 10^4$ and $|\text{rate}| \le 100$. Six digits are to be right (of the largest of the terms that you add), so that you may
compute in float32 tensors.`,
  signatures,
  domains: { gradientStep: domain },
  checks,
  hints: [
    "Differentiate under the sum; only the chain rule is needed.",
    "$\\partial L/\\partial a = 1 - \\overline{z^2}$ and $\\partial L/\\partial b = -e^{-a}\\,\\overline{z}$, where the bar is the average over the data.",
    "New value = old value − rate × gradient, with both gradients taken at the old $(a, b)$.",
  ],
  reference: {
    gradientStep: (data, a, b, rate) => {
      const { z, zz } = moments(data, a, b);
      return { a: a - rate * (1 - zz), b: b + rate * Math.exp(-a) * z };
    },
  },
  parts: [
    {
      export: "gradientStep",
      field: "a",
      by: "sum",
      of: [
        { name: "the old $a$", value: ({ inputs: [, a] }) => a },
        { name: "the 1 of $\\partial L/\\partial a$", value: ({ inputs: [, , , rate] }) => -rate },
        {
          name: "the average of $z_i^2$",
          value: ({ inputs: [data, a, b, rate] }) => rate * moments(data, a, b).zz,
        },
      ],
    },
    {
      export: "gradientStep",
      field: "b",
      by: "sum",
      of: [
        { name: "the old $b$", value: ({ inputs: [, , b] }) => b },
        {
          name: "rate times $\\partial L/\\partial b$",
          value: ({ inputs: [data, a, b, rate] }) => rate * Math.exp(-a) * moments(data, a, b).z,
        },
      ],
    },
  ],
  ingredients: [{ export: "gradientStep", mixtures: stepMixtures }],
  misconceptions,
  mutants,
  async illustrate(learner) {
    const data = [-1, 0.5, 2, 3];
    const rate = 0.5;
    const ask = (a: number, b: number) => {
      const { z, zz } = moments(data, a, b);
      return { a: -rate * (1 - zz), b: rate * Math.exp(-a) * z };
    };
    return panels(
      await yoursAgainstAsked(
        grid(-0.4, 1.6, 41),
        async (a) => (await learner.gradientStep(data, a, -1, rate)).a - a,
        (a) => ask(a, -1).a,
        { x: "a, with b = −1", y: "step in a" },
      ),
      await yoursAgainstAsked(
        grid(-3, 5, 41),
        async (b) => (await learner.gradientStep(data, 0.2, b, rate)).b - b,
        (b) => ask(0.2, b).b,
        { x: "b, with a = 0.2", y: "step in b" },
      ),
    );
  },
});
