import { withGradient } from "../engine/tape/with-gradient.ts";
import { tf } from "../engine/tf.ts";
import { checkOptions, dropAbsent } from "../ground/arguments/check-options.ts";
import { aNumber } from "../ground/arguments/kinds.ts";
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
  checkOptions("affineTransformer", options, "affineTransformer({ bound: 3 })", { bound: aNumber });
  const { bound } = { bound: 3, ...dropAbsent(options) };
  if (!(bound > 0 && bound < Infinity))
    throw new RangeError(`affineTransformer: expected a positive bound; got ${bound}`);
  const keepWithin = (raw: tf.Tensor) => tf.tanh(tf.mul(raw, 1 / bound));
  const run =
    (map: (inputs: Inputs) => tf.Tensor[], gradient: Gradient) => (at: tf.Tensor, params: tf.Tensor) =>
      tf.tidy(() => {
        checkParameters("affine", params, 2);
        const [shift, raw] = tf.unstack(params, params.rank - 1).map((one) => expand(one, at));
        const [value, logDet] = withGradient({ at, shift, raw }, map, gradient);
        return { value, logDet };
      });
  return {
    parameters: 2,
    config: { type: "affine", bound },
    forward: run(
      ({ at, shift, raw }) => {
        const logScale = tf.mul(keepWithin(raw), bound);
        return [tf.add(tf.mul(at, tf.exp(logScale)), shift), logScale];
      },
      ({ at, raw }, [dValue, dLogDet]) => {
        const share = keepWithin(raw);
        const dAt = tf.mul(dValue, tf.exp(tf.mul(share, bound)));
        const dLogScale = tf.add(tf.mul(dAt, at), dLogDet);
        // The slope of bound·tanh(raw/bound): the two bounds cancel.
        return { at: dAt, shift: dValue, raw: tf.mul(dLogScale, tf.sub(1, tf.square(share))) };
      },
    ),
    inverse: run(
      ({ at, shift, raw }) => {
        const logSlope = tf.mul(keepWithin(raw), -bound);
        return [tf.mul(tf.sub(at, shift), tf.exp(logSlope)), logSlope];
      },
      ({ at, shift, raw }, [dValue, dLogDet]) => {
        const share = keepWithin(raw);
        const slope = tf.exp(tf.mul(share, -bound));
        const dAt = tf.mul(dValue, slope);
        const dLogSlope = tf.add(tf.mul(dValue, tf.mul(tf.sub(at, shift), slope)), dLogDet);
        return { at: dAt, shift: tf.neg(dAt), raw: tf.mul(dLogSlope, tf.sub(tf.square(share), 1)) };
      },
    ),
  };
}

type Inputs = { readonly at: tf.Tensor; readonly shift: tf.Tensor; readonly raw: tf.Tensor };
/** By hand for eager steps: for 256 rows of 8 numbers 0.28 ms instead of 0.32 ms; compiled, both take 0.022 ms. */
type Gradient = (inputs: Inputs, cotangents: tf.Tensor[]) => Inputs;

/** A parameter for every number, where some share it. */
function expand(parameter: tf.Tensor, at: tf.Tensor): tf.Tensor {
  const isOwn = parameter.rank === at.rank && parameter.size === at.size;
  return isOwn ? parameter : tf.broadcastTo(parameter, at.shape);
}
