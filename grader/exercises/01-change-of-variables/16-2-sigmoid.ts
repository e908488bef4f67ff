import { exercise, prose } from "../../exercise.ts";
import { grid, yoursAgainstAsked } from "../../explanation/illustration.ts";
import { variedExercise } from "../../variants/varied.ts";
import { checks } from "./16-2-sigmoid.checks.ts";
import {
  back,
  domainOf,
  drawSigmoid,
  endOf,
  isTextbook,
  type Sigmoid,
  signatures,
  slope,
  TEXTBOOK,
  truth,
} from "./16-2-sigmoid.domain.ts";
import { sigmoidMixtures } from "./16-2-sigmoid.ingredients.ts";
import { misconceptions, mutants } from "./16-2-sigmoid.misconceptions.ts";
import { texAboveLow, texBelowEnd, texForward, texSlope } from "./16-2-sigmoid.texts.ts";

/** From where to where the digits are asked. */
const texDigits = (of: Sigmoid): string =>
  isTextbook(of)
    ? "Nine digits are to be right for $x$ from $10^{-7}$ to $1 - 10^{-7}$"
    : `Seven digits are to be right for $x$ from $${of.low} + ${of.width} \\cdot 10^{-7}$ to $${endOf(of)} - ${of.width} \\cdot 10^{-7}$`;

const withSigmoid = (of: Sigmoid) =>
  exercise({
    id: "16.2",
    path: "01-change-of-variables/16-2-sigmoid",
    title: "The density of a squashed normal variable",
    source: "Prince, Understanding Deep Learning, Problem 16.2",
    statement: prose`
Let $z$ have the standard normal density $Pr(z) = \frac{1}{\sqrt{2\pi}} e^{-z^2/2}$ and let
$x = f(z) = ${texForward(of)}$. Write \`sigmoidDensity(x)\`, the density $Pr(x)$ of $x$, for every real $x$.
At the ends $x = ${of.low}$ and $x = ${endOf(of)}$ return the limit. ${texDigits(of)}; still
closer to the ends the density is below $10^{-45}$, and anything below that is right.`,
    signatures,
    domains: { sigmoidDensity: domainOf(of) },
    checks: checks(of),
    hints: [
      `Solve $x = ${isTextbook(of) ? "1/(1 + e^{-z})" : texForward(of)}$ for $z$ first.`,
      `$z = \\log\\frac{${texAboveLow(of)}}{${texBelowEnd(of)}}$, and the slope of ${isTextbook(of) ? "the sigmoid" : "$f$"} can be written with its own value: $f'(z) = ${texSlope(of)}$.`,
      `$Pr(x) = Pr(z) / f'(z)$ with that $z$. Outside $(${of.low}, ${endOf(of)})$, and at its ends, return 0.`,
    ],
    reference: { sigmoidDensity: (x) => truth(of, x) },
    parts: [
      {
        export: "sigmoidDensity",
        by: "product",
        of: [
          {
            name: "the exponential $e^{-z^2/2}$",
            value: ({ inputs: [x] }) => Math.exp(-0.5 * back(of, x) ** 2),
          },
          { name: "the factor $1/|f'(z)|$", value: ({ inputs: [x] }) => 1 / slope(of, x) },
        ],
      },
    ],
    ingredients: [{ export: "sigmoidDensity", mixtures: () => sigmoidMixtures(of) }],
    misconceptions: misconceptions(of),
    mutants: mutants(of),
    illustrate: (learner) =>
      yoursAgainstAsked(
        grid(-0.1, 1.1, 61).map((part) => of.low + of.width * part),
        learner.sigmoidDensity,
        (x) => truth(of, x),
        { x: "x", y: "Pr(x)" },
      ),
  });

export const sigmoidOfNormal = variedExercise(withSigmoid, { numbers: TEXTBOOK, draw: drawSigmoid });
