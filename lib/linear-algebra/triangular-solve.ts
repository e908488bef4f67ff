import type { Tensor2D } from "@tensorflow/tfjs";
import { addOperation } from "../engine/add-operation.ts";
import { tf } from "../engine/tf.ts";
import { checkHas, checkOptions } from "../ground/arguments/check-options.ts";
import { aFlag, anything } from "../ground/arguments/kinds.ts";
import { describe } from "../ground/arguments/plain-numbers.ts";
import { ShapeError } from "../ground/errors.ts";
import { type Half, triangle } from "./triangle.ts";

const EXAMPLE = 'e.g. triangularSolve(tf.eye(2), tf.ones([2, 1]), { half: "lower" })';

/** Which half of the matrix counts, and whether its transpose is meant. */
interface SolveOptions {
  /** The other half is taken for 0, whatever it contains. */
  readonly half: Half;
  /** Solves Aᵀ X = B; false if left out. */
  readonly transposed?: boolean;
}

/**
 * Solves A X = B for a triangular A by substitution, differentiable in both, any number of times.
 *
 * Cost: n²·m. The gradient is one more such solve: dB = A⁻ᵀ dX, dA = −dB Xᵀ within the triangle.
 *
 * @param matrix A, [n, n]. With a 0 on its diagonal the result is not finite.
 * @param right B, [n, m]; X has the same shape.
 * @throws ShapeError if the shapes do not fit each other.
 * @throws RangeError if the half is neither of the two.
 */
export function triangularSolve(matrix: tf.Tensor, right: tf.Tensor, options: SolveOptions): tf.Tensor2D {
  for (const given of [matrix, right])
    checkHas("triangularSolve", given, ["rank", "shape"], `tensors, ${EXAMPLE}`);
  checkOptions("triangularSolve", options, EXAMPLE.slice("e.g. ".length), {
    half: anything,
    transposed: aFlag,
  });
  if (options.half !== "lower" && options.half !== "upper") {
    throw new RangeError(
      `triangularSolve: expected the half "lower" or "upper"; got ${describe(options.half)}`,
    );
  }
  const [n] = matrix.shape;
  if (matrix.rank !== 2 || matrix.shape[1] !== n || right.rank !== 2 || right.shape[0] !== n) {
    throw new ShapeError(
      `triangular solve: expected shapes [n, n] and [n, m]; got [${matrix.shape}] and [${right.shape}]`,
    );
  }
  return solve([matrix, right], { half: options.half, transposed: options.transposed ?? false }) as Tensor2D;
}

/** libtensorflow has the operation; elsewhere it is computed in JavaScript, in double precision. */
const solve = addOperation<Required<SolveOptions>>({
  name: "FlowlabTriangularSolve",
  plain: ([matrix, right], settings) => {
    const rows = Float64Array.from(right.values);
    return { values: substitute(matrix.values, rows, matrix.shape[0], settings), shape: right.shape };
  },
  native: (library, inputs, { half, transposed }) =>
    library.run("MatrixTriangularSolve", { lower: half === "lower", adjoint: transposed }, inputs),
  gradient: (dy, [matrix, right], { half, transposed }) => {
    const back = () => triangularSolve(matrix, dy, { half, transposed: !transposed });
    const ofMatrix = () => {
      const solution = triangularSolve(matrix, right, { half, transposed });
      const [left, other] = transposed ? [solution, back()] : [back(), solution];
      return tf.neg(tf.mul(tf.matMul(left, other, false, true), triangle(matrix.shape[0], half, true)));
    };
    return [ofMatrix, back];
  },
});

/** Replaces the rows of B by those of X, from the one that has no other unknown to the one that has all of them. */
function substitute(
  a: ArrayLike<number>,
  rows: Float64Array,
  n: number,
  { half, transposed }: Required<SolveOptions>,
): Float64Array {
  const width = rows.length / n;
  const entry = (i: number, j: number) => (transposed ? a[j * n + i] : a[i * n + j]);
  const downwards = (half === "lower") !== transposed;
  for (let step = 0; step < n; step++) {
    const i = downwards ? step : n - 1 - step;
    for (let done = 0; done < step; done++) {
      const j = downwards ? done : n - 1 - done;
      const factor = entry(i, j);
      for (let k = 0; k < width; k++) rows[i * width + k] -= factor * rows[j * width + k];
    }
    const pivot = entry(i, i);
    for (let k = 0; k < width; k++) rows[i * width + k] /= pivot;
  }
  return rows;
}
