import { tf } from "../../engine/tf.ts";
import { type Kind, oneOf } from "../../ground/arguments/kinds.ts";

/** A nonlinearity whose slope lies between −1 and 1, and its slope, which the Jacobian needs. */
export interface SmoothActivation {
  /** Numbers that are trained of each layer's own: none or one. */
  readonly start?: number;
  value(x: tf.Tensor, own?: tf.Tensor): tf.Tensor;
  slope(x: tf.Tensor, own?: tf.Tensor): tf.Tensor;
}

/** Above the largest slope of x·σ(x), which is 1.09984. */
const STEEPEST = 1.1;

const functions = {
  // x·σ(βx)/1.1 with β = log(1 + eᵇ): its slope at x is that of x·σ(x)/1.1 at βx, so 1 bounds it for every β.
  lipSwish: {
    start: 0.5,
    value: (x, own) => tf.div(tf.mul(x, tf.sigmoid(sharpen(x, own))), STEEPEST),
    slope: (x, own) => {
      const sharp = sharpen(x, own);
      const gate = tf.sigmoid(sharp);
      return tf.div(tf.mul(gate, tf.add(1, tf.mul(sharp, tf.sub(1, gate)))), STEEPEST);
    },
  },
  elu: {
    value: (x) => tf.elu(x),
    slope: (x) => tf.exp(tf.minimum(x, 0)),
  },
  tanh: {
    value: (x) => tf.tanh(x),
    slope: (x) => tf.sub(1, tf.square(tf.tanh(x))),
  },
} satisfies Record<string, SmoothActivation>;

const sharpen = (x: tf.Tensor, own: tf.Tensor | undefined) => tf.mul(x, tf.softplus(own as tf.Tensor));

/**
 * The nonlinearity of a {@link Contraction}: its own Lipschitz constant is 1 at most, and its slope is continuous, as the
 * gradient of a log-determinant needs. lipSwish: x·σ(βx)/1.1 with a learned β > 0 for each layer.
 *
 * @see Chen, Behrmann, Duvenaud, Jacobsen 2019, "Residual Flows", arXiv:1906.02735v6, section 3.3, for LipSwish.
 */
export type SmoothActivationName = keyof typeof functions;

/** The option that names one. */
export const aSmoothActivation: Kind = oneOf(...Object.keys(functions));

export function smoothActivation(name: SmoothActivationName): SmoothActivation {
  return functions[name];
}
