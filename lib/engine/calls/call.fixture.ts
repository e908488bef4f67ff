import type { DataType, Tensor } from "@tensorflow/tfjs";

/** Numbers that an operation is called with: those of type float32 are what it is differentiated in. */
export interface Given {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly dtype: DataType;
}

/** TensorFlow.js, repaired or not: calls are written for tensors of every rank, which its declarations tell apart. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Operations = any;

/** What an operation gives; of several results all are compared. */
export type Result = Tensor | readonly Tensor[];

/** One way to call an operation. */
export interface Call {
  /** What is special about this call; empty for the ordinary one. */
  readonly label: string;
  readonly inputs: readonly Given[];
  run(t: Operations, ...inputs: Operations[]): Result | Promise<Result>;
  /** Not to be differentiated: the operation has a kink there, or an end. */
  readonly rough?: boolean;
  /** The same by other operations, where plain JavaScript's own is wrong or missing. */
  readonly reference?: ((t: Operations, ...inputs: Operations[]) => Result) | undefined;
}

/** Operations by their name within `tf`, such as `linalg.qr`, and their calls. */
export type Calls = Readonly<Record<string, readonly Call[]>>;

/** An ordinary call. */
export function call(run: Call["run"], ...inputs: Given[]): Call {
  return { label: "", run, inputs };
}

/** A call that differs from the ordinary one by something. */
export function variant(label: string, run: Call["run"], ...inputs: Given[]): Call {
  return { label, run, inputs };
}

/** A call that is compared with another way to compute the same. */
export function against(
  reference: NonNullable<Call["reference"]>,
  label: string,
  run: Call["run"],
  ...inputs: Given[]
): Call {
  return { label, run, inputs, reference };
}

/** The same call, of which only the value is compared. */
export function rough(one: Call): Call {
  return { ...one, rough: true };
}

/** Share of a circle by which neighbours of a low-discrepancy sequence lie apart: no two of its numbers are near. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Irregular numbers between two bounds, no two of them equal. Phases tell several inputs of one call apart. */
export function wave(shape: readonly number[], phase = 0, low = -2, high = 2): Given {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Array.from({ length: size }, (_, i) => {
    const place = ((i + 1) * GOLDEN + phase * 0.2137) % 1;
    return Math.fround(low + (high - low) * place);
  });
  return { shape, values, dtype: "float32" };
}

/** Positive numbers, away from 0. */
export function positive(shape: readonly number[], phase = 0): Given {
  return wave(shape, phase, 0.3, 2.7);
}

/** These whole numbers, which an operation takes as places, counts or labels. */
export function whole(values: readonly number[], shape: readonly number[] = [values.length]): Given {
  return { shape, values, dtype: "int32" };
}

/** These truth values, 0 or 1. */
export function truth(values: readonly number[], shape: readonly number[] = [values.length]): Given {
  return { shape, values, dtype: "bool" };
}

/** Just these numbers. */
export function numbers(values: readonly number[], shape: readonly number[] = [values.length]): Given {
  return { shape, values: values.map(Math.fround), dtype: "float32" };
}
