import type { Misconception, Mutant } from "../../exercise.ts";
import { inside, type signatures, truth } from "./16-1-square.domain.ts";

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "multiplied-by-the-slope",
    explanation:
      "You **multiplied** by the slope $|f'(z)|$. Where $f$ stretches an interval, the same mass is spread over a longer piece, so the density must go down: divide.",
    implementation: { density: (x) => (inside(x) ? 2 * Math.sqrt(x) : 0) },
    variants: [{ density: (x) => 2 * Math.sqrt(x) }],
  },
  {
    id: "slope-at-x",
    explanation:
      "You took the slope of $f$ at $x$. The slope that counts is the one at the $z$ that was mapped to $x$, so first go back: $z = f^{-1}(x)$.",
    implementation: { density: (x) => (inside(x) ? 1 / (2 * x) : 0) },
    variants: [{ density: (x) => 1 / (2 * x) }],
  },
  {
    id: "no-slope",
    explanation:
      "You returned the base density at $z$ alone. That would be right if $f$ only moved points; $z^2$ also squeezes and stretches, and the density pays for it by the factor $1/|f'(z)|$.",
    implementation: { density: (x) => (inside(x) ? 1 : 0) },
    variants: [{ density: () => 1 }],
  },
  {
    id: "inverse-instead-of-density",
    explanation:
      "You returned $z = f^{-1}(x)$ itself. That is the point the sample came from (and here also the probability of being below $x$), not a density: differentiate it.",
    implementation: { density: (x) => (inside(x) ? Math.sqrt(x) : 0) },
    variants: [{ density: Math.sqrt }, { density: (x) => (x < 0 ? 0 : Math.min(1, Math.sqrt(x))) }],
  },
  {
    id: "no-support",
    explanation:
      "The formula is right between 0 and 1 but you use it everywhere. Outside $[0, 1]$ nothing arrives, so the density is 0 there, not what the formula happens to give.",
    implementation: { density: (x) => 1 / (2 * Math.sqrt(x)) },
  },
  {
    id: "absolute-value-for-support",
    explanation:
      "You made negative $x$ work with an absolute value. No real $z$ has a negative square: the density there is 0.",
    implementation: { density: (x) => (x <= 1 ? 1 / (2 * Math.sqrt(Math.abs(x))) : 0) },
    variants: [
      { density: (x) => (Math.abs(x) <= 1 ? 1 / (2 * Math.sqrt(Math.abs(x))) : 0) },
      { density: (x) => 1 / (2 * Math.sqrt(Math.abs(x))) },
    ],
  },

  {
    id: "half-of-the-support",
    explanation:
      "You leave out one side: the density is 0 below 0 **and** above 1. Try your function on both sides.",
    implementation: { density: (x) => (x > 0 ? 1 / (2 * Math.sqrt(x)) : 0) },
    variants: [
      { density: (x) => (x <= 1 ? 1 / (2 * Math.sqrt(x)) : 0) },
      { density: (x) => (x > -1 && x <= 1 ? 1 / (2 * Math.sqrt(x)) : 0) },
    ],
  },
  {
    id: "twice-too-large",
    explanation:
      "You are twice too large everywhere. Either the 2 of the derivative of $z^2$ got lost, or you counted both roots $\\pm\\sqrt{x}$, of which only one lies in $[0, 1]$.",
    implementation: { density: (x) => (inside(x) ? 1 / Math.sqrt(x) : 0) },
    variants: [{ density: (x) => 1 / Math.sqrt(x) }],
  },
  {
    id: "slope-instead-of-density",
    explanation:
      "Your answer is the slope of $z^2$ at $x$, which is also the density of $\\sqrt z$: the map read backwards. Here $x$ is the square of $z$. The density is the base density **divided** by the slope, at the $z$ that leads to $x$.",
    implementation: { density: (x) => (inside(x) ? 2 * x : 0) },
    variants: [{ density: (x) => 2 * x }],
  },
  {
    id: "half-of-the-root",
    explanation:
      "You returned half of the root, $\\tfrac12\\sqrt{x}$. In code, `1 / 2 * r` is $(1/2) \\cdot r$, not $1/(2r)$: what stands below the line of a fraction needs parentheses.",
    implementation: { density: (x) => (inside(x) ? Math.sqrt(x) / 2 : 0) },
    variants: [{ density: (x) => Math.sqrt(x) / 2 }],
  },
  {
    id: "halved-instead-of-root",
    explanation:
      "You went back from $x$ to $z$ by halving. $f$ squares $z$, it does not double it: which number has the square $x$?",
    implementation: { density: (x) => (inside(x) ? 1 / x : 0) },
    variants: [{ density: (x) => 1 / x }],
  },
  {
    id: "normal-base",
    explanation:
      "You took the normal density for the base. Here $z$ is **uniform** on $[0, 1]$: its density is 1 there and 0 elsewhere.",
    implementation: {
      density: (x) => (x > 0 ? Math.exp(-x / 2) / Math.sqrt(2 * Math.PI) / (2 * Math.sqrt(x)) : 0),
    },
    variants: [
      { density: (x) => (inside(x) ? Math.exp(-x / 2) / Math.sqrt(2 * Math.PI) / (2 * Math.sqrt(x)) : 0) },
    ],
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "support-too-wide",
    implementation: { density: (x) => (x > 0 && x < 5 ? 1 / (2 * Math.sqrt(x)) : 0) },
  },
  { id: "zero-everywhere", implementation: { density: () => 0 } },
  { id: "capped", implementation: { density: (x) => (inside(x) ? Math.min(2, truth(x)) : 0) } },
  { id: "ripples", implementation: { density: (x) => truth(x) * (1 + 1e-5 * Math.sin(1e5 * x)) } },
];
