import { checkDraw } from "../../distributions/count.ts";
import { tf } from "../../engine/tf.ts";
import { describe } from "../../ground/arguments/plain-numbers.ts";
import type { Random } from "../../random/random.ts";

/** A known density of one or two dimensions, to try flows on. */
export interface ToyDensity {
  /** What it is called in figures and tables. */
  readonly name: string;
  /** Numbers of a point: 1 or 2. */
  readonly dimension: number;
  /** What a plot should show: lower and upper end of each coordinate. */
  readonly range: readonly (readonly [number, number])[];
  /** `count` independent points, [count, dimension]; the same stream gives the same points on every backend. */
  sample(count: number, random: Random): tf.Tensor2D;
  /** Exact log-density of one point in nats, in double precision; −∞ outside the support. */
  logProb(x: readonly number[]): number;
  /**
   * Entropy in nats, in closed form or by quadrature to nine digits: the least negative log-likelihood per point that
   * any model can reach on average.
   */
  readonly entropy: number;
}

/** A density known up to a constant: p(x) = exp(−energy(x))/Z. */
export interface Potential extends ToyDensity {
  /** U(x) of one point in nats, in double precision; ∞ outside the support. */
  energy(x: readonly number[]): number;
  /**
   * U of many points in nats, [n, 2] → [n], in float32 and by operations that have a gradient; ∞ outside the support.
   * What {@link fitToDensity} wants is its negative: `(x) => tf.neg(potential.energies(x))`.
   *
   * @throws ShapeError if the points are not of that shape.
   */
  energies(points: tf.Tensor | tf.TensorLike): tf.Tensor;
  /** Logarithm of the normalizing constant, log Z = log ∫ exp(−energy(x)) dx, in nats. */
  readonly logZ: number;
}

/** The density that refuses what is no point of it: coordinates that are missing would be NaN without a word. */
export function checkPoints<D extends ToyDensity & { energy?: Potential["energy"] }>(density: D): D {
  const { dimension, logProb, energy } = density;
  const check = (who: string, x: readonly number[]) => {
    const isPoint = Array.isArray(x) || ArrayBuffer.isView(x);
    const numbers = isPoint ? Array.from(x).slice(0, dimension) : [];
    if (numbers.length === dimension && numbers.every((one) => typeof one === "number")) return x;
    throw new TypeError(
      `${who}: expected one point, a list of ${dimension} ${dimension === 1 ? "number" : "numbers"}; got ` +
        `${isPoint ? `[${Array.from(x).map(describe)}]` : describe(x)}. Of many, it is points.map(f)`,
    );
  };
  return {
    ...density,
    logProb: (x) => logProb(check("logProb", x)),
    ...(energy && { energy: (x) => energy(check("energy", x)) }),
  };
}

/** The sampler that draws its points one after the other. */
export function pointwise(
  dimension: number,
  draw: (random: Random) => readonly number[],
): ToyDensity["sample"] {
  return (count, random) => {
    checkDraw(count, random, [2]);
    const points = Array.from({ length: count }, () => draw(random));
    return tf.tensor2d(points.flat(), [count, dimension], "float32");
  };
}

/** log Σ exp of the terms, without overflow; −∞ of none. */
export function logSumExp(terms: readonly number[]): number {
  const largest = terms.reduce((a, b) => Math.max(a, b), -Infinity);
  if (largest === -Infinity) return -Infinity;
  return largest + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - largest), 0));
}

/** Log-density of a normal distribution at a squared distance from its mean, the same in each dimension. */
export function logNormal(squaredDistance: number, scale: number, dimension: number): number {
  return -0.5 * (squaredDistance / scale ** 2 + dimension * Math.log(2 * Math.PI * scale ** 2));
}
