import type { KernelFunc, Tensor, TensorInfo } from "@tensorflow/tfjs";
import { tf } from "../engine/tf.ts";
import { ShapeError } from "../ground/errors.ts";
import { luDecomposition, luInverse, luLogAbsDet } from "./lu.ts";
import { type NativeBackend, runInDouble } from "./native-double.ts";
import { singular } from "./singular-matrix.ts";

/** What every backend offers to its kernels. */
interface ReadableBackend {
  readSync(id: object): Float32Array;
}

/** Names under which the engine knows the two operations. */
const [INVERSE, LOG_ABS_DET] = ["FlowlabMatrixInverse", "FlowlabLogAbsDet"];

/**
 * Inverse of a square matrix [n, n], differentiable any number of times: dA = −A⁻ᵀ dY A⁻ᵀ. Cost: n³.
 *
 * @throws ShapeError if the matrix is not square.
 * @throws SingularMatrixError if the matrix is singular.
 */
export function matrixInverse(matrix: Tensor): Tensor {
  return run(INVERSE, matrix);
}

/**
 * log |det A| in nats of a square matrix [n, n], a scalar, differentiable any number of times: dA = dy A⁻ᵀ. Cost: n³.
 *
 * −∞ of a singular matrix.
 *
 * @throws ShapeError if the matrix is not square.
 */
export function logAbsDet(matrix: Tensor): Tensor {
  return run(LOG_ABS_DET, matrix);
}

function run(kernelName: string, x: Tensor): Tensor {
  if (x.rank !== 2 || x.shape[0] !== x.shape[1]) {
    throw new ShapeError(`expected a square matrix; got shape [${x.shape}]`);
  }
  registerKernels();
  return tf.engine().runKernel(kernelName, { x } as never) as Tensor;
}

/**
 * Registers inverse and log |det| of a matrix, which TensorFlow.js lacks, with every backend.
 *
 * libtensorflow has both, so that a compiled graph can contain them; elsewhere they are computed in JavaScript. In double
 * precision everywhere: near a singular matrix, float32 would lose a digit of log |det| with each of the condition. The
 * matrices of a flow are small.
 */
function registerKernels(): void {
  if (tf.getKernel(INVERSE, "cpu")) return;
  for (const backendName of ["wasm", "cpu"]) {
    tf.registerKernel({ kernelName: INVERSE, backendName, kernelFunc: plainInverse });
    tf.registerKernel({ kernelName: LOG_ABS_DET, backendName, kernelFunc: plainLogAbsDet });
  }
  tf.registerKernel({ kernelName: INVERSE, backendName: "tensorflow", kernelFunc: nativeInverse });
  tf.registerKernel({ kernelName: LOG_ABS_DET, backendName: "tensorflow", kernelFunc: nativeLogAbsDet });
  registerGradients();
}

/** ∂A⁻¹: dA = −A⁻ᵀ dY A⁻ᵀ;  ∂ log |det A|: dA = dy A⁻ᵀ. */
function registerGradients(): void {
  const transposedInverse = (x: Tensor) => tf.transpose(run(INVERSE, x));
  tf.registerGradient({
    kernelName: INVERSE,
    inputsToSave: ["x"],
    gradFunc: (dy, [x]) => ({
      x: () => {
        const factor = transposedInverse(x);
        return tf.neg(tf.matMul(tf.matMul(factor, dy as Tensor), factor));
      },
    }),
  });
  tf.registerGradient({
    kernelName: LOG_ABS_DET,
    inputsToSave: ["x"],
    gradFunc: (dy, [x]) => ({ x: () => tf.mul(dy as Tensor, transposedInverse(x)) }),
  });
}

const plainInverse: KernelFunc = ({ inputs, backend }) => {
  const x = inputs.x as TensorInfo;
  const n = x.shape[0];
  const lu = luDecomposition((backend as unknown as ReadableBackend).readSync(x.dataId), n);
  // Of numbers that are not finite there is no inverse either.
  if (!Number.isFinite(luLogAbsDet(lu, n))) throw singular(n);
  return tf.tensor2d(Float32Array.from(luInverse(lu, n)), [n, n]);
};

const plainLogAbsDet: KernelFunc = ({ inputs, backend }) => {
  const x = inputs.x as TensorInfo;
  const lu = luDecomposition((backend as unknown as ReadableBackend).readSync(x.dataId), x.shape[0]);
  return tf.scalar(luLogAbsDet(lu, x.shape[0]));
};

const nativeInverse: KernelFunc = ({ inputs, backend }) => {
  const native = backend as unknown as NativeBackend;
  const adjoint = { name: "adjoint", type: native.binding.TF_ATTR_BOOL, value: false };
  const x = inputs.x as TensorInfo;
  try {
    return runInDouble(native, "MatrixInverse", [adjoint], x);
  } catch (error) {
    if (error instanceof Error && error.message.includes("not invertible")) throw singular(x.shape[0], error);
    throw error;
  }
};

/** The operation gives the sign of the determinant first. */
const nativeLogAbsDet: KernelFunc = ({ inputs, backend }) =>
  runInDouble(backend as unknown as NativeBackend, "LogMatrixDeterminant", [], inputs.x as TensorInfo, 2, 1);
