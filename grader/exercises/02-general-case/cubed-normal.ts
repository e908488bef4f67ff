import { exercise, prose } from "../../exercise.ts";
import { texFactor } from "../../variants/tex.ts";
import { variedExercise } from "../../variants/varied.ts";
import { checks } from "./cubed-normal.checks.ts";
import {
  CUBE,
  type Cube,
  densityTruth,
  domainsOf,
  drawCube,
  massTruth,
  signatures,
} from "./cubed-normal.domain.ts";
import { misconceptions, mutants } from "./cubed-normal.misconceptions.ts";

const rootOf = (letter: string, { factor }: Cube): string =>
  factor === 1 ? `\\sqrt[3]{${letter}}` : `\\sqrt[3]{${letter}/${factor}}`;

const withCube = (of: Cube) =>
  exercise({
    id: "02.cube",
    path: "02-general-case/cubed-normal",
    title: "Differentiable is not enough",
    source: "Section 16.2.2 of Prince, Understanding Deep Learning, with the condition on the inverse",
    statement: prose`
$f(z) = ${texFactor(of.factor)}z^3$ is differentiable everywhere and invertible everywhere. Let $z$ be standard normal and $x = f(z)$. Write \`density(x)\` for every $x \ne 0$, with eight digits
right; and \`massWithin(radius)\`, the probability that $|x|$ is below the radius (0 or more), with eight places behind the point. Look at both for a small $x$, or a small radius. (A fine sum over the bell will do, or the library's distribution function of the normal. Work with numbers, not with float32 tensors.)`,
    signatures,
    domains: domainsOf(of),
    checks: checks(of),
    hints: [
      "Equation 16.1 as ever: which $z$, and which slope there? `Math.cbrt` gives the cube root of a negative number, too.",
      `$Pr(x) = Pr(z)/(${3 * of.factor}z^2)$ with $z = ${rootOf("x", of)}$. And $|${texFactor(of.factor)}z^3| < r$ is $|z| < ${rootOf("r", of)}$.`,
      `The mass between $-\\zeta$ and $\\zeta$ of a standard normal is $2\\Phi(\\zeta) - 1$, with $\\zeta = ${rootOf("r", of)}$.`,
    ],
    reference: { density: (x) => densityTruth(of, x), massWithin: (radius) => massTruth(of, radius) },
    misconceptions: misconceptions(of),
    mutants: mutants(of),
  });

export const cubedNormal = variedExercise(withCube, { numbers: CUBE, draw: drawCube });
