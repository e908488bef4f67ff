import { tf } from "../../engine/tf.ts";

/** A number, or arrays of them, as JSON keeps them. */
export type Nested = number | readonly Nested[];

/** What a tensor can be made of, as plain numbers: what is no number becomes NaN. */
export function toNested(values: tf.TensorLike): Nested {
  if (typeof values === "number") return values;
  if (Array.isArray(values)) return values.map(toNested);
  return ArrayBuffer.isView(values) ? Array.from(values as Float32Array) : Number(values);
}

/** The same arrays of other numbers. */
export function each(values: Nested, map: (value: number) => number): Nested {
  return typeof values === "number" ? map(values) : values.map((part) => each(part, map));
}

/** All numbers in their order. */
export function flat(values: Nested): number[] {
  return typeof values === "number" ? [values] : values.flatMap(flat);
}

/** The lengths of the arrays, from the outermost. */
export function shapeOf(values: Nested): number[] {
  if (typeof values === "number") return [];
  return values.length === 0 ? [0] : [values.length, ...shapeOf(values[0])];
}

/** A float32 tensor of the numbers. */
export function asTensor(values: Nested): tf.Tensor {
  return tf.tensor(values as tf.TensorLike, undefined, "float32");
}
