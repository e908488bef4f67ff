import type { Misconception, Mutant } from "../../exercise.ts";
import { texFactor } from "../../variants/tex.ts";
import { back, endOf, inside, type Square, type signatures, truth } from "./16-1-square.domain.ts";
import { normal } from "./density.ingredients.ts";

export function misconceptions(of: Square): readonly Misconception<typeof signatures>[] {
  const { factor, width } = of;
  const end = endOf(of);
  const isTextbook = factor === 1 && width === 1;
  const f = `${texFactor(factor)}z^2`;
  const steep = 2 * factor;
  /** The density by these numbers, but nowhere 0. */
  const formula = (x: number): number => 1 / (width * steep * back(of, x));
  const here = (x: number): boolean => inside(of, x);
  return [
    {
      id: "multiplied-by-the-slope",
      explanation:
        "You **multiplied** by the slope $|f'(z)|$. Where $f$ stretches an interval, the same mass is spread over a longer piece, so the density must go down: divide.",
      implementation: { density: (x) => (here(x) ? (steep * back(of, x)) / width : 0) },
      variants: [{ density: (x) => (steep * back(of, x)) / width }],
    },
    {
      id: "slope-at-x",
      explanation:
        "You took the slope of $f$ at $x$. The slope that counts is the one at the $z$ that was mapped to $x$, so first go back: $z = f^{-1}(x)$.",
      implementation: { density: (x) => (here(x) ? 1 / (width * steep * x) : 0) },
      variants: [{ density: (x) => 1 / (width * steep * x) }],
    },
    {
      id: "no-slope",
      explanation: `You returned the base density at $z$ alone. That would be right if $f$ only moved points; $${f}$ also squeezes and stretches, and the density pays for it by the factor $1/|f'(z)|$.`,
      implementation: { density: (x) => (here(x) ? 1 / width : 0) },
      variants: [{ density: () => 1 / width }],
    },
    {
      id: "inverse-instead-of-density",
      explanation: `You returned $z = f^{-1}(x)$ itself${width === 1 ? "" : ", or its share of the interval"}. That is the point the sample came from (${width === 1 ? "and here also" : "its share is"} the probability of being below $x$), not a density: differentiate ${width === 1 ? "it" : "that"}.`,
      implementation: { density: (x) => (here(x) ? back(of, x) : 0) },
      variants: [
        { density: (x) => back(of, x) },
        { density: (x) => (x < 0 ? 0 : Math.min(1, back(of, x) / width)) },
      ],
    },
    {
      id: "no-support",
      explanation: `The formula is right between 0 and ${end} but you use it everywhere. Outside $[0, ${end}]$ nothing arrives, so the density is 0 there, not what the formula happens to give.`,
      implementation: { density: formula },
    },
    {
      id: "absolute-value-for-support",
      explanation:
        "You made negative $x$ work with an absolute value. No real $z$ has a negative square: the density there is 0.",
      implementation: { density: (x) => (x <= end ? formula(Math.abs(x)) : 0) },
      variants: [
        { density: (x) => (Math.abs(x) <= end ? formula(Math.abs(x)) : 0) },
        { density: (x) => formula(Math.abs(x)) },
      ],
    },

    {
      id: "half-of-the-support",
      explanation: `You leave out one side: the density is 0 below 0 **and** above ${end}. Try your function on both sides.`,
      implementation: { density: (x) => (x > 0 ? formula(x) : 0) },
      variants: [
        { density: (x) => (x <= end ? formula(x) : 0) },
        { density: (x) => (x > -end && x <= end ? formula(x) : 0) },
      ],
    },
    {
      id: "twice-too-large",
      explanation: `You are twice too large everywhere. Either the 2 of the derivative of $z^2$ got lost, or you counted both roots, of which only the positive one lies in $[0, ${width}]$.`,
      implementation: { density: (x) => (here(x) ? 2 * formula(x) : 0) },
      variants: [{ density: (x) => 2 * formula(x) }],
    },
    {
      id: "slope-instead-of-density",
      explanation: `Your answer is the slope of $${f}$ at $x$${isTextbook ? ", which is also the density of $\\sqrt z$: the map read backwards" : ""}. Here $x$ is $${f}$. The density is the base density **divided** by the slope, at the $z$ that leads to $x$.`,
      implementation: { density: (x) => (here(x) ? steep * x : 0) },
      variants: [{ density: (x) => steep * x }],
    },
    {
      id: "half-of-the-root",
      explanation: `Your result grows with the root${isTextbook ? ": it is half of it, $\\tfrac12\\sqrt{x}$" : ""}. In code, \`1 / 2 * r\` is $(1/2) \\cdot r$, not $1/(2r)$: what stands below the line of a fraction needs parentheses.`,
      implementation: { density: (x) => (here(x) ? back(of, x) / (steep * width) : 0) },
      variants: [{ density: (x) => back(of, x) / (steep * width) }],
    },
    {
      id: "halved-instead-of-root",
      explanation:
        "You went back from $x$ to $z$ by halving. $f$ squares $z$, it does not double it: which number has the square $x$?",
      implementation: { density: (x) => (here(x) ? 1 / (width * factor * x) : 0) },
      variants: [{ density: (x) => 1 / (width * factor * x) }],
    },
    {
      id: "normal-base",
      explanation: `You took the normal density for the base. Here $z$ is **uniform** on $[0, ${width}]$: its density is ${width === 1 ? "1" : `1/${width}`} there and 0 elsewhere.`,
      implementation: {
        density: (x) => (x > 0 ? width * formula(x) * normal(back(of, x)) : 0),
      },
      variants: [{ density: (x) => (here(x) ? width * formula(x) * normal(back(of, x)) : 0) }],
    },
  ];
}

/** Wrong programs without a story. */
export function mutants(of: Square): readonly Mutant<typeof signatures>[] {
  const { factor, width } = of;
  const end = endOf(of);
  return [
    {
      id: "support-too-wide",
      implementation: { density: (x) => (x > 0 && x < 5 * end ? 1 / (2 * width * factor * back(of, x)) : 0) },
    },
    { id: "zero-everywhere", implementation: { density: () => 0 } },
    { id: "capped", implementation: { density: (x) => Math.min(2 / end, truth(of, x)) } },
    {
      id: "ripples",
      implementation: { density: (x) => truth(of, x) * (1 + 1e-5 * Math.sin((1e5 * x) / end)) },
    },
  ];
}
