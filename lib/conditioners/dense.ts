import { tf } from "../engine/tf.ts";
import { checkParameters } from "../ground/arguments/most-numbers.ts";
import { nameVariables } from "../ground/variable-names.ts";
import { random } from "../random/random.ts";

/** One layer of a network. */
export interface Layer {
  /** Weights [inputs, outputs] and biases [outputs]. */
  readonly variables: readonly [tf.Variable, tf.Variable];
  /** x W + b for the rows of x [rows, inputs]. */
  apply(x: tf.Tensor): tf.Tensor;
}

/**
 * A linear layer, y = x W + b, or y = x (M ⊙ W) + b with a mask M of zeros and ones [inputs, outputs], row by row.
 *
 * Weights and biases start uniform on ±1/√inputs, as determined by the seed, or at 0.
 */
export function dense(options: {
  readonly inputs: number;
  readonly outputs: number;
  /** Determines the initial numbers; "zero" sets them to 0. */
  readonly start: string | "zero";
  readonly mask?: Float32Array;
}): Layer {
  const { inputs, outputs, start, mask } = options;
  checkParameters("a layer of a network", [inputs, outputs]);
  const bound = inputs === 0 ? 0 : 1 / Math.sqrt(inputs);
  const initial = (shape: number[], name: string) => {
    if (start === "zero") return tf.zeros(shape);
    return random(start).fork(name).uniformTensor(shape, -bound, bound);
  };
  const weights = tf.tidy(() => tf.variable(initial([inputs, outputs], "weights"), true));
  const biases = tf.tidy(() => tf.variable(initial([outputs], "biases"), true));
  nameVariables({ weights, biases });
  return {
    variables: [weights, biases],
    apply: (x) => {
      const matrix = mask ? tf.mul(weights, tf.tensor2d(mask, [inputs, outputs])) : weights;
      return tf.add(tf.matMul(x as tf.Tensor2D, matrix as tf.Tensor2D), biases);
    },
  };
}

/** Applies a network for rows [rows, inputs] to [...batch, inputs]. */
export function onRows(x: tf.Tensor, outputs: number, network: (rows: tf.Tensor) => tf.Tensor): tf.Tensor {
  const batch = x.shape.slice(0, -1);
  if (batch.length === 1) return network(x);
  const rows = batch.reduce((product, length) => product * length, 1);
  return tf.reshape(network(tf.reshape(x, [rows, x.shape[x.rank - 1]])), [...batch, outputs]);
}

/**
 * Checks the sizes of a network.
 *
 * @throws RangeError if one is no whole number, or too small.
 */
export function checkSizes(who: string, sizes: Record<string, number | readonly number[]>, least = 1): void {
  for (const [name, value] of Object.entries(sizes)) {
    for (const size of Array.isArray(value) ? value : [value]) {
      if (!Number.isInteger(size) || size < least)
        throw new RangeError(`${who}: expected ${name} ≥ ${least}, whole numbers; got ${value}`);
    }
  }
}
