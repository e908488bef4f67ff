import type { Misconception, Mutant } from "../../exercise.ts";
import {
  type Asked,
  determinantTruth,
  jacobianTruth,
  type signatures,
  slopes,
} from "./16-8-piecewise-linear.domain.ts";

const diagonal = (on: readonly number[]): number[][] => on.map((v, i) => on.map((_, j) => (i === j ? v : 0)));
const multiply = (on: readonly number[]): number => on.reduce((product, v) => product * v, 1);

/** Both functions by these slopes. */
const bySlopes = (of: (asked: Asked) => number[]) => ({
  jacobian: (...asked: Asked) => diagonal(of(asked)),
  determinant: (...asked: Asked) => multiply(of(asked)),
});
/** Only the determinant. */
const byNumber = (determinant: (asked: Asked) => number) => ({
  determinant: (...asked: Asked) => determinant(asked),
});

const binOf = (h: number, bins: number): number => Math.min(Math.floor(bins * h), bins - 1);

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "height-as-slope",
    explanation:
      "Your slope is $\\phi_{b+1}$, as the caption of figure 16.5 has it. But $\\phi_{b+1}$ is how far the bin *rises*, and it is only $1/K$ wide: height over width.",
    implementation: bySlopes(([h, phi]) => h.map((v) => phi[binOf(v, phi.length)])),
    variants: [{ jacobian: (h, phi) => diagonal(h.map((v) => phi[binOf(v, phi.length)])) }],
  },
  {
    id: "divided-by-the-number-of-bins",
    explanation: "You divide by $K$. A bin is $1/K$ wide, and to divide by $1/K$ is to multiply by $K$.",
    implementation: bySlopes(([h, phi]) => h.map((v) => phi[binOf(v, phi.length)] / phi.length)),
  },
  {
    id: "index-one-too-low",
    explanation:
      "Your slope is that of the bin before. In the book bins are counted from 1, and $b = \\lfloor Kh \\rfloor$ is how many bins lie wholly to the left of $h$: it lies in bin $b + 1$, which is `phi[b]` in code.",
    implementation: bySlopes(([h, phi]) =>
      h.map((v) => phi.length * (phi[Math.floor(phi.length * v) - 1] ?? Number.NaN)),
    ),
    variants: [
      bySlopes(([h, phi]) => h.map((v) => phi.length * (phi[Math.floor(phi.length * v) - 1] ?? 0))),
      bySlopes(([h, phi]) => h.map((v) => phi.length * phi[Math.max(0, binOf(v, phi.length) - 1)])),
    ],
  },
  {
    id: "nothing-at-the-upper-end",
    explanation:
      "At $h = 1$ your code reads beyond the last bin: $\\lfloor K \\cdot 1 \\rfloor = K$, and `phi[K]` is not there. The upper end belongs to the last bin: `Math.min(Math.floor(K * h), K - 1)`.",
    implementation: bySlopes(([h, phi]) =>
      h.map((v) => phi.length * (phi[Math.floor(phi.length * v)] ?? Number.NaN)),
    ),
    variants: [bySlopes(([h, phi]) => h.map((v) => phi.length * (phi[Math.floor(phi.length * v)] ?? 0)))],
  },
  {
    id: "slope-of-the-inverse",
    explanation:
      "Your slopes are those of the way back, $1/(K\\phi)$. Asked for is $\\partial f/\\partial h$, of the forward direction.",
    implementation: { jacobian: (...asked) => diagonal(slopes(asked).map((v) => 1 / v)) },
  },
  {
    id: "edge-to-the-left",
    explanation:
      "At an inner edge you take the slope on the left. $\\lfloor Kh \\rfloor$ counts an edge to the bin that *begins* there.",
    implementation: bySlopes(([h, phi]) =>
      h.map((v) => phi.length * phi[Math.max(0, Math.ceil(phi.length * v) - 1)]),
    ),
  },
  {
    id: "counted-by-the-ceiling",
    explanation:
      "You count by $\\lceil Kh \\rceil - 1$. Within a bin that is $\\lfloor Kh \\rfloor$, and at 1 it even spares you the care for the last bin. But an inner edge then belongs to the bin on its left, and $h = 0$ to none: `phi[-1]` is not there.",
    implementation: bySlopes(([h, phi]) =>
      h.map((v) => phi.length * (phi[Math.ceil(phi.length * v) - 1] ?? Number.NaN)),
    ),
    variants: [bySlopes(([h, phi]) => h.map((v) => phi.length * (phi[Math.ceil(phi.length * v) - 1] ?? 0)))],
  },
  {
    id: "value-on-the-diagonal",
    explanation: "On your diagonal stand the values $f(h_i)$. The Jacobian holds their derivatives.",
    implementation: bySlopes(([h, phi]) =>
      h.map((v) => {
        const bin = binOf(v, phi.length);
        return phi.slice(0, bin).reduce((sum, p) => sum + p, 0) + (phi.length * v - bin) * phi[bin];
      }),
    ),
  },
  {
    id: "bins-once",
    explanation:
      "You multiply by $K$ once. Each of the $D$ slopes has its own factor: the determinant is $K^D \\prod_d \\phi_{b_d + 1}$.",
    implementation: byNumber(([h, phi]) => phi.length * multiply(h.map((v) => phi[binOf(v, phi.length)]))),
    variants: [
      byNumber(([h, phi]) => multiply(h.map((v) => phi[binOf(v, phi.length)]))),
      byNumber(
        ([h, phi]) => phi.length * multiply(h.map((v) => phi[Math.floor(phi.length * v)] ?? Number.NaN)),
      ),
    ],
  },
  {
    id: "sum-of-the-slopes",
    explanation: "You added the diagonal: that is the trace. Volumes multiply.",
    implementation: byNumber((asked) => slopes(asked).reduce((sum, v) => sum + v, 0)),
  },
  {
    id: "logarithm",
    explanation: "That is the logarithm of the determinant. Here the determinant itself is asked for.",
    implementation: byNumber((asked) => Math.log(determinantTruth(asked))),
  },
  {
    id: "one-over-the-determinant",
    explanation:
      "That is one over the determinant, by which the density is multiplied. Asked for is the determinant of $\\partial f / \\partial h$.",
    implementation: byNumber((asked) => 1 / determinantTruth(asked)),
  },
  {
    id: "all-rows-alike",
    explanation:
      "Beside the diagonal there are numbers in your matrix. $h'_i$ depends on $h_i$ alone, so its derivatives after the others are 0.",
    implementation: {
      jacobian: (...asked) => slopes(asked).map((slope, _i, all) => all.map(() => slope)),
    },
    variants: [{ jacobian: (...asked) => slopes(asked).map((_slope, _i, all) => [...all]) }],
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "identity", implementation: { jacobian: (h) => diagonal(h.map(() => 1)) } },
  { id: "volume-kept", implementation: { determinant: () => 1 } },
  {
    id: "first-dimension-only",
    implementation: {
      jacobian: (...asked) => jacobianTruth(asked).map((row, i) => (i === 0 ? row : row.map(() => 0))),
      determinant: (...asked) => slopes(asked)[0],
    },
  },
  {
    id: "first-bin-of-width-1",
    implementation: bySlopes(([h, phi]) =>
      h.map((v) => (v * phi.length < 1 ? 1 : phi.length) * phi[binOf(v, phi.length)]),
    ),
  },
  {
    id: "five-bins",
    implementation: bySlopes(([h, phi]) => h.map((v) => 5 * phi[binOf(v, phi.length)])),
  },
];
