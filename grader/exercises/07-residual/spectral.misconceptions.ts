import type { Misconception, Mutant } from "../../exercise.ts";
import { apply, type Matrix, transpose } from "../../oracle/matrices.ts";
import type { signatures } from "./spectral.domain.ts";

type Wrong = Misconception<typeof signatures>;
type Vector = readonly number[];

const length = (v: Vector): number => Math.hypot(...v);
const unit = (v: Vector): number[] => v.map((x) => x / length(v));
const sizes = (rows: Matrix): number[] => rows.map((row) => row.reduce((sum, v) => sum + Math.abs(v), 0));

interface Stepped {
  u: number[];
  v: number[];
  norm: number;
}
type Step = (w: number[][], u: number[]) => Stepped;

const right: Step = (w, u) => {
  const v = unit(apply(transpose(w), u));
  const there = apply(w, v);
  return { u: unit(there), v, norm: length(there) };
};

/** The slip in one step, alone and handed on. */
const both = (step: Step): Pick<Wrong, "implementation" | "variants"> => {
  const norm = (w: number[][], u: number[], steps: number): number => {
    let at = step(w, u);
    for (let k = 1; k < steps; k++) at = step(w, at.u);
    return at.norm;
  };
  return {
    implementation: { powerStep: step, spectralNorm: norm },
    variants: [{ powerStep: step }],
  };
};

const after = (w: number[][], u: number[], steps: number): Stepped => {
  let at = right(w, u);
  for (let k = 1; k < steps; k++) at = right(w, at.u);
  return at;
};

const bounds = (frobenius: (w: Matrix) => number, rowsAndColumns: (w: Matrix) => number) => ({
  crudeBounds: (w: number[][]) => ({ frobenius: frobenius(w), rowsAndColumns: rowsAndColumns(w) }),
});
const byEntries = (w: Matrix): number => length(w.flat());
const bySums = (w: Matrix): number => Math.sqrt(Math.max(...sizes(w)) * Math.max(...sizes(transpose(w))));

