import { clip } from "../engine/clip.ts";
import { tf } from "../engine/tf.ts";

/** |u|/√ν from which log(1 + u²/ν) is 2 log(|u|/√ν) to float32's last digit; squaring far beyond it would overflow. */
const FAR = 1e4;
/** u²/ν up to which three terms of the series give log(1 + u²/ν) to float32's last digit. */
const SMALL = 3e-3;
/** Freedom from which u²/ν may be too small a number for float32, and below which √ν may be. */
const [HUGE, TINY] = [1e20, 1e-60];
/** What float32 holds with all its digits, with room at both ends. */
const [SMALLEST, LARGEST] = [1e-37, 3e38];

/**
 * −½(ν + 1) log(1 + u²/ν), the part of the log-density of Student's t that depends on u, for any ν > 0. Each branch is
 * given an argument that it can take, so no gradient is NaN because of one that is not chosen.
 */
export function logKernel(u: tf.Tensor, freedom: number): tf.Tensor {
  if (freedom > HUGE) return tf.neg(hugeKernel(u, freedom));
  const logarithm = freedom < TINY ? tinyLogarithm(u, freedom) : logOnePlusSquare(u, freedom);
  return tf.mul(logarithm, -(freedom + 1) / 2);
}

/** log(1 + u²/ν). */
function logOnePlusSquare(u: tf.Tensor, freedom: number): tf.Tensor {
  const root = Math.sqrt(freedom);
  const v = tf.div(u, root);
  const size = tf.abs(v);
  const w = tf.square(clip(v, -FAR, FAR));
  // Not every backend's log1p keeps the digits of a small argument, and a large ν multiplies its error.
  const near = tf.where(tf.less(w, SMALL), tf.mul(tf.minimum(w, SMALL), seriesOf(w)), tf.log1p(w));
  // u/√ν may overflow only if ν is below 1.
  const logSize =
    freedom < 1
      ? tf.sub(tf.log(tf.maximum(tf.abs(u), FAR * root)), Math.log(root))
      : tf.log(tf.maximum(size, FAR));
  return tf.where(tf.less(size, FAR), near, tf.mul(logSize, 2));
}

/** log(1 + w)/w for a w up to {@link SMALL}; a larger one is taken for that. */
function seriesOf(w: tf.Tensor): tf.Tensor {
  const small = tf.minimum(w, SMALL);
  return tf.sub(1, tf.mul(small, tf.sub(1 / 2, tf.div(small, 3))));
}

/** log(1 + u²/ν) where every u of float32 but 0 is far out. */
function tinyLogarithm(u: tf.Tensor, freedom: number): tf.Tensor {
  const size = tf.abs(u);
  const far = tf.mul(tf.sub(tf.log(tf.maximum(size, 2 ** -126)), Math.log(freedom) / 2), 2);
  return tf.where(tf.equal(size, 0), tf.zerosLike(size), far);
}

/** ½(ν + 1) log(1 + w), w = u²/ν, as (u √(½(1 + 1/ν) log(1 + w)/w))²: no number in it is too small or too large. */
function hugeKernel(u: tf.Tensor, freedom: number): tf.Tensor {
  const perRoot = Math.max(1 / Math.sqrt(freedom), SMALLEST);
  const reach = Math.min(FAR / perRoot, LARGEST);
  const inside = clip(u, -reach, reach);
  const w = tf.square(tf.mul(inside, perRoot));
  const larger = tf.maximum(w, SMALL);
  const ratio = tf.where(tf.less(w, SMALL), seriesOf(w), tf.div(tf.log1p(larger), larger));
  const near = tf.square(tf.mul(inside, tf.sqrt(tf.mul(ratio, (1 + 1 / freedom) / 2))));
  const size = tf.mul(tf.abs(u), perRoot);
  const far = tf.mul(tf.log(tf.maximum(size, FAR)), 2 * Math.min((freedom + 1) / 2, LARGEST / 4));
  return tf.where(tf.less(size, FAR), near, far);
}
