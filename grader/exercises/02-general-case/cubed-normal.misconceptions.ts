import type { Misconception, Mutant } from "../../exercise.ts";
import { texFactor } from "../../variants/tex.ts";
import { type Cube, massBetween, massTruth, type signatures } from "./cubed-normal.domain.ts";

const normal = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
/** Φ(z), for what is built from it. */
const below = (z: number): number => (1 + Math.sign(z) * massBetween(Math.abs(z))) / 2;

export function misconceptions(of: Cube): readonly Misconception<typeof signatures>[] {
  const { factor } = of;
  const back = (x: number): number => Math.cbrt(x / factor);
  // The slope of f is three times the factor, times z².
  const steep = 3 * factor;
  const f = `${texFactor(factor)}z^3`;
  const preimage = factor === 1 ? "\\sqrt[3]{x}" : `\\sqrt[3]{x/${factor}}`;
  const end = factor === 1 ? "\\sqrt[3]{r}" : `\\sqrt[3]{r/${factor}}`;
  return [
    {
      id: "slope-at-x",
      explanation: `You take the slope $${steep}x^2$ at $x$. The slope of $f$ belongs to the $z$ from which $x$ came: $${steep}z^2$ with $z = ${preimage}$.`,
      implementation: { density: (x) => normal(back(x)) / (steep * x * x) },
    },
    {
      id: "base-at-x",
      explanation: `You take the base density at $x$. Go back first: $Pr(z)$ at $z = ${preimage}$.`,
      implementation: { density: (x) => normal(x) / (steep * back(x) ** 2) },
      variants: [{ density: (x) => normal(x) / (steep * x * x) }],
    },
    {
      id: "multiplied-by-the-slope",
      explanation:
        "You **multiply** by the slope of $f$. Around 0 the cube is nearly flat: the mass of a whole interval of $z$ is crowded into hardly any room, and the density must become large there, not 0.",
      implementation: { density: (x) => normal(back(x)) * steep * back(x) ** 2 },
    },
    {
      id: "no-slope",
      explanation: "You only go back: that is the density of $z$. Divide it by how much $f$ stretches there.",
      implementation: { density: (x) => normal(back(x)) },
    },
    {
      id: "slope-without-the-square",
      explanation: `The derivative of $${f}$ is $${steep}z^2$. You divide by $${steep}z$, or its size: the square is missing.`,
      implementation: { density: (x) => normal(back(x)) / Math.abs(steep * back(x)) },
      variants: [{ density: (x) => normal(back(x)) / (steep * back(x)) }],
    },
    {
      id: "factor-3-forgotten",
      explanation: `The derivative of $${f}$ is $${steep}z^2$; the 3 of the exponent is missing.`,
      implementation: { density: (x) => normal(back(x)) / (factor * back(x) ** 2) },
    },
    {
      id: "root-of-a-negative-number",
      explanation:
        "A negative number `** (1/3)` is NaN: in floating point, $\\tfrac13$ is not quite a third, and JavaScript does not guess. The cube root itself exists there; use `Math.cbrt`.",
      implementation: { density: (x) => normal((x / factor) ** (1 / 3)) / (steep * (x / factor) ** (2 / 3)) },
    },
    {
      id: "nothing-below-0",
      explanation:
        "You give no density to negative $x$. That would be right for $z^2$. The cube keeps the sign.",
      implementation: { density: (x) => (x > 0 ? normal(back(x)) / (steep * back(x) ** 2) : 0) },
    },
    {
      id: "one-side-only",
      explanation: "That is the mass on one side, between 0 and the radius. $|x| < r$ has two sides.",
      implementation: { massWithin: (radius) => massTruth(of, radius) / 2 },
    },
    {
      id: "distribution-function",
      explanation:
        "That is $Pr(x < r)$, all the mass below the radius. Take away what lies below $-r$: $2\\Phi - 1$.",
      implementation: { massWithin: (radius) => below(back(radius)) },
    },
    {
      id: "radius-not-taken-back",
      explanation: `You take $|z| < r$. The interval was one of $x$; its preimage is $|z| < ${end}$.`,
      implementation: { massWithin: (radius) => massBetween(radius) },
      variants: [{ massWithin: (radius) => massBetween(factor * radius ** 3) }],
    },
    {
      id: "density-times-length",
      explanation:
        "You multiply the density at the end of the interval by its length. That works where a density hardly changes. Here it is infinite in the middle, and most of the mass of a short interval sits there: three times as much as your product says.",
      implementation: {
        massWithin: (radius) =>
          radius === 0 ? 0 : (2 * radius * normal(back(radius))) / (steep * back(radius) ** 2),
      },
    },
  ];
}

/** Wrong programs without a story. */
export function mutants(of: Cube): readonly Mutant<typeof signatures>[] {
  const { factor } = of;
  const back = (x: number): number => Math.cbrt(x / factor);
  const steep = 3 * factor;
  return [
    {
      id: "capped",
      implementation: { density: (x) => Math.min(1e6, normal(back(x)) / (steep * back(x) ** 2)) },
    },
    {
      id: "none-in-a-short-interval",
      implementation: { massWithin: (r) => (r < 0.01 * factor ? 0 : massTruth(of, r)) },
    },
    {
      id: "no-number-at-0",
      implementation: { massWithin: (r) => (r === 0 ? Number.NaN : massTruth(of, r)) },
    },
    { id: "all-of-it", implementation: { massWithin: () => 1 } },
    {
      id: "six-sigma",
      implementation: {
        density: (x) => (Math.abs(x) > 216 * factor ? 0 : normal(back(x)) / (steep * back(x) ** 2)),
      },
    },
  ];
}
