import type { Tensor, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

/** What tfjs-node's backend offers to its kernels. */
interface NativeBackend {
  readonly binding: {
    readonly TF_ATTR_TYPE: number;
    readonly TF_ATTR_INT: number;
    readonly TF_INT32: number;
  };
  getDTypeInteger(dtype: string): number;
  executeSingleOutput(name: string, attributes: object[], inputs: TensorInfo[]): Tensor;
}

/**
 * Gives tfjs-node the search for the bin of a number (`tf.searchSorted`), which only the other backends have, the
 * gradient of a rectifier as one operation, and a gather that does not read the indices back to check them: libtensorflow checks them itself, and what has been read
 * cannot be part of a graph.
 */
export function addMissingNativeKernels(tf: TensorFlow): void {
  addSearchSorted(tf);
  addReluGrad(tf);
  replacePrelu(tf);
  tf.unregisterKernel("GatherV2", "tensorflow");
  tf.registerKernel({
    kernelName: "GatherV2",
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const native = backend as NativeBackend;
      const { x, indices } = inputs as unknown as Record<"x" | "indices", Tensor>;
      const { batchDims, ...given } = attrs as unknown as Record<"axis" | "batchDims", number>;
      const [axis] = tf.util.parseAxisParam(given.axis, x.shape);
      tf.backend_util.segment_util.collectGatherOpShapeInfo(x, indices, axis, batchDims);
      const type = (name: string, dtype: string) => {
        return { name, type: native.binding.TF_ATTR_TYPE, value: native.getDTypeInteger(dtype) };
      };
      const attributes = [
        { name: "batch_dims", type: native.binding.TF_ATTR_INT, value: batchDims },
        type("Tparams", x.dtype),
        type("Tindices", indices.dtype),
        type("Taxis", "int32"),
      ];
      const axisTensor = tf.scalar(axis, "int32");
      const result = native.executeSingleOutput("GatherV2", attributes, [x, indices, axisTensor]);
      axisTensor.dispose();
      return result;
    },
  });
}

function addSearchSorted(tf: TensorFlow): void {
  tf.registerKernel({
    kernelName: "SearchSorted",
    backendName: "tensorflow",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const native = backend as NativeBackend;
      const { sortedSequence, values } = inputs as unknown as Record<"sortedSequence" | "values", TensorInfo>;
      const type = (name: string, value: number) => ({ name, type: native.binding.TF_ATTR_TYPE, value });
      const attributes = [
        type("T", native.getDTypeInteger(sortedSequence.dtype)),
        type("out_type", native.binding.TF_INT32),
      ];
      const operation = attrs?.side === "left" ? "LowerBound" : "UpperBound";
      return native.executeSingleOutput(operation, attributes, [sortedSequence, values]);
    },
  });
}

/** dy where x > 0, else 0. */
function addReluGrad(tf: TensorFlow): void {
  tf.registerKernel({
    kernelName: "ReluGrad",
    backendName: "tensorflow",
    kernelFunc: ({ inputs, backend }) => {
      const native = backend as NativeBackend;
      const { dy, x } = inputs as unknown as Record<"dy" | "x", TensorInfo>;
      const type = { name: "T", type: native.binding.TF_ATTR_TYPE, value: native.getDTypeInteger(dy.dtype) };
      return native.executeSingleOutput("ReluGrad", [type], [dy, x]);
    },
  });
}

/** x, or a·x where it is negative: tfjs-node's takes the difference of x and |x|, which of ∞ is NaN. */
function replacePrelu(tf: TensorFlow): void {
  tf.unregisterKernel("Prelu", "tensorflow");
  tf.registerKernel({
    kernelName: "Prelu",
    backendName: "tensorflow",
    kernelFunc: ({ inputs }) => {
      const { x, alpha } = inputs as unknown as Record<"x" | "alpha", Tensor>;
      return tf.tidy(() => tf.where(tf.greaterEqual(x, 0), x, tf.mul(alpha, x)));
    },
  });
}
