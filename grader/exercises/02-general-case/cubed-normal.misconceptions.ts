import type { Misconception, Mutant } from "../../exercise.ts";
import { massTruth, type signatures } from "./cubed-normal.domain.ts";

const normal = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
/** Φ(z), for what is built from it. */
const below = (z: number): number => (1 + Math.sign(z) * massTruth(Math.abs(z) ** 3)) / 2;

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "slope-at-x",
    explanation:
      "You take the slope $3x^2$ at $x$. The slope of $f$ belongs to the $z$ from which $x$ came: $3z^2$ with $z = \\sqrt[3]{x}$.",
    implementation: { density: (x) => normal(Math.cbrt(x)) / (3 * x * x) },
  },
  {
    id: "base-at-x",
    explanation: "You take the base density at $x$. Go back first: $Pr(z)$ at $z = \\sqrt[3]{x}$.",
    implementation: { density: (x) => normal(x) / (3 * Math.cbrt(x) ** 2) },
    variants: [{ density: (x) => normal(x) / (3 * x * x) }],
  },
  {
    id: "multiplied-by-the-slope",
    explanation:
      "You **multiply** by the slope of $f$. Around 0 the cube is nearly flat: the mass of a whole interval of $z$ is crowded into hardly any room, and the density must become large there, not 0.",
    implementation: { density: (x) => normal(Math.cbrt(x)) * 3 * Math.cbrt(x) ** 2 },
  },
  {
    id: "no-slope",
    explanation: "You only go back: that is the density of $z$. Divide it by how much $f$ stretches there.",
    implementation: { density: (x) => normal(Math.cbrt(x)) },
  },
  {
    id: "slope-without-the-square",
    explanation: "The derivative of $z^3$ is $3z^2$. You divide by $3z$, or its size: the square is missing.",
    implementation: { density: (x) => normal(Math.cbrt(x)) / Math.abs(3 * Math.cbrt(x)) },
    variants: [{ density: (x) => normal(Math.cbrt(x)) / (3 * Math.cbrt(x)) }],
  },
  {
    id: "factor-3-forgotten",
    explanation: "The derivative of $z^3$ is $3z^2$; the 3 is missing.",
    implementation: { density: (x) => normal(Math.cbrt(x)) / Math.cbrt(x) ** 2 },
  },
  {
    id: "root-of-a-negative-number",
    explanation:
      "`x ** (1/3)` is NaN for a negative $x$: in floating point, $\\tfrac13$ is not quite a third, and JavaScript does not guess. The cube root itself exists there; use `Math.cbrt`.",
    implementation: { density: (x) => normal(x ** (1 / 3)) / (3 * x ** (2 / 3)) },
  },
  {
    id: "nothing-below-0",
    explanation:
      "You give no density to negative $x$. That would be right for $z^2$. The cube keeps the sign.",
    implementation: { density: (x) => (x > 0 ? normal(Math.cbrt(x)) / (3 * Math.cbrt(x) ** 2) : 0) },
  },
  {
    id: "one-side-only",
    explanation: "That is the mass on one side, between 0 and the radius. $|x| < r$ has two sides.",
    implementation: { massWithin: (radius) => massTruth(radius) / 2 },
  },
  {
    id: "distribution-function",
    explanation:
      "That is $Pr(x < r)$, all the mass below the radius. Take away what lies below $-r$: $2\\Phi - 1$.",
    implementation: { massWithin: (radius) => below(Math.cbrt(radius)) },
  },
  {
    id: "radius-not-taken-back",
    explanation: "You take $|z| < r$. The interval was one of $x$; its preimage is $|z| < \\sqrt[3]{r}$.",
    implementation: { massWithin: (radius) => massTruth(radius ** 3) },
    variants: [{ massWithin: (radius) => massTruth(radius ** 9) }],
  },
  {
    id: "density-times-length",
    explanation:
      "You multiply the density at the end of the interval by its length. That works where a density hardly changes. Here it is infinite in the middle, and most of the mass of a short interval sits there: three times as much as your product says.",
    implementation: {
      massWithin: (radius) =>
        radius === 0 ? 0 : (2 * radius * normal(Math.cbrt(radius))) / (3 * Math.cbrt(radius) ** 2),
    },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "capped",
    implementation: { density: (x) => Math.min(1e6, normal(Math.cbrt(x)) / (3 * Math.cbrt(x) ** 2)) },
  },
  { id: "none-in-a-short-interval", implementation: { massWithin: (r) => (r < 0.01 ? 0 : massTruth(r)) } },
  {
    id: "no-number-at-0",
    implementation: { massWithin: (r) => (r === 0 ? Number.NaN : massTruth(r)) },
  },
  { id: "all-of-it", implementation: { massWithin: () => 1 } },
  {
    id: "six-sigma",
    implementation: {
      density: (x) => (Math.abs(x) > 216 ? 0 : normal(Math.cbrt(x)) / (3 * Math.cbrt(x) ** 2)),
    },
  },
];
