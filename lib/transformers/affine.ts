import { tf } from "../engine/tf.ts";
import { checkParameters, type Transformer } from "./transformer.ts";

/**
 * Scale and shift of each number, the logarithm of the scale being softly bounded.
 *
 * x = z·exp(s) + t with s = c·tanh(a/c);  log-slope s nats. Parameters: t, a. The bound keeps a scale between exp(−c)
 * and exp(c), whatever a conditioner says about inputs that it has never seen; near 0, s is a.
 *
 * @param options.bound c, positive; 3 if left out: scales from 1/20 to 20.
 * @throws RangeError if the bound is not a positive number.
 * @throws ShapeError when applied with another number of parameters.
 * @see Dinh, Sohl-Dickstein, Bengio 2017, "Density estimation using Real NVP", arXiv:1605.08803v3, equations 7 and 8;
 *   section 4.1 bounds s by a tanh, too, with a learned factor.
 */
export function affineTransformer(options: { bound?: number } = {}): Transformer {
  const { bound } = { bound: 3, ...options };
  if (!(bound > 0 && bound < Infinity)) throw new RangeError(`expected a positive bound; got ${bound}`);
  const split = (params: tf.Tensor) => {
    checkParameters("affine", params, 2);
    const [shift, raw] = tf.unstack(params, params.rank - 1);
    return { shift, logScale: tf.mul(tf.tanh(tf.mul(raw, 1 / bound)), bound) };
  };
  return {
    parameters: 2,
    config: { type: "affine", bound },
    forward: (z, params) =>
      tf.tidy(() => {
        const { shift, logScale } = split(params);
        const value = tf.add(tf.mul(z, tf.exp(logScale)), shift);
        return { value, logDet: spread(logScale, value) };
      }),
    inverse: (x, params) =>
      tf.tidy(() => {
        const { shift, logScale } = split(params);
        const negative = tf.neg(logScale);
        const value = tf.mul(tf.sub(x, shift), tf.exp(negative));
        return { value, logDet: spread(negative, value) };
      }),
  };
}

/** The log-slope for every number, where the parameters are shared by some. */
function spread(logScale: tf.Tensor, value: tf.Tensor): tf.Tensor {
  return logScale.rank === value.rank && logScale.size === value.size
    ? logScale
    : tf.broadcastTo(logScale, value.shape);
}
