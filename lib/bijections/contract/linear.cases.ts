import { tf } from "../../engine/tf.ts";
import { diagonal } from "../linear/diagonal.ts";
import { orthogonal } from "../linear/orthogonal.ts";
import {
  learnedPermutation,
  permutation,
  randomPermutation,
  reversePermutation,
} from "../linear/permutation.ts";
import { plu } from "../linear/plu.ts";
import { qr } from "../linear/qr.ts";
import { triangular } from "../linear/triangular.ts";
import { batchNorm } from "../normalization/batch-norm.ts";
import { standardize } from "../normalization/standardize.ts";
import { whiten } from "../normalization/whiten.ts";
import { type BijectionCase, FAR, LINE, points, type Reference, scatter } from "./case.ts";
import { exactChain } from "./float64/composition.ts";
import { inverseOf, type Matrix, product, times, triangleOf } from "./float64/matrix.ts";

const SIZE = 4;
const ORDER = [2, 0, 3, 1];
/** The permutation of seed 6. */
const SIXTH = [3, 0, 2, 1];
/** Sums of four products are more accurate than what is promised of a longer computation. */
const common = { event: [SIZE], z: points(SIZE), extremeZ: FAR, extremeX: FAR, tolerance: 3e-6 };

/** Linear maps of vectors, each with its matrix spelled out, and batch norm in use. */
export const linearCases: Record<string, BijectionCase> = {
  diagonal: {
    ...common,
    create: () => scatter(diagonal({ dimensions: SIZE })),
    jacobian: "diagonal",
    reference: ([logScale, bias]) =>
      linearReference(
        triangleOf([], logScale, () => false),
        bias,
      ),
  },
  "lower triangular": {
    ...common,
    create: () => scatter(triangular({ dimensions: SIZE, seed: 3 })),
    jacobian: "lower triangular",
    reference: ([beside, logScale, bias]) =>
      linearReference(
        triangleOf(beside, logScale, (i, j) => j < i),
        bias,
      ),
  },
  "upper triangular": {
    ...common,
    create: () => scatter(triangular({ dimensions: SIZE, half: "upper", bias: false })),
    jacobian: "upper triangular",
    reference: ([beside, logScale]) => linearReference(triangleOf(beside, logScale, (i, j) => j > i)),
  },
  orthogonal: {
    ...common,
    create: () => scatter(orthogonal({ dimensions: SIZE, reflections: 3, seed: 1 })),
    reference: ([vectors, bias]) => linearReference(reflectionsOf(vectors), bias),
  },
  PLU: {
    ...common,
    create: () => scatter(plu({ dimensions: SIZE, permutation: ORDER })),
    reference: ([below, above, logScale, bias]) =>
      linearReference(permutedProduct(ORDER, below, above, logScale), bias),
  },
  permutation: {
    ...common,
    create: () => permutation(ORDER),
    reference: () => permute(ORDER),
  },
  "random permutation": {
    ...common,
    create: () => randomPermutation(SIZE, 6),
    reference: () => permute(SIXTH),
  },
  "reverse permutation": {
    ...common,
    create: () => reversePermutation(SIZE),
    reference: () => permute([3, 2, 1, 0]),
  },
  "learned permutation": {
    ...common,
    create: () => scatter(learnedPermutation(SIZE, 6)),
    reference: ([below, above, logScale]) => linearReference(permutedProduct(SIXTH, below, above, logScale)),
  },
  "batch norm": {
    create: trainedBatchNorm,
    reference: ([logScale, shift]) => {
      const slope = logScale.map((g, i) => Math.exp(g) / Math.sqrt(Math.fround(VARIANCE[i]) + 1e-5));
      return {
        forward: (z) => z.map((v, i) => (v - shift[i]) / slope[i] + MEAN[i]),
        inverse: (x) => x.map((v, i) => (v - MEAN[i]) * slope[i] + shift[i]),
      };
    },
    event: [3],
    z: points(3),
    extremeZ: FAR,
    extremeX: FAR,
    jacobian: "diagonal",
  },
  QR: {
    ...common,
    create: () => scatter(qr({ dimensions: SIZE })),
    reference: ([vectors, above, logScale, bias]) =>
      linearReference(
        product(
          reflectionsOf(vectors),
          triangleOf(above, logScale, (i, j) => j > i),
        ),
        bias,
      ),
  },
  standardize: {
    create: () => standardize(MEASURED),
    jacobian: "diagonal",
    reference: (_, __, state) => standardizing(state),
    event: [3],
    z: points(3),
    extremeZ: FAR,
    extremeX: FAR,
  },
  "whitening of data": {
    create: () => scatter(whiten(MEASURED), 0.2),
    jacobian: "lower triangular",
    reference: ([beside, logScale, bias], _, state) =>
      exactChain([
        linearReference(
          triangleOf(beside, logScale, (i, j) => j < i),
          bias,
        ),
        standardizing(state),
      ]),
    event: [3],
    z: points(3),
    extremeZ: FAR,
    extremeX: FAR,
  },
  "standardize of single numbers": {
    create: () => standardize([-3, 1, 2, 8.5]),
    reference: (_, __, state) => standardizing(state),
    z: LINE,
    extremeZ: FAR,
    extremeX: FAR,
  },
  "standardize of images": {
    create: () => standardize(tf.reshape(tf.tensor2d(MEASURED), [4, 1, 3, 1])),
    reference: (_, __, state) => standardizing(state),
    event: [1, 3, 1],
    z: points(3),
    extremeZ: FAR,
    extremeX: FAR,
  },
};

const MEAN = [0.5, -1.25, 2];
const VARIANCE = [0.25, 1.5, 4];

function trainedBatchNorm() {
  const bijection = scatter(batchNorm({ dimensions: 3 }));
  tf.tidy(() => {
    [MEAN, VARIANCE].forEach((values, i) => {
      bijection.state?.[i].assign(tf.tensor1d(values));
    });
  });
  return bijection;
}

/** x_i = z_{order[i]}. */
function permute(order: readonly number[]): Reference {
  return {
    forward: (z) => order.map((from) => z[from]),
    inverse: (x) => order.map((_, i) => x[order.indexOf(i)]),
  };
}

function permutedProduct(order: number[], below: number[], above: number[], logScale: number[]): Matrix {
  const lower = triangleOf(below, [0, 0, 0, 0], (i, j) => j < i);
  const upper = triangleOf(above, logScale, (i, j) => j > i);
  const inner = product(lower, upper);
  return order.map((row) => inner[row]);
}

function linearReference(matrix: Matrix, bias = matrix.map(() => 0)): Reference {
  const inverse = inverseOf(matrix);
  const without = (x: number[]) => x.map((v, i) => v - bias[i]);
  return {
    forward: (z) => times(matrix, z).map((v, i) => v + bias[i]),
    inverse: (x) => times(inverse, without(x)),
  };
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

/** Columns of different places and widths. */
const MEASURED = [
  [0.1, 20, -4],
  [0.3, -10, -2],
  [0.2, 5, -3.5],
  [0.7, 8, -1],
];

/** x = m + s·z, number by number, with the mean and the deviation that it keeps. */
function standardizing([mean, deviation]: number[][]): Reference {
  return {
    forward: (z) => z.map((v, i) => mean[i] + deviation[i] * v),
    inverse: (x) => x.map((v, i) => (v - mean[i]) / deviation[i]),
  };
}
