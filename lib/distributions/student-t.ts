import { tf } from "../engine/tf.ts";
import { digamma, logGamma } from "../ground/special-functions.ts";
import type { Random } from "../random/random.ts";
import type { Distribution } from "./distribution.ts";
import { type LocationScale, locationScale } from "./location-scale.ts";

/** Student's t: how heavy its tails are, where it lies and how wide it is. */
export interface StudentTOptions extends LocationScale {
  /** Degrees of freedom ν > 0: 1 is Cauchy's distribution; for ν → ∞ it becomes normal. */
  readonly freedom: number;
}

/** |u|/√ν from which log(1 + u²/ν) is 2 log(|u|/√ν) to float32's last digit; squaring far beyond it would overflow. */
const FAR = 1e4;
/** u²/ν up to which three terms of the series give log(1 + u²/ν) to float32's last digit. */
const SMALL = 3e-3;

/**
 * Student's t distribution with independent components: a base whose tails fall as |z|^{−ν−1}, for data with outliers.
 *
 * log p(z) = Σ_i −½(ν+1) log(1 + u_i²/ν) − log(√ν B(½, ν/2)) − log scale_i nats, u_i = (z_i − mean_i)/scale_i.
 * Entropy of a component: ½(ν+1)(ψ(½(ν+1)) − ψ(ν/2)) + log(√ν B(½, ν/2)) + log scale_i nats.
 *
 * @throws RangeError if ν or a scale is not positive and finite, or a mean not finite.
 * @throws ShapeError if a list of means or scales does not have one number for each component.
 * @see Jaini, Kobyzev, Yu, Brubaker 2020, "Tails of Lipschitz Triangular Flows", arXiv:1907.04481 (why a normal base
 *   cannot give heavy tails).
 */
export function studentT(options: StudentTOptions): Distribution {
  const { freedom, ...place } = options;
  if (!(freedom > 0 && freedom < Infinity)) {
    throw new RangeError(`expected finite degrees of freedom > 0; got ${freedom}`);
  }
  const halves = [freedom / 2, (freedom + 1) / 2] as const;
  const logNormalizer = 0.5 * Math.log(freedom * Math.PI) + logGamma(halves[0]) - logGamma(halves[1]);
  const standard = {
    logDensity: (u: tf.Tensor) => tf.sub(tf.mul(logOnePlusSquare(u, freedom), -halves[1]), logNormalizer),
    draw: (count: number, random: Random) => draw(count, random, freedom),
    entropy: halves[1] * (digamma(halves[1]) - digamma(halves[0])) + logNormalizer,
  };
  return locationScale(standard, place, { type: "studentT", freedom });
}

/** log(1 + u²/ν). Each branch is given an argument that it can take, so neither's gradient is NaN. */
function logOnePlusSquare(u: tf.Tensor, freedom: number): tf.Tensor {
  const v = tf.div(u, Math.sqrt(freedom));
  const size = tf.abs(v);
  const w = tf.square(tf.clipByValue(v, -FAR, FAR));
  // Not every backend's log1p keeps the digits of a small argument, and a large ν multiplies its error.
  const small = tf.minimum(w, SMALL);
  const series = tf.mul(small, tf.sub(1, tf.mul(small, tf.sub(1 / 2, tf.div(small, 3)))));
  const near = tf.where(tf.less(w, SMALL), series, tf.log1p(w));
  const far = tf.mul(tf.log(tf.maximum(size, FAR)), 2);
  return tf.where(tf.less(size, FAR), near, far);
}

/**
 * t = √(ν(U^{−2/ν} − 1)) cos 2πV with U, V uniform.
 *
 * @see Bailey 1994, "Polar generation of random variates with the t-distribution", Mathematics of Computation 62.
 */
function draw(count: number, random: Random, freedom: number): number[] {
  const [u, v] = [random.uniform(count), random.uniform(count)];
  return u.map((value, i) => {
    const radius = Math.sqrt(freedom * Math.expm1((-2 / freedom) * Math.log1p(-value)));
    return radius * Math.cos(2 * Math.PI * v[i]);
  });
}
