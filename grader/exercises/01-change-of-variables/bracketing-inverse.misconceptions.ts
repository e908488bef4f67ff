import type { Misconception, Mutant } from "../../exercise.ts";
import { bisect, widen } from "./bracketing-inverse.bisection.ts";
import type { signatures } from "./bracketing-inverse.domain.ts";
import {
  aboutZero,
  findsX,
  stopsAtEnds,
  whatBounds,
  wholeNumbers,
  wrong,
} from "./bracketing-inverse.shows.ts";

const TOLERANCES = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-10, 1e-11, 1e-12, 1e-14];

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "width-instead-of-place",
    explanation:
      "Your answers are all next to 0, whatever $z$ is. So narrow is the **width** of a bracket in the end, or the difference $f(z) - x$; asked for is the place.",
    implementation: { invert: () => 0 },
    shows: aboutZero,
  },
  {
    id: "straight-line",
    explanation:
      "Your answers are right where `forward` is a straight line, and wrong where it bends. A line through two points, or a few steps along such lines, ends at $z$ only if there is no bend.",
    implementation: { invert: (f, x) => (x - f(0)) / (f(1) - f(0)) },
    variants: [
      {
        invert: (f, x) => {
          const z = (x - f(0)) / (f(1) - f(0));
          return z - (f(z) - x) / (f(1) - f(0));
        },
      },
      ...[1e-3, 1e-4, 1e-5, 1e-6].map((h) => ({
        invert: (f: (z: number) => number, x: number) => ((x - f(0)) * 2 * h) / (f(h) - f(-h)),
      })),
      { invert: (f, x) => -1 + (2 * (x - f(-1))) / (f(1) - f(-1)) },
    ],
  },
  {
    id: "whole-numbers-only",
    explanation:
      "Your answers are whole numbers beside $z$: something rounds, the middle of the bracket for example. Between two whole numbers the halving has to go on.",
    implementation: {
      invert: (f, x) => Math.floor(bisect(f, x, widen(f, x), (low, high) => high - low < 1e-12)),
    },
    shows: wholeNumbers,
  },
  // Before the next, whose answers are x as well as far as its bracket reaches.
  {
    id: "image-instead-of-z",
    explanation:
      "You returned $x$, or $f$ of the $z$ that you found, which is the same. Asked for is the $z$ itself.",
    implementation: { invert: (_f, x) => x },
    shows: (answers) =>
      answers.length > 2 &&
      answers.every(
        ({ inputs: [, x], got = Number.NaN }) => Math.abs(got - x) <= 1e-6 * Math.max(1, Math.abs(x)),
      ),
  },
  {
    id: "looks-for-the-image-of-x",
    explanation:
      "The $z$ that you find is $x$ itself, so far as your bracket reaches: you compare `forward(middle)` with `forward(x)`. But $x$ is an image already: compare with $x$.",
    implementation: {
      invert: (f, x) =>
        bisect(f, f(x), widen(f, x), (low, high, middle) => middle === low || middle === high),
    },
    shows: findsX,
  },
  {
    id: "fixed-bracket",
    explanation:
      "Your answers stop at the ends of a bracket that does not grow far enough. Nothing says that $z$ lies inside it: widen it until it does.",
    implementation: { invert: (f, x) => bisect(f, x, [-10, 10], (low, high) => high - low < 1e-12) },
    shows: (answers) => stopsAtEnds(answers) === "both",
  },
  {
    id: "stops-on-the-residual",
    explanation:
      "You stop when $|f(z) - x|$ is small. Where $f$ is flat, that is true of wrong $z$ as well; where it is steep, it may never be. Stop by the width of the bracket.",
    implementation: {
      invert: (f, x) => bisect(f, x, widen(f, x), (_low, _high, middle) => Math.abs(f(middle) - x) < 1e-9),
    },
    variants: TOLERANCES.map((tolerance) => ({
      invert: (f: (z: number) => number, x: number) =>
        bisect(f, x, widen(f, x), (_l, _h, middle) => Math.abs(f(middle) - x) < tolerance),
    })),
    shows: (answers) => whatBounds(answers) === "residual",
  },
  {
    id: "stops-too-early",
    explanation:
      "You are close, but your error is above the $10^{-9}$ that is asked for: your code ends before it is there. A halving gains one binary digit, so it takes about 30 from a bracket of width 1 and more from a wider one; steps of a fixed size or a table with gaps gain far less.",
    implementation: { invert: (f, x) => bisect(f, x, widen(f, x), (low, high) => high - low < 1e-3) },
    shows: (answers) => whatBounds(answers) === "width",
  },
  {
    id: "wrong-half",
    explanation:
      "Your answer is an end of the bracket that you began with, so you keep the wrong half (or halve nothing). `forward` is increasing: if `forward(middle)` is below $x$, the answer lies **above** the middle.",
    implementation: {
      invert: (f, x) =>
        bisect(
          (z) => 2 * x - f(z),
          x,
          widen(f, x),
          (low, high) => high - low < 1e-12,
        ),
    },
    variants: [{ invert: (f, x) => widen(f, x)[0] }, { invert: (f, x) => widen(f, x)[1] }],
    shows(answers) {
      // A bracket that was doubled has a power of 2 at each end.
      const off = answers.filter(wrong);
      return (
        off.length > 2 &&
        off.every(({ got = 0 }) => Math.abs(got) >= 1 && Number.isInteger(Math.log2(Math.abs(got))))
      );
    },
  },

  {
    id: "one-sided-bracket",
    explanation:
      "Your bracket grows to one side only. $z$ can be negative as well as positive: widen **both** ends until $x$ lies between their images.",
    implementation: {
      invert: (f, x) => bisect(f, x, [0, widen(f, x)[1]], (low, high) => high - low < 1e-12),
    },
    variants: [
      { invert: (f, x) => bisect(f, x, [-1, widen(f, x)[1]], (low, high) => high - low < 1e-12) },
      { invert: (f, x) => bisect(f, x, [widen(f, x)[0], 0], (low, high) => high - low < 1e-12) },
      { invert: (f, x) => bisect(f, x, [widen(f, x)[0], 1], (low, high) => high - low < 1e-12) },
    ],
    shows: (answers) => stopsAtEnds(answers) === "one",
  },
  {
    id: "applied-instead-of-inverted",
    explanation:
      "You applied `forward` to $x$. It leads from $z$ to $x$; here $x$ is given, and the $z$ is looked for.",
    implementation: { invert: (f, x) => f(x) },
  },
  {
    id: "reciprocal-instead-of-inverse",
    explanation:
      "You divided 1 by the value of `forward`. $f^{-1}$ is the **inverse function**, the way back from $x$ to $z$; it is not $1/f$.",
    implementation: { invert: (f, x) => 1 / f(x) },
    variants: [{ invert: (_f, x) => 1 / x }, { invert: (f, x) => f(1 / x) }],
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "twenty-eight-halvings",
    implementation: {
      invert: (f, x) => {
        let [low, high] = widen(f, x);
        for (let i = 0; i < 28; i++) {
          const middle = (low + high) / 2;
          if (f(middle) < x) low = middle;
          else high = middle;
        }
        return low;
      },
    },
  },
  {
    id: "newton-without-a-bracket",
    implementation: {
      invert: (f, x) => {
        let z = 0;
        for (let i = 0; i < 50; i++) z -= ((f(z) - x) * 2e-6) / (f(z + 1e-6) - f(z - 1e-6));
        return z;
      },
    },
  },
];
