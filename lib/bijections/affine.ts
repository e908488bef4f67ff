import { tf } from "../engine/tf.ts";
import type { Bijection, ConfigValue } from "./bijection.ts";
import { largest } from "./lipschitz.ts";

/**
 * Elementwise affine map with learned scale and shift.
 *
 * x = a·z + b;  logDet = log |a| nats for each element. The sign of a is that of `scale` and stays; log |a| is
 * learned, so that a never passes through 0.
 *
 * @param options.scale Initial a, one number or an array that broadcasts with the event; 1 if left out.
 * @param options.shift Initial b, likewise; 0 if left out.
 * @throws RangeError if a scale is 0 or not a number.
 * @see Prince, Understanding Deep Learning, section 16.3.2, equations 16.10 and 16.11.
 */
export function affine(options: { scale?: tf.TensorLike; shift?: tf.TensorLike } = {}): Bijection {
  const { scale, shift } = { scale: 1, shift: 0, ...options };
  const sign = tf.tidy(() => tf.keep(checked(tf.sign(tf.tensor(scale, undefined, "float32")), scale)));
  const logScale = tf.tidy(() => tf.variable(tf.log(tf.abs(tf.tensor(scale, undefined, "float32")))));
  const offset = tf.tidy(() => tf.variable(tf.tensor(shift, undefined, "float32")));
  const logDet = (like: tf.Tensor, direction: 1 | -1) =>
    tf.mul(tf.onesLike(like), tf.mul(logScale, direction));
  return {
    name: "affine",
    // The signs are no parameters: they belong to the architecture.
    config: { type: "affine", scale: sign.arraySync(), shift: zerosOf(offset) },
    eventRank: 0,
    inverseKind: "analytic",
    forward: (z) =>
      tf.tidy(() => {
        const value = tf.add(tf.mul(z, tf.mul(sign, tf.exp(logScale))), offset);
        return { value, logDet: logDet(value, 1) };
      }),
    inverse: (x) =>
      tf.tidy(() => {
        const value = tf.mul(tf.sub(x, offset), tf.mul(sign, tf.exp(tf.neg(logScale))));
        return { value, logDet: logDet(value, -1) };
      }),
    lipschitz: (direction) => largest(() => tf.exp(direction === "forward" ? logScale : tf.neg(logScale))),
    variables: [logScale, offset],
  };
}

function zerosOf(tensor: tf.Tensor): ConfigValue {
  return tf.tidy(() => tf.zerosLike(tensor).arraySync() as never) as ConfigValue;
}

function checked(sign: tf.Tensor, scale: tf.TensorLike): tf.Tensor {
  if (sign.dataSync().every((value) => Math.abs(value) === 1)) return sign;
  throw new RangeError(`expected scales that are finite and not 0; got ${JSON.stringify(scale)}`);
}
