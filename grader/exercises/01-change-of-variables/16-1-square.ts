import { exercise, prose } from "../../exercise.ts";
import { grid, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { checks } from "./16-1-square.checks.ts";
import { domain, signatures, truth } from "./16-1-square.domain.ts";
import { squareMixtures } from "./16-1-square.ingredients.ts";
import { misconceptions, mutants } from "./16-1-square.misconceptions.ts";

export const square = exercise({
  id: "16.1",
  path: "01-change-of-variables/16-1-square",
  title: "The density of a squared uniform variable",
  source: "Prince, Understanding Deep Learning, Problem 16.1",
  statement: prose`
Let $z$ be uniform on $[0, 1]$ and let $x = f(z) = z^2$. Write \`density(x)\`, the density $Pr(x)$ of $x$, for **every** real $x$,
with seven digits right. (At $x = 0$ and $x = 1$ themselves, and between 0 and $10^{-307}$, the checks do not ask. Float32 tensors will do: fewer digits are then asked.)`,
  signatures,
  domains: { density: domain },
  checks,
  hints: [
    "Two questions settle it: which $z$ leads to a given $x$, and how much does $f$ stretch around that $z$?",
    "$Pr(x) = Pr(z) / |f'(z)|$ with $z = \\sqrt{x}$ and $f'(z) = 2z$. The base density is 1 on $[0, 1]$ and 0 elsewhere.",
    "Inside the interval the only thing left is to put $z = \\sqrt{x}$ into $1 / (2z)$. Outside it, return 0.",
  ],
  reference: { density: truth },
  parts: [
    {
      export: "density",
      by: "product",
      of: [{ name: "the factor $1/|f'(z)|$", value: ({ inputs: [x] }) => 1 / (2 * Math.sqrt(x)) }],
    },
  ],
  ingredients: [{ export: "density", mixtures: squareMixtures }],
  misconceptions,
  mutants,
  illustrate: (learner) =>
    yoursAgainstAsked(
      grid(-0.2, 1.2, 71).map((x) => x + 0.01),
      learner.density,
      truth,
      { x: "x", y: "Pr(x)" },
    ),
});
