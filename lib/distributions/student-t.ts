import { tf } from "../engine/tf.ts";
import { checkOptions } from "../ground/arguments/check-options.ts";
import { aNumber, anything, either, listOf } from "../ground/arguments/kinds.ts";
import { digamma, logGamma } from "../ground/functions/special-functions.ts";
import type { Random } from "../random/random.ts";
import type { Distribution } from "./distribution.ts";
import { type LocationScale, locationScale } from "./location-scale.ts";
import { logKernel } from "./student-t-kernel.ts";

/** Student's t: how heavy its tails are, where it lies and how wide it is. */
export interface StudentTOptions extends LocationScale {
  /** Degrees of freedom ν > 0: 1 is Cauchy's distribution; for ν → ∞ it becomes normal. */
  readonly freedom: number;
}

/**
 * Student's t distribution with independent components: a base whose tails fall as |z|^{−ν−1}, for data with outliers.
 *
 * log p(z) = Σ_i −½(ν+1) log(1 + u_i²/ν) − log(√ν B(½, ν/2)) − log scale_i nats, u_i = (z_i − mean_i)/scale_i.
 * Entropy of a component: ½(ν+1)(ψ(½(ν+1)) − ψ(ν/2)) + log(√ν B(½, ν/2)) + log scale_i nats.
 *
 * Any ν that a double holds: from about 1e38 on, this is the normal distribution to float32's last digit; below about
 * 0.1, some samples are further out than float32 reaches, and are its largest number.
 *
 * @throws RangeError if ν or a scale is not positive and finite, or a mean not finite.
 * @throws ShapeError if a list of means or scales does not have one number for each component.
 * @see Jaini, Kobyzev, Yu, Brubaker 2020, "Tails of Lipschitz Triangular Flows", arXiv:1907.04481 (why a normal base
 *   cannot give heavy tails).
 */
export function studentT(options: StudentTOptions): Distribution {
  checkOptions("studentT", options, "studentT({ freedom: 3 })", {
    freedom: aNumber,
    mean: either(aNumber, listOf(aNumber)),
    scale: either(aNumber, listOf(aNumber)),
    eventShape: anything,
  });
  const { freedom, ...place } = options;
  if (!(freedom > 0 && freedom < Infinity)) {
    throw new RangeError(`studentT: expected finite degrees of freedom > 0; got ${freedom}`);
  }
  const logNormalizer = logNormalizerOf(freedom);
  const standard = {
    logDensity: (u: tf.Tensor, logSize?: tf.Tensor) => tf.sub(logKernel(u, freedom, logSize), logNormalizer),
    draw: (count: number, random: Random) => draw(count, random, freedom),
    entropy: digammaPart(freedom) + logNormalizer,
  };
  return locationScale(standard, place, { type: "studentT", freedom });
}

/** Half the freedom from which the asymptotic series give all digits of a double; the differences would lose them. */
const LARGE_HALF = 1e3;
/** Freedom below which Γ(ν/2) is 2/ν to a double's last digit. */
const TINY = 1e-16;

/** log(√ν B(½, ν/2)) = ½ log νπ + log Γ(ν/2) − log Γ((ν + 1)/2). */
function logNormalizerOf(freedom: number): number {
  const half = freedom / 2;
  if (half > LARGE_HALF) {
    return 0.5 * Math.log(2 * Math.PI) + 1 / (8 * half) - 1 / half ** 3 / 192 + 1 / half ** 5 / 640;
  }
  if (freedom < TINY) return Math.LN2 - 0.5 * Math.log(freedom);
  return 0.5 * Math.log(freedom * Math.PI) + logGamma(half) - logGamma((freedom + 1) / 2);
}

/** ½(ν + 1)(ψ((ν + 1)/2) − ψ(ν/2)). */
function digammaPart(freedom: number): number {
  const half = freedom / 2;
  const steps = half + 0.5;
  if (half > LARGE_HALF) return (steps / half) * (1 / 2 + 1 / (8 * half) - 1 / half ** 3 / 64);
  if (freedom < TINY) return steps * (digamma(0.5) + 2 / freedom);
  return steps * (digamma(steps) - digamma(half));
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
