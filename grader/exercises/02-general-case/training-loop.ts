import { exercise, prose } from "../../exercise.ts";
import { checks } from "./training-loop.checks.ts";
import { drawDomain, drawTruth, signatures, trainDomain, trainTruth } from "./training-loop.domain.ts";
import { misconceptions, mutants } from "./training-loop.misconceptions.ts";

export const trainingLoop = exercise({
  id: "02.training",
  path: "02-general-case/training-loop",
  title: "A training loop by hand",
  source:
    "The worked example of Gushchin's lecture on generative models (HSE, 2024), with its missing step size",
  statement: prose`
The simplest flow, in the *normalizing* direction: $z = ax + c$, with a standard normal base. Its average negative log-likelihood is
$$L(a, c) = \frac1I \sum_{i=1}^{I} \left(\tfrac12 z_i^2 - \log|a|\right) + \text{const}, \qquad z_i = a x_i + c.$$
Work out $\partial L/\partial a$ and $\partial L/\partial c$, and write \`train(data, rate, steps)\`: gradient descent from $a = 1$, $c = 0$, so many steps, both parameters at
once. Return \`{ a, c }\`. Then write \`generate(z, a, c)\`: the $x$ of every number of $z$, by the way back. There is at least one number in \`data\`; there may be no step, and the rate
goes from 0 to 2; \`z\` may be empty. Seven digits are to be right, so work with numbers, not with float32 tensors. The lists stay as they are.`,
  signatures,
  domains: { train: trainDomain, generate: drawDomain },
  checks,
  hints: [
    "$z_i$ depends on both parameters: $\\partial z_i/\\partial a = x_i$ and $\\partial z_i/\\partial c = 1$.",
    "$\\partial L/\\partial a = \\overline{z x} - 1/a$ and $\\partial L/\\partial c = \\overline{z}$, with bars for averages over the data.",
    "In the loop: compute all $z_i$ with the present $a$ and $c$, then both averages, and only then change $a$ and $c$. Back: $x = (z - c)/a$.",
  ],
  reference: {
    train(data, rate, steps) {
      const [a, c] = trainTruth([[...data], rate, steps]);
      return { a, c };
    },
    generate: (z, a, c) => drawTruth([[...z], a, c]),
  },
  misconceptions,
  mutants,
});
