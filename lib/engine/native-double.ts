import type { Tensor, TensorInfo } from "@tensorflow/tfjs";

/** An operation's attribute, as tfjs-node's kernels give it. */
interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** What the addon tells of a tensor that it has made. */
interface Made {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** tfjs-node's backend, as far as it is needed here. */
export interface NativeBackend {
  readonly binding: Record<"TF_ATTR_TYPE" | "TF_ATTR_BOOL" | "TF_FLOAT", number> & {
    executeOp(
      name: string,
      attributes: readonly Attribute[],
      inputs: readonly number[],
      outputs: number,
    ): Made[];
    deleteTensor(id: number): void;
  };
  getInputTensorIds(tensors: readonly TensorInfo[]): number[];
  createOutputTensor(made: Made): Tensor;
  executeSingleOutput(name: string, attributes: readonly Attribute[], inputs: readonly TensorInfo[]): Tensor;
}

/** libtensorflow's number for double precision, for which the addon has no name. */
const TF_DOUBLE = 2;

/**
 * Runs an operation of libtensorflow on one float32 tensor in double precision: what float32 loses in between, where
 * large numbers cancel, is kept; only the result is rounded.
 *
 * TensorFlow.js has no tensors in double precision. Here they have a number only, and are freed before it sees any.
 *
 * @param attributes Without the type "T".
 * @param outputs How many results the operation has.
 * @param which Which of them is wanted.
 */
export function runInDouble(
  native: NativeBackend,
  name: string,
  attributes: readonly Attribute[],
  input: TensorInfo,
  outputs = 1,
  which = 0,
): Tensor {
  const { binding } = native;
  const type = (attribute: string, value: number) => ({ name: attribute, type: binding.TF_ATTR_TYPE, value });
  const cast = (id: number, from: number, to: number): Made => {
    const truncate = { name: "Truncate", type: binding.TF_ATTR_BOOL, value: false };
    return binding.executeOp("Cast", [type("SrcT", from), type("DstT", to), truncate], [id], 1)[0];
  };
  const inside: number[] = [];
  try {
    const [id] = native.getInputTensorIds([input]);
    const exact = cast(id, binding.TF_FLOAT, TF_DOUBLE);
    inside.push(exact.id);
    const made = binding.executeOp(name, [type("T", TF_DOUBLE), ...attributes], [exact.id], outputs);
    inside.push(...made.map((one) => one.id));
    return native.createOutputTensor(cast(made[which].id, TF_DOUBLE, binding.TF_FLOAT));
  } finally {
    for (const id of inside) binding.deleteTensor(id);
  }
}
