import type { Misconception, Mutant } from "../../exercise.ts";
import { line, type signatures } from "./piecewise-map.domain.ts";

const before = (phi: readonly number[], bin: number): number =>
  phi.slice(0, bin).reduce((sum, v) => sum + v, 0);
const binOf = (h: number, { length }: readonly number[]): number =>
  Math.min(Math.floor(length * h), length - 1);

/** Forward by what happens in the bin. */
const forward = (f: (h: number, phi: readonly number[], bin: number) => number) => ({
  piecewiseForward: (h: number, phi: readonly number[]) => f(h, phi, binOf(h, phi)),
});
/** Back by what happens in the bin where x lies, and the height at which that begins. */
const back = (f: (x: number, phi: readonly number[], bin: number, from: number) => number) => ({
  piecewiseInverse(x: number, phi: readonly number[]) {
    let [bin, from] = [0, 0];
    while (bin < phi.length - 1 && x >= from + phi[bin]) {
      from += phi[bin];
      bin += 1;
    }
    return f(x, phi, bin, from);
  },
});

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "index-one-too-low",
    explanation:
      "You read the bins as the print has them, with $b = \\lfloor Kh \\rfloor$ counted from 1. But $\\lfloor Kh \\rfloor$ is 0 in the first bin: it counts the bins *before* that of $h$. The sum runs over all $b$ of them, and the bin itself is `phi[b]` in code.",
    implementation: {
      piecewiseForward(h, phi) {
        const b = Math.floor(phi.length * h);
        return before(phi, b - 1 < 0 ? 0 : b - 1) + (phi.length * h - b) * (phi[b - 1] ?? Number.NaN);
      },
    },
    variants: [
      {
        piecewiseForward(h, phi) {
          const b = Math.floor(phi.length * h);
          return before(phi, b - 1 < 0 ? 0 : b - 1) + (phi.length * h - b) * (phi[b - 1] ?? 0);
        },
      },
    ],
  },
  {
    id: "nothing-at-the-upper-end",
    explanation:
      "At $h = 1$ your code reads beyond the last bin: $\\lfloor K \\cdot 1 \\rfloor = K$. Hold the index at $K - 1$.",
    implementation: {
      piecewiseForward(h, phi) {
        const b = Math.floor(phi.length * h);
        return before(phi, b) + (phi.length * h - b) * (phi[b] ?? Number.NaN);
      },
    },
  },
  {
    id: "first-bin-left-out",
    explanation:
      "Your sum begins with the second bin. The book's $k = 1$ is `phi[0]` in code, so that the index runs from 0 to $b - 1$.",
    implementation: forward(
      (h, phi, bin) => before(phi, bin) - (bin > 0 ? phi[0] : 0) + (phi.length * h - bin) * phi[bin],
    ),
    variants: [
      {
        piecewiseForward(h, phi) {
          const bin = Math.floor(phi.length * h);
          const sum = before(phi, bin) - (bin > 0 ? phi[0] : 0);
          return sum + (phi.length * h - bin) * (phi[bin] ?? Number.NaN);
        },
      },
    ],
  },
  {
    id: "position-not-in-bins",
    explanation:
      "You measure how far $h$ has come in its bin on the axis of $h$, where a bin is $1/K$ long. From 0 to 1 it is $Kh - b$.",
    implementation: forward((h, phi, bin) => before(phi, bin) + (h - bin / phi.length) * phi[bin]),
  },
  {
    id: "staircase",
    explanation:
      "Within a bin your value does not change: that is a staircase, which has no inverse. The part of its own bin that $h$ has already passed is missing.",
    implementation: forward((_h, phi, bin) => before(phi, bin)),
    variants: [forward((_h, phi, bin) => before(phi, bin + 1))],
  },
  {
    id: "own-bin-twice",
    explanation:
      "The sum already holds the bin in which $h$ lies, and then a part of it comes on top. Sum over the bins *before* it only.",
    implementation: forward((h, phi, bin) => before(phi, bin + 1) + (phi.length * h - bin) * phi[bin]),
  },
  {
    id: "slope-of-the-bin-by-hand",
    explanation:
      "Your line starts at the origin and not at the bin's lower corner: $Kh\\phi$ is how far a line of this slope rises *from 0*. Take $b$ away from $Kh$.",
    implementation: forward((h, phi, bin) => before(phi, bin) + phi.length * h * phi[bin]),
    variants: [forward((h, phi, bin) => phi.length * h * phi[bin])],
  },
  {
    id: "bins-of-equal-images",
    explanation:
      "You look for the bin by $\\lfloor Kx \\rfloor$. That works on the side where all bins are equally wide, and this is the other one: here bin $k$ is $\\phi_k$ long. Go through the sums of the $\\phi_k$ until the next one is beyond $x$.",
    implementation: {
      piecewiseInverse(x, phi) {
        const bin = binOf(x, phi);
        return (bin + (x - before(phi, bin)) / phi[bin]) / phi.length;
      },
    },
    variants: [
      {
        piecewiseInverse(x, phi) {
          const bin = Math.floor(phi.length * x);
          return (bin + (x - before(phi, bin)) / (phi[bin] ?? Number.NaN)) / phi.length;
        },
      },
    ],
  },
  {
    id: "not-scaled-back",
    explanation: "You count in bins: your result lies between 0 and $K$. A bin is $1/K$ of the interval.",
    implementation: back((x, phi, bin, from) => bin + (x - from) / phi[bin]),
  },
  {
    id: "offset-not-scaled",
    explanation:
      "The bin's beginning $b/K$ is right, and how far $x$ has come in the bin is right as a share, from 0 to 1. But the share is of a bin, which is $1/K$ long: divide it by $K$, too.",
    implementation: back((x, phi, bin, from) => bin / phi.length + (x - from) / phi[bin]),
  },
  {
    id: "multiplied-by-the-height",
    explanation:
      "You multiply $x - \\sum\\phi$ by $\\phi$. Forward it was a share *times* the height; to get the share back, divide.",
    implementation: back((x, phi, bin, from) => (bin + (x - from) * phi[bin]) / phi.length),
  },
  {
    id: "height-not-divided",
    explanation:
      "You take $x - \\sum\\phi$ for the share of the bin that has been passed. It is a height: divide it by $\\phi$ of the bin.",
    implementation: back((x, phi, bin, from) => (bin + (x - from)) / phi.length),
    variants: [back((x, phi, bin, from) => bin / phi.length + (x - from))],
  },
  {
    id: "reciprocal",
    explanation:
      "You returned one over the function. $f^{-1}$ is the function that goes *back*, not the reciprocal $1/f$.",
    implementation: { piecewiseInverse: (x, phi) => 1 / line.image(Math.min(1, x), phi) },
  },
  {
    id: "forward-twice",
    explanation: "You apply the map once more. Asked for is the $h$ that it takes to $x$.",
    implementation: {
      piecewiseInverse: (x, phi) => line.image(Math.min(1, x), phi),
    },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "identity", implementation: { piecewiseForward: (h) => h, piecewiseInverse: (x) => x } },
  {
    id: "six-digits",
    implementation: { piecewiseInverse: (x, phi) => Math.round(1e6 * line.preimage(x, phi)) / 1e6 },
  },
  {
    id: "nothing-rises-in-the-first-bin",
    implementation: {
      piecewiseForward: (h, phi) => (phi.length * h < 1 ? 0 : line.image(h, phi)),
    },
  },
  {
    id: "zero-at-the-end",
    implementation: { piecewiseForward: (h, phi) => (h === 1 ? 0 : line.image(h, phi)) },
  },
  {
    id: "no-bin-at-the-upper-end",
    implementation: {
      piecewiseInverse: (x, phi) => (x >= before(phi, phi.length) ? Number.NaN : line.preimage(x, phi)),
    },
  },
  {
    id: "lost-at-the-upper-end",
    implementation: {
      piecewiseInverse: (x, phi) => (x >= before(phi, phi.length) ? 0 : line.preimage(x, phi)),
    },
  },
];
