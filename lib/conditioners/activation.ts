import { tf } from "../engine/tf.ts";
import { type Kind, oneOf } from "../ground/arguments/kinds.ts";

const functions = {
  relu: (x: tf.Tensor) => tf.relu(x),
  leakyRelu: (x: tf.Tensor) => tf.leakyRelu(x, 0.2),
  elu: (x: tf.Tensor) => tf.elu(x),
  softplus: (x: tf.Tensor) => tf.softplus(x),
  tanh: (x: tf.Tensor) => tf.tanh(x),
  sigmoid: (x: tf.Tensor) => tf.sigmoid(x),
  silu: (x: tf.Tensor) => tf.mul(x, tf.sigmoid(x)),
  // x·Φ(x), Φ being the distribution function of the standard normal distribution.
  gelu: (x: tf.Tensor) => tf.mul(x, tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5)),
};

/** The nonlinearity between the layers of a network. leakyRelu has the slope 0.2 below 0; silu: x·σ(x); gelu: x·Φ(x). */
export type Activation = keyof typeof functions;

/** The option that names one. */
export const anActivation: Kind = oneOf(...Object.keys(functions));

/**
 * The function that a name stands for.
 *
 * @throws RangeError if there is none of that name.
 */
export function activation(name: Activation): (x: tf.Tensor) => tf.Tensor {
  if (Object.hasOwn(functions, name)) return functions[name];
  throw new RangeError(
    `activation: expected an activation among ${Object.keys(functions).join(", ")}; got ${name}`,
  );
}
