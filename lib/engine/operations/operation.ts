import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "../../ground/tensorflow.ts";

/** Any operation: which tensors it takes, the library's declarations say. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Operation = (...values: any[]) => any;

/** Operations by name, those of a namespace such as `linalg` within it. */
export type Operations = { readonly [name: string]: Operation | { readonly [name: string]: Operation } };

/** What the library does with an argument first. */
export function asTensor(tf: TensorFlow, value: Tensor): Tensor {
  // What is missing the library complains of itself.
  return value instanceof tf.Tensor || value === undefined || value === null ? value : tf.tensor(value);
}
