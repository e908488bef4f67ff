import type { Misconception, Mutant } from "../../exercise.ts";
import { texFactor } from "../../variants/tex.ts";
import type { Fooling, signatures } from "./exact-and-lazy.domain.ts";
import { texDeterminant } from "./exact-and-lazy.texts.ts";

type Rows = readonly (readonly number[])[];

interface Ways {
  readonly exchange: boolean;
  /** What a pivot adds. */
  readonly term: (pivot: number) => number;
}

function eliminate(J: Rows, { exchange, term }: Ways): number {
  const rows = J.map((row) => [...row]);
  let sum = 0;
  for (let k = 0; k < rows.length; k++) {
    if (exchange) {
      let best = k;
      for (let i = k + 1; i < rows.length; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[best][k])) best = i;
      [rows[k], rows[best]] = [rows[best], rows[k]];
    }
    sum += term(rows[k][k]);
    for (let i = k + 1; i < rows.length; i++) {
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j < rows.length; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  return sum;
}

const size = (v: number): number => Math.log(Math.abs(v));
const exact = (J: Rows): number => eliminate(J, { exchange: true, term: size });
const lazy = (J: Rows): number => J.reduce((sum, row, i) => sum + size(row[i]), 0);
const product = (J: Rows): number => {
  let all = 1;
  eliminate(J, {
    exchange: true,
    term: (v) => {
      all *= v;
      return 0;
    },
  });
  return all;
};

export const misconceptions = (of: Fooling): readonly Misconception<typeof signatures>[] => [
  {
    id: "lazy-for-exact",
    explanation:
      "Your exact one looks at the diagonal only: it *is* the lazy one. That is right for triangular matrices. A full one has to be made triangular first.",
    implementation: { exactLogDet: lazy },
  },
  {
    id: "no-exchange",
    explanation:
      "Without an exchange of rows a pivot of 0 divides by 0. Look below it for the entry of the largest size, and exchange the two rows: the sign of the determinant changes, its size does not.",
    implementation: { exactLogDet: (J) => eliminate(J, { exchange: false, term: size }) },
  },
  {
    id: "no-absolute-value",
    explanation: "The logarithm of a negative pivot is NaN. Sizes of volumes count: $\\log|\\cdot|$.",
    implementation: { exactLogDet: (J) => eliminate(J, { exchange: true, term: Math.log }) },
    variants: [
      { lazyLogDet: (J) => J.reduce((sum, row, i) => sum + Math.log(row[i]), 0) },
      { exactLogDet: (J) => Math.log(product(J)) },
    ],
  },
  {
    id: "product-first",
    explanation:
      "You multiply the pivots and take the logarithm at the end. Twelve pivots of size $10^{-30}$ have a product that is 0 in floating point. Add logarithms.",
    implementation: { exactLogDet: (J) => Math.log(Math.abs(product(J))) },
  },
  {
    id: "lazy-product-first",
    explanation:
      "You multiply the diagonal and take the logarithm at the end. Twelve numbers of size $10^{-30}$ have a product that is 0 in floating point. Add logarithms.",
    implementation: { lazyLogDet: (J) => Math.log(Math.abs(J.reduce((all, row, i) => all * row[i], 1))) },
  },
  {
    id: "without-logarithm",
    explanation: "That is the determinant, or its size. Its logarithm was asked for.",
    implementation: { exactLogDet: (J) => Math.abs(product(J)) },
    variants: [{ exactLogDet: product }],
  },
  {
    id: "exact-for-lazy",
    explanation:
      "Your lazy one gives the exact value. It was to look at nothing but the diagonal; the exercise is about how wrong that can be.",
    implementation: { lazyLogDet: exact },
  },
  {
    id: "trace",
    explanation:
      "You took the logarithm of the *trace*. Stretching multiplies: it is the logarithms that are added.",
    implementation: { lazyLogDet: (J) => size(J.reduce((sum, row, i) => sum + row[i], 0)) },
    variants: [{ lazyLogDet: (J) => J.reduce((sum, row, i) => sum + row[i], 0) }],
  },
  {
    id: "one-instead-of-both",
    explanation: `You take the factor for the product of what stands beside the diagonal and forget the 1 of the diagonal: $\\det = ${texDeterminant(of)}$.`,
    implementation: { fooled: (factor) => Math.sqrt(factor / of.cross) },
  },
  {
    id: "sign-of-the-cross-term",
    explanation: `You have $1 - ${texFactor(of.cross)}b^2$ for the determinant. The two numbers beside the diagonal have *different* signs here, so $ad - bc = ${texDeterminant(of)}$.`,
    implementation: { fooled: (factor) => Math.sqrt((factor + 1) / of.cross) },
    variants: [{ fooled: (factor) => Math.sqrt((1 - factor) / of.cross) }],
  },
  {
    id: "root-forgotten",
    explanation: "That is $b^2$. Take the root.",
    implementation: { fooled: (factor) => (factor - 1) / of.cross },
  },
];

/** Wrong programs without a story. */
export const mutants = (of: Fooling): readonly Mutant<typeof signatures>[] => [
  {
    id: "three-dimensions",
    implementation: { exactLogDet: (J) => exact(J.slice(0, 3).map((row) => row.slice(0, 3))) },
  },
  { id: "fooled-at-5", implementation: { fooled: () => 2 / Math.sqrt(of.cross) } },
];
