import { exercise, prose } from "../../exercise.ts";
import { grid, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { checks } from "./16-2-sigmoid.checks.ts";
import { domain, logit, signatures, truth } from "./16-2-sigmoid.domain.ts";
import { sigmoidMixtures } from "./16-2-sigmoid.ingredients.ts";
import { misconceptions, mutants } from "./16-2-sigmoid.misconceptions.ts";

export const sigmoidOfNormal = exercise({
  id: "16.2",
  path: "01-change-of-variables/16-2-sigmoid",
  title: "The density of a squashed normal variable",
  source: "Prince, Understanding Deep Learning, Problem 16.2",
  statement: prose`
Let $z$ have the standard normal density $Pr(z) = \frac{1}{\sqrt{2\pi}} e^{-z^2/2}$ and let
$x = f(z) = \frac{1}{1 + e^{-z}}$. Write \`sigmoidDensity(x)\`, the density $Pr(x)$ of $x$, for every real $x$.
At the ends $x = 0$ and $x = 1$ return the limit. Nine digits are to be right for $x$ from $10^{-7}$ to $1 - 10^{-7}$; still
closer to the ends the density is below $10^{-45}$, and anything below that is right.`,
  signatures,
  domains: { sigmoidDensity: domain },
  checks,
  hints: [
    "Solve $x = 1/(1 + e^{-z})$ for $z$ first.",
    "$z = \\log\\frac{x}{1 - x}$, and the slope of the sigmoid can be written with its own value: $f'(z) = x(1 - x)$.",
    "$Pr(x) = Pr(z) / (x(1 - x))$ with that $z$. Outside $(0, 1)$, and at its ends, return 0.",
  ],
  reference: { sigmoidDensity: truth },
  parts: [
    {
      export: "sigmoidDensity",
      by: "product",
      of: [
        { name: "the exponential $e^{-z^2/2}$", value: ({ inputs: [x] }) => Math.exp(-0.5 * logit(x) ** 2) },
        { name: "the factor $1/|f'(z)|$", value: ({ inputs: [x] }) => 1 / (x * (1 - x)) },
      ],
    },
  ],
  ingredients: [{ export: "sigmoidDensity", mixtures: sigmoidMixtures }],
  misconceptions,
  mutants,
  illustrate: (learner) =>
    yoursAgainstAsked(grid(-0.1, 1.1, 61), learner.sigmoidDensity, truth, { x: "x", y: "Pr(x)" }),
});
