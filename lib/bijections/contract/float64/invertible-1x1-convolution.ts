import type { Reference } from "../case.ts";
import { asMatrix, inverseOf, type Matrix, product, times, triangleOf } from "./matrix.ts";
import type { Weights } from "./weights.ts";

/** 1×1 convolution of so many channels, z = W x at each position. */
export function exactFullConvolution(read: Weights, channels: number): Reference {
  return everywhere(asMatrix(read.variable(), channels));
}

/** The same with W = P L (U + diag(±exp(s))); the state holds P and the signs. */
export function exactPluConvolution(read: Weights): Reference {
  const [below, above, logScale] = [read.variable(), read.variable(), read.variable()];
  const [permutation, signs] = [read.state(), read.state()];
  const ones = logScale.map(() => 0);
  const lower = triangleOf(below, ones, (i, j) => j < i);
  const upper = triangleOf(above, logScale, (i, j) => j > i);
  const signed = upper.map((row, i) => row.with(i, signs[i] * row[i]));
  return everywhere(product(asMatrix(permutation, signs.length), product(lower, signed)));
}

function everywhere(normalizing: Matrix): Reference {
  const generating = inverseOf(normalizing);
  const applyMatrix = (matrix: Matrix) => (image: number[]) => {
    const n = matrix.length;
    return Array.from({ length: image.length / n }, (_, i) => image.slice(i * n, (i + 1) * n)).flatMap(
      (pixel) => times(matrix, pixel),
    );
  };
  return { forward: applyMatrix(generating), inverse: applyMatrix(normalizing) };
}