export const misconceptions: readonly Wrong[] = [
  {
    id: "same-matrix-twice",
    explanation:
      "You multiply by $W$ both times. One of the two products is with $W^\\top$: $v$ comes from $W^\\top u$ and has a number for each *column* of $W$.",
    ...both((w, u) => {
      const v = unit(apply(w, u));
      const there = apply(w, v);
      return { u: unit(there), v, norm: length(there) };
    }),
  },
  {
    id: "lengths-kept",
    explanation:
      "Your vectors keep their lengths. Both $u$ and $v$ are to have the length 1: otherwise they grow or vanish with the steps, and the norm cannot be read off.",
    ...both((w, u) => {
      const v = apply(transpose(w), u);
      const there = apply(w, v);
      return { u: there, v, norm: length(there) };
    }),
  },
  {
    id: "only-v-of-length-1",
    explanation:
      "Your $v$ has the length 1, but not your $u$. Divide $Wv$ by its length, too: that length is the norm.",
    implementation: {
      powerStep(w, u) {
        const { v, norm } = right(w, u);
        return { u: apply(w, v), v, norm };
      },
    },
  },
  {
    id: "norm-of-the-first-half",
    explanation:
      "Your norm is the length of $W^\\top u$, or $u^\\top W v$ with the *old* $u$. That is half a step behind: with the new $u$ it is $|Wv|$, which is never smaller.",
    ...both((w, u) => ({ ...right(w, u), norm: length(apply(transpose(w), u)) })),
    variants: [
      { powerStep: (w, u) => ({ ...right(w, u), norm: length(apply(transpose(w), u)) }) },
      { powerStep: (w, u) => ({ ...right(w, u), norm: length(apply(transpose(w), unit(u))) }) },
    ],
  },
  {
    id: "norm-squared",
    explanation:
      "That is the square of the norm: the largest eigenvalue of $W^\\top W$. Its root is the largest singular value.",
    implementation: {
      powerStep: (w, u) => ({ ...right(w, u), norm: right(w, u).norm ** 2 }),
      spectralNorm: (w, u, steps) => after(w, u, steps).norm ** 2,
    },
    variants: [
      { powerStep: (w, u) => ({ ...right(w, u), norm: right(w, u).norm ** 2 }) },
      { spectralNorm: (w, u, steps) => after(w, u, steps).norm ** 2 },
    ],
  },
  {
    id: "u-of-before",
    explanation:
      "You give the $u$ back that you were given. The next step has to begin with $Wv$, brought to length 1, or nothing is gained from step to step.",
    implementation: { powerStep: (w, u) => ({ ...right(w, u), u: unit(u) }) },
    variants: [{ powerStep: (w, u) => ({ ...right(w, u), u: [...u] }) }],
  },
  {
    id: "largest-eigenvalue",
    explanation:
      "You iterate $W$ itself. That finds its largest *eigenvalue*, which says nothing of a matrix that is not symmetric: $\\begin{bmatrix}1&100\\\\0&1\\end{bmatrix}$ has the eigenvalues 1 and makes some vectors a hundred times longer. (The book speaks of eigenvalues here; what it needs is the largest singular value.)",
    implementation: {
      spectralNorm(w, u, steps) {
        let [at, norm] = [unit(u), 0];
        for (let k = 0; k < steps; k++) {
          const next = apply(w, at);
          norm = length(next);
          at = unit(next);
        }
        return norm;
      },
    },
  },
  {
    id: "begins-anew",
    explanation:
      "However many steps were asked for, you give the norm of the first: each of yours begins with the same $u$. Hand the new $u$ to the next one.",
    implementation: { spectralNorm: (w, u) => right(w, u).norm },
  },
  {
    id: "one-step-too-many",
    explanation: "You take one step more than was asked for.",
    implementation: { spectralNorm: (w, u, steps) => after(w, u, steps + 1).norm },
  },
  {
    id: "root-of-the-product-forgotten",
    explanation:
      "You multiply the largest row sum and the largest column sum and take no root. $\\|W\\|_2^2 \\le \\|W\\|_1\\|W\\|_\\infty$ bounds the *square*.",
    implementation: bounds(byEntries, (w) => bySums(w) ** 2),
  },
  {
    id: "root-of-the-squares-forgotten",
    explanation: "Your Frobenius norm has no root: $\\sqrt{\\sum_{ij} W_{ij}^2}$.",
    implementation: bounds((w) => byEntries(w) ** 2, bySums),
  },
  {
    id: "signs-cancel",
    explanation:
      "In your sums over rows and columns entries of different signs cancel. Take their sizes: $\\sum_j |W_{ij}|$.",
    implementation: bounds(byEntries, (w) => {
      const sums = (rows: Matrix) => rows.map((row) => Math.abs(row.reduce((sum, v) => sum + v, 0)));
      return Math.sqrt(Math.max(...sums(w)) * Math.max(...sums(transpose(w))));
    }),
  },
  {
    id: "rows-alone",
    explanation:
      "Row sums, or column sums, alone are no bound of the spectral norm: a column of ten ones makes $(1)$ a vector of length $\\sqrt{10}$, and each row sum is 1. The root of the *product* of both is one.",
    implementation: bounds(byEntries, (w) => Math.max(...sizes(w))),
    variants: [bounds(byEntries, (w) => Math.max(...sizes(transpose(w))))],
  },
  {
    id: "always-scales",
    explanation:
      "You scale whatever the norm is. A matrix below the limit is fine as it is: making it larger would force every layer up to the limit.",
    implementation: { limitNorm: (w, norm, limit) => w.map((row) => row.map((v) => (v * limit) / norm)) },
  },
  {
    id: "to-norm-one",
    explanation: "You divide by the norm, which leaves a norm of 1. Asked for is `limit`.",
    implementation: {
      limitNorm: (w, norm, limit) => w.map((row) => row.map((v) => (norm > limit ? v / norm : v))),
    },
    variants: [{ limitNorm: (w, norm) => w.map((row) => row.map((v) => v / norm)) }],
  },
  {
    id: "entries-cut",
    explanation:
      "You hold each entry within the limit. That bounds no product with a vector: a matrix of $D \\times D$ entries of $\\tfrac12$ makes vectors $\\tfrac D2$ times longer. All entries are to be multiplied by one factor.",
    implementation: {
      limitNorm: (w, _norm, limit) => w.map((row) => row.map((v) => Math.min(limit, Math.max(-limit, v)))),
    },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "stops-when-nearly-equal",
    implementation: {
      spectralNorm(w, u, steps) {
        let at = right(w, u);
        for (let k = 1; k < steps; k++) {
          const next = right(w, at.u);
          if (Math.abs(next.norm - at.norm) < 1e-3) return next.norm;
          at = next;
        }
        return at.norm;
      },
    },
  },
  {
    id: "ten-steps-at-most",
    implementation: { spectralNorm: (w, u, steps) => after(w, u, Math.min(10, steps)).norm },
  },
  {
    id: "u-and-v-exchanged",
    implementation: {
      powerStep(w, u) {
        const step = right(w, u);
        return { ...step, u: step.v, v: step.u };
      },
    },
  },
  {
    id: "first-row-and-column",
    implementation: bounds(byEntries, (w) => Math.sqrt(sizes(w)[0] * sizes(transpose(w))[0])),
  },
  {
    id: "sign-of-u-in-one-row",
    implementation: {
      powerStep(w, u) {
        const step = right(w, u);
        return { ...step, u: step.u.map((v) => (w.length === 1 ? -v : v)) };
      },
    },
  },
  {
    id: "mean-of-the-sums",
    implementation: bounds(byEntries, (w) => {
      if (w.length === 1 || w[0].length === 1) return bySums(w);
      const mean = (list: Vector) => list.reduce((sum, v) => sum + v, 0) / list.length;
      return Math.sqrt(mean(sizes(w)) * mean(sizes(transpose(w))));
    }),
  },
  {
    id: "limit-of-the-root",
    implementation: {
      limitNorm: (w, norm, limit) => w.map((row) => row.map((v) => v * Math.min(1, Math.sqrt(limit / norm)))),
    },
  },
  {
    id: "right-for-one-row",
    implementation: {
      powerStep(w, u) {
        const v = unit(apply(transpose(w), u));
        const there = w.map((row, i) =>
          i === 0 || w[0].length === 1 ? row.reduce((s, x, j) => s + x * v[j], 0) : 0,
        );
        return { u: unit(there), v, norm: length(there) };
      },
    },
  },
];
