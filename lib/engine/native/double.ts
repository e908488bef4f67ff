import type { Tensor, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

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
  readonly binding: Record<"TF_ATTR_TYPE" | "TF_ATTR_BOOL" | "TF_FLOAT" | "TF_INT32", number> & {
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

/** Attributes of an operation other than its types. */
export type Flags = Readonly<Record<string, boolean>>;

/** Numbers in double precision, which TensorFlow.js has no tensors for: the addon's number of them, and their shape. */
export interface Doubles {
  readonly id: number;
  readonly shape: readonly number[];
}

/** Operations of libtensorflow in double precision. */
export interface DoubleOperations {
  /**
   * @param outputs How many results the operation has, and which of them is wanted.
   */
  run(
    name: string,
    attributes: Flags,
    inputs: readonly Doubles[],
    outputs?: readonly [count: number, which: number],
  ): Doubles;
  constant(values: readonly number[], shape: readonly number[]): Doubles;
  reshape(x: Doubles, shape: readonly number[]): Doubles;
  /** So many entries along the first axis, from one of them: [count, ...]. */
  rows(x: Doubles, from: number, count: number): Doubles;
}

/** libtensorflow's number for double precision, for which the addon has no name. */
export const TF_DOUBLE = 2;

/**
 * Computes a tensor of float32 tensors in double precision: what float32 loses in between, where large numbers cancel,
 * is kept; only the result is rounded. All that lies between is freed.
 */
export function computeInDouble(
  tf: TensorFlow,
  native: NativeBackend,
  inputs: readonly TensorInfo[],
  compute: (library: DoubleOperations, inputs: readonly Doubles[]) => Doubles,
): Tensor {
  const { binding } = native;
  const inside: number[] = [];
  const type = (name: string, value: number) => ({ name, type: binding.TF_ATTR_TYPE, value });
  const call = (name: string, attributes: readonly Attribute[], ids: readonly number[], outputs = 1) => {
    const made = binding.executeOp(name, attributes, ids, outputs);
    inside.push(...made.map(({ id }) => id));
    return made;
  };
  const cast = (id: number, from: number, to: number) =>
    [
      "Cast",
      [
        type("SrcT", from),
        type("DstT", to),
        { name: "Truncate", type: binding.TF_ATTR_BOOL, value: false },
      ] as const,
      [id] as const,
    ] as const;
  const toDouble = (tensor: TensorInfo): Doubles =>
    call(...cast(native.getInputTensorIds([tensor])[0], binding.TF_FLOAT, TF_DOUBLE))[0];
  const whole = (values: readonly number[]): number =>
    native.getInputTensorIds([tf.tensor1d([...values], "int32")])[0];
  const library: DoubleOperations = {
    run(name, flags, of, [count, which] = [1, 0]) {
      const attributes = Object.entries(flags).map(([flag, value]) => ({
        ...{ name: flag, type: binding.TF_ATTR_BOOL, value },
      }));
      return call(
        name,
        [type("T", TF_DOUBLE), ...attributes],
        of.map(({ id }) => id),
        count,
      )[which];
    },
    constant(values, shape) {
      // The addon takes no double precision, of which three float32 numbers hold all 53 bits.
      const part = toDouble(tf.tensor(values.map(Math.fround), [...shape]));
      const rest = values.map((value) => value - Math.fround(value));
      return rest.every((one) => one === 0)
        ? part
        : library.run("AddV2", {}, [part, library.constant(rest, shape)]);
    },
    rows({ id, shape: [, ...rest] }, from, count) {
      const places = [
        [from, ...rest.map(() => 0)],
        [count, ...rest],
      ].map(whole);
      return call("Slice", [type("T", TF_DOUBLE), type("Index", binding.TF_INT32)], [id, ...places])[0];
    },
    reshape: ({ id }, shape) =>
      call("Reshape", [type("T", TF_DOUBLE), type("Tshape", binding.TF_INT32)], [id, whole(shape)])[0],
  };
  try {
    return tf.tidy(() => {
      const { id } = compute(library, inputs.map(toDouble));
      return native.createOutputTensor(binding.executeOp(...cast(id, TF_DOUBLE, binding.TF_FLOAT), 1)[0]);
    });
  } finally {
    for (const id of inside) binding.deleteTensor(id);
  }
}
