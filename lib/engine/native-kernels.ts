import type { Tensor, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "./load.ts";

/** What tfjs-node's backend offers to its kernels. */
interface NativeBackend {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_INT32: number };
  getDTypeInteger(dtype: string): number;
  executeSingleOutput(name: string, attributes: object[], inputs: TensorInfo[]): Tensor;
}

/** Gives tfjs-node the search for the bin of a number (`tf.searchSorted`), which only the other backends have. */
export function addMissingNativeKernels(tf: TensorFlow): void {
  if (tf.getKernel("SearchSorted", "tensorflow")) return;
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
