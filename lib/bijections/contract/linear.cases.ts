import { diagonal } from "../diagonal.ts";
import { orthogonal } from "../orthogonal.ts";
import { learnedPermutation } from "../permutation.ts";
import { plu } from "../plu.ts";
import { qr } from "../qr.ts";
import { triangular } from "../triangular.ts";
import { type BijectionCase, FAR, points, type Reference, scattered } from "./case.ts";
import { solve } from "./solve.ts";

type Matrix = number[][];

const SIZE = 4;
const ORDER = [2, 0, 3, 1];
/** The permutation of seed 6. */
const SIXTH = [3, 0, 2, 1];
/** Sums of four products are more accurate than what is promised of a longer computation. */
const common = { event: [SIZE], z: points(SIZE), extremeZ: FAR, extremeX: FAR, tolerance: 5e-6 };

/** Linear maps of four numbers, each with its matrix spelled out. */
export const linearCases: Record<string, BijectionCase> = {
  diagonal: {
    ...common,
    create: () => scattered(diagonal({ size: SIZE })),
    jacobian: "diagonal",
    reference: ([logScale, bias]) =>
      linearReference(
        triangleOf([], logScale, () => false),
        bias,
      ),
  },
  "lower triangular": {
    ...common,
    create: () => scattered(triangular({ size: SIZE, seed: 3 })),
    jacobian: "lower triangular",
    reference: ([beside, logScale, bias]) =>
      linearReference(
        triangleOf(beside, logScale, (i, j) => j < i),
        bias,
      ),
  },
  "upper triangular": {
    ...common,
    create: () => scattered(triangular({ size: SIZE, half: "upper", bias: false })),
    jacobian: "upper triangular",
    reference: ([beside, logScale]) => linearReference(triangleOf(beside, logScale, (i, j) => j > i)),
  },
  orthogonal: {
    ...common,
    create: () => scattered(orthogonal({ size: SIZE, reflections: 3, seed: 1 })),
    reference: ([vectors, bias]) => linearReference(reflectionsOf(vectors), bias),
  },
  PLU: {
    ...common,
    create: () => scattered(plu({ size: SIZE, permutation: ORDER })),
    reference: ([below, above, logScale, bias]) =>
      linearReference(permutedProduct(ORDER, below, above, logScale), bias),
  },
  "learned permutation": {
    ...common,
    create: () => scattered(learnedPermutation(SIZE, 6)),
    reference: ([below, above, logScale]) => linearReference(permutedProduct(SIXTH, below, above, logScale)),
  },
  QR: {
    ...common,
    create: () => scattered(qr({ size: SIZE })),
    reference: ([vectors, above, logScale, bias]) =>
      linearReference(
        product(
          reflectionsOf(vectors),
          triangleOf(above, logScale, (i, j) => j > i),
        ),
        bias,
      ),
  },
};

function permutedProduct(order: number[], below: number[], above: number[], logScale: number[]): Matrix {
  const lower = triangleOf(below, [0, 0, 0, 0], (i, j) => j < i);
  const upper = triangleOf(above, logScale, (i, j) => j > i);
  const inner = product(lower, upper);
  return order.map((row) => inner[row]);
}

function linearReference(matrix: Matrix, bias = matrix.map(() => 0)): Reference {
  return {
    forward: (z) => matrix.map((row, i) => bias[i] + row.reduce((sum, v, j) => sum + v * z[j], 0)),
    inverse: (x) =>
      solve(
        matrix,
        x.map((v, i) => v - bias[i]),
      ),
  };
}

function triangleOf(entries: number[], logScale: number[], half: (i: number, j: number) => boolean): Matrix {
  return logScale.map((s, i) =>
    logScale.map((_, j) => (i === j ? Math.exp(s) : half(i, j) ? entries[i * SIZE + j] : 0)),
  );
}

/** One reflection after the other, as they are defined. */
function reflectionsOf(vectors: number[]): Matrix {
  let result: Matrix = triangleOf([], [0, 0, 0, 0], () => false);
  for (let k = 0; k < vectors.length; k += SIZE) {
    const v = vectors.slice(k, k + SIZE);
    const square = v.reduce((sum, number) => sum + number * number, 0);
    const reflection = v.map((a, i) => v.map((b, j) => (i === j ? 1 : 0) - (2 * a * b) / square));
    result = product(result, reflection);
  }
  return result;
}

function product(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => b[0].map((_, j) => row.reduce((sum, v, k) => sum + v * b[k][j], 0)));
}
