import { clip } from "../engine/clip.ts";
import { withGradient } from "../engine/tape/with-gradient.ts";
import { tf } from "../engine/tf.ts";
import { LARGEST_FLOAT, saturate } from "./saturate.ts";

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
 *
 * @param logSize log |u| where u is infinite though log |u| is not, if there may be such a u.
 */
export function logKernel(u: tf.Tensor, freedom: number, logSize?: tf.Tensor): tf.Tensor {
  const far = (known: tf.Tensor) => {
    if (logSize === undefined) return known;
    const beyond = tf.sub(logSize, Math.log(freedom) / 2);
    return tf.where(tf.greater(tf.abs(u), LARGEST_FLOAT), beyond, known);
  };
  if (freedom > HUGE) return tf.neg(hugeKernel(logSize ? saturate(u) : u, freedom, far));
  const logarithm = freedom < TINY ? tinyLogarithm(u, freedom, far) : logOnePlusSquare(u, freedom, far);
  return tf.mul(logarithm, -(freedom + 1) / 2);
}

/** log(|u|/√ν) also where u is infinite, from what is right elsewhere. */
type Far = (known: tf.Tensor) => tf.Tensor;

/** log(1 + u²/ν). */
function logOnePlusSquare(u: tf.Tensor, freedom: number, far: Far): tf.Tensor {
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
  return tf.where(tf.less(size, FAR), near, tf.mul(far(logSize), 2));
}

/** log(1 + w)/w for a w up to {@link SMALL}; a larger one is taken for that. */
function seriesOf(w: tf.Tensor): tf.Tensor {
  const small = tf.minimum(w, SMALL);
  return tf.sub(1, tf.mul(small, tf.sub(1 / 2, tf.div(small, 3))));
}

/** log(1 + u²/ν) where every u of float32 but 0 is far out. */
function tinyLogarithm(u: tf.Tensor, freedom: number, far: Far): tf.Tensor {
  const size = tf.abs(u);
  const logSize = far(tf.sub(tf.log(tf.maximum(size, 2 ** -126)), Math.log(freedom) / 2));
  return tf.where(tf.equal(size, 0), tf.zerosLike(size), tf.mul(logSize, 2));
}

/** ½(ν + 1) log(1 + w), w = u²/ν, as (u √(½(1 + 1/ν) log(1 + w)/w))²: no number in it is too small or too large. */
function hugeKernel(u: tf.Tensor, freedom: number, far: Far): tf.Tensor {
  const perRoot = Math.max(1 / Math.sqrt(freedom), SMALLEST);
  const reach = Math.min(FAR / perRoot, LARGEST_FLOAT);
  const near = hugeKernelNear(clip(u, -reach, reach), freedom, perRoot);
  // No number of float32 is far out.
  if (reach === LARGEST_FLOAT) return near;
  const size = tf.mul(tf.abs(u), perRoot);
  const logSize = far(tf.log(tf.maximum(size, FAR)));
  const beyond = tf.mul(logSize, 2 * Math.min((freedom + 1) / 2, LARGEST / 4));
  return tf.where(tf.less(size, FAR), near, beyond);
}

/** Its gradient (1 + 1/ν)u/(1 + w) is given: that of the square has u² in it, which float32 may not hold. */
function hugeKernelNear(inside: tf.Tensor, freedom: number, perRoot: number): tf.Tensor {
  const compute = ({ u }: { u: tf.Tensor }) => {
    const w = tf.square(tf.mul(u, perRoot));
    const larger = tf.maximum(w, SMALL);
    const ratio = tf.where(tf.less(w, SMALL), seriesOf(w), tf.div(tf.log1p(larger), larger));
    return [tf.square(tf.mul(u, tf.sqrt(tf.mul(ratio, (1 + 1 / freedom) / 2))))];
  };
  const [kernel] = withGradient({ u: inside }, compute, ({ u }, [dy]) => {
    // In two steps, since 1/√ν may be too small a number.
    const w = tf.square(tf.mul(tf.mul(u, 1e-19), 1e19 / Math.sqrt(freedom)));
    return { u: tf.mul(dy, tf.div(tf.mul(u, 1 + 1 / freedom), tf.add(w, 1))) };
  });
  return kernel;
}
