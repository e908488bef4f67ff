import { exercise, prose } from "../../exercise.ts";
import { grid, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { texFactor } from "../../variants/tex.ts";
import { variedExercise } from "../../variants/varied.ts";
import { checks } from "./16-1-square.checks.ts";
import {
  back,
  domainOf,
  drawSquare,
  endOf,
  type Square,
  signatures,
  TEXTBOOK,
  truth,
} from "./16-1-square.domain.ts";
import { squareMixtures } from "./16-1-square.ingredients.ts";
import { misconceptions, mutants } from "./16-1-square.misconceptions.ts";

const rootOf = ({ factor }: Square): string => (factor === 1 ? "\\sqrt{x}" : `\\sqrt{x/${factor}}`);

const withSquare = (of: Square) =>
  exercise({
    id: "16.1",
    path: "01-change-of-variables/16-1-square",
    title: "The density of a squared uniform variable",
    source: "Prince, Understanding Deep Learning, Problem 16.1",
    statement: prose`
Let $z$ be uniform on $[0, ${of.width}]$ and let $x = f(z) = ${texFactor(of.factor)}z^2$. Write \`density(x)\`, the density $Pr(x)$ of $x$, for **every** real $x$,
with seven digits right. (At $x = 0$ and $x = ${endOf(of)}$ themselves, and between 0 and $10^{-307}$, the checks do not ask. Float32 tensors will do: fewer digits are then asked.)`,
    signatures,
    domains: { density: domainOf(of) },
    checks: checks(of),
    hints: [
      "Two questions settle it: which $z$ leads to a given $x$, and how much does $f$ stretch around that $z$?",
      `$Pr(x) = Pr(z) / |f'(z)|$ with $z = ${rootOf(of)}$ and $f'(z) = ${2 * of.factor}z$. The base density is ${of.width === 1 ? 1 : `1/${of.width}`} on $[0, ${of.width}]$ and 0 elsewhere.`,
      `Inside the interval the only thing left is to put $z = ${rootOf(of)}$ into $1 / (${2 * of.factor * of.width}z)$. Outside it, return 0.`,
    ],
    reference: { density: (x) => truth(of, x) },
    parts: [
      {
        export: "density",
        by: "product",
        of: [
          { name: "the factor $1/|f'(z)|$", value: ({ inputs: [x] }) => 1 / (2 * of.factor * back(of, x)) },
        ],
      },
    ],
    ingredients: [{ export: "density", mixtures: () => squareMixtures(of) }],
    misconceptions: misconceptions(of),
    mutants: mutants(of),
    illustrate: (learner) =>
      yoursAgainstAsked(
        grid(-0.2, 1.2, 71).map((x) => endOf(of) * (x + 0.01)),
        learner.density,
        (x) => truth(of, x),
        { x: "x", y: "Pr(x)" },
      ),
  });

export const square = variedExercise(withSquare, { numbers: TEXTBOOK, draw: drawSquare });
