import type { KernelFunc, Tensor, Tensor2D, TensorInfo } from "@tensorflow/tfjs";
import { tf } from "../engine/tf.ts";
import { ShapeError } from "../ground/errors.ts";
import { type Half, triangle } from "./triangle.ts";

/** Which half of the matrix counts, and whether its transpose is meant. */
interface SolveOptions {
  /** The other half is taken for 0, whatever it contains. */
  readonly half: Half;
  /** Solves Aᵀ X = B; false if left out. */
  readonly transposed?: boolean;
}

/** What every backend offers to its kernels, and what tfjs-node's does beyond that. */
interface ReadableBackend {
  readSync(id: object): Float32Array;
}

interface NativeBackend {
  readonly binding: Record<"TF_ATTR_TYPE" | "TF_ATTR_BOOL" | "TF_FLOAT", number>;
  executeSingleOutput(name: string, attributes: object[], inputs: TensorInfo[]): Tensor;
}

const KERNEL = "FlowlabTriangularSolve";

/**
 * Solves A X = B for a triangular A by substitution, differentiable in both, any number of times.
 *
 * Cost: n²·m. The gradient is one more such solve: dB = A⁻ᵀ dX, dA = −dB Xᵀ within the triangle.
 *
 * @param matrix A, [n, n]. With a 0 on its diagonal the result is not finite.
 * @param right B, [n, m]; X has the same shape.
 * @throws ShapeError if the shapes do not fit each other.
 */
export function triangularSolve(matrix: tf.Tensor, right: tf.Tensor, options: SolveOptions): tf.Tensor2D {
  const [n] = matrix.shape;
  if (matrix.rank !== 2 || matrix.shape[1] !== n || right.rank !== 2 || right.shape[0] !== n) {
    throw new ShapeError(
      `triangular solve: expected shapes [n, n] and [n, m]; got [${matrix.shape}] and [${right.shape}]`,
    );
  }
  registerKernels();
  const attributes = { half: options.half, transposed: options.transposed ?? false };
  return tf.engine().runKernel(KERNEL, { matrix, right } as never, attributes) as Tensor2D;
}

/** libtensorflow has the operation; elsewhere it is computed in JavaScript, in double precision. */
function registerKernels(): void {
  if (tf.getKernel(KERNEL, "cpu")) return;
  for (const backendName of ["wasm", "cpu"]) {
    tf.registerKernel({ kernelName: KERNEL, backendName, kernelFunc: plainSolve });
  }
  tf.registerKernel({ kernelName: KERNEL, backendName: "tensorflow", kernelFunc: nativeSolve });
  tf.registerGradient({
    kernelName: KERNEL,
    inputsToSave: ["matrix", "right"],
    gradFunc: (dy, [matrix, right], attributes) => {
      const { half, transposed } = attributes as never as Required<SolveOptions>;
      const back = () => triangularSolve(matrix, dy as Tensor, { half, transposed: !transposed });
      return {
        right: back,
        matrix: () => {
          const solution = triangularSolve(matrix, right, { half, transposed });
          const [left, other] = transposed ? [solution, back()] : [back(), solution];
          const product = tf.matMul(left, other, false, true);
          return tf.neg(tf.mul(product, triangle(matrix.shape[0], half, true)));
        },
      };
    },
  });
}

const nativeSolve: KernelFunc = ({ inputs, attrs, backend }) => {
  const { binding, executeSingleOutput } = backend as unknown as NativeBackend;
  const { half, transposed } = attrs as never as Required<SolveOptions>;
  const attributes = [
    { name: "lower", type: binding.TF_ATTR_BOOL, value: half === "lower" },
    { name: "adjoint", type: binding.TF_ATTR_BOOL, value: transposed },
    { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
  ];
  const { matrix, right } = inputs as Record<string, TensorInfo>;
  return executeSingleOutput.call(backend, "MatrixTriangularSolve", attributes, [matrix, right]);
};

const plainSolve: KernelFunc = ({ inputs, attrs, backend }) => {
  const { matrix, right } = inputs as Record<string, TensorInfo>;
  const read = (tensor: TensorInfo) => (backend as unknown as ReadableBackend).readSync(tensor.dataId);
  const solved = substitute(read(matrix), Float64Array.from(read(right)), matrix.shape[0], attrs as never);
  return tf.tensor(Float32Array.from(solved), right.shape);
};

/** Replaces the rows of B by those of X, from the one that has no other unknown to the one that has all of them. */
function substitute(
  a: Float32Array,
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
