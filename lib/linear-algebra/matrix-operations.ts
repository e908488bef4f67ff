import type { Tensor } from "@tensorflow/tfjs";
import { addOperation } from "../engine/add-operation.ts";
import { tf } from "../engine/tf.ts";
import { checkHas } from "../ground/arguments/check-options.ts";
import { ShapeError } from "../ground/errors.ts";
import { luDecomposition, luInverse, luLogAbsDet } from "./lu.ts";
import { singular } from "./singular-matrix.ts";

/**
 * Inverse of a square matrix [n, n], differentiable any number of times: dA = −A⁻ᵀ dY A⁻ᵀ. Cost: n³.
 *
 * @throws ShapeError if the matrix is not square.
 * @throws SingularMatrixError if elimination in double precision leaves no pivot. Where only rounding does, as in
 *   [[1, 2, 3], [4, 5, 6], [7, 8, 9]], the result is one of rounding: numbers of 10¹⁵ and more times 1 over the matrix's.
 */
export function matrixInverse(matrix: Tensor): Tensor {
  return inverse([square("matrixInverse", matrix)], {});
}

/**
 * log |det A| in nats of a square matrix [n, n], a scalar, differentiable any number of times: dA = dy A⁻ᵀ. Cost: n³.
 *
 * −∞ of a matrix in which elimination in double precision leaves no pivot. Where only rounding does, as in
 * [[1, 2, 3], [4, 5, 6], [7, 8, 9]], it is that of the rounding: here −35 nats.
 *
 * @throws ShapeError if the matrix is not square.
 */
export function logAbsDet(matrix: Tensor): Tensor {
  return logarithm([square("logAbsDet", matrix)], {});
}

/**
 * libtensorflow has both operations; elsewhere they are computed in JavaScript. In double precision everywhere: near a
 * singular matrix, float32 would lose a digit of log |det| with each of the condition. The matrices of a flow are small.
 */
const inverse = addOperation({
  name: "FlowlabMatrixInverse",
  plain: ([{ values, shape }]) => {
    const [n] = shape;
    const lu = luDecomposition(Float32Array.from(values), n);
    // Of numbers that are not finite there is no inverse either.
    if (!Number.isFinite(luLogAbsDet(lu, n))) throw singular(n);
    return { values: luInverse(lu, n), shape };
  },
  native: (library, [x]) => {
    try {
      return library.inDouble([x], ({ run }, of) => run("MatrixInverse", { adjoint: false }, of));
    } catch (error) {
      if (error instanceof Error && error.message.includes("not invertible"))
        throw singular(x.shape[0], error);
      throw error;
    }
  },
  gradient: (dy, [x]) => [
    () => {
      const factor = tf.transpose(matrixInverse(x));
      return tf.neg(tf.matMul(tf.matMul(factor, dy), factor));
    },
  ],
});

const logarithm = addOperation({
  name: "FlowlabLogAbsDet",
  plain: ([{ values, shape }]) => {
    const [n] = shape;
    return { values: [luLogAbsDet(luDecomposition(Float32Array.from(values), n), n)], shape: [] };
  },
  native: (library, [x]) =>
    // The sign of the determinant comes first.
    library.inDouble([x], ({ run }, of) => run("LogMatrixDeterminant", {}, of, [2, 1])),
  gradient: (dy, [x]) => [() => tf.mul(dy, tf.transpose(matrixInverse(x)))],
});

function square(who: string, x: Tensor): Tensor {
  checkHas(who, x, ["rank", "shape"], `a tensor, e.g. ${who}(tf.tensor2d([[1, 0], [0, 1]]))`);
  if (x.rank === 2 && x.shape[0] === x.shape[1]) return x;
  throw new ShapeError(`expected a square matrix; got shape [${x.shape}]`);
}
