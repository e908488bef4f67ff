import { clip } from "../../engine/clip.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import { checkOptions, dropAbsent } from "../../ground/arguments/check-options.ts";
import { aFew } from "../../ground/arguments/kinds.ts";
import { inRows } from "../rows.ts";
import { checkParameters, type Transformed, type Transformer } from "../transformer.ts";
import { type Components, componentsOf, keepWithin, logSumOfPowers } from "./components.ts";
import { logisticQuantile } from "./logistic-quantile.ts";
import { numbersOf, solveMixture } from "./solve-mixture.ts";

/** The logarithm of the last scale stays within so much of 0. */
const SLOPE_BOUND = 3;
/** Beyond, numbers divided by the least scale would be infinite, and the shares of components NaN. */
const FAR = 1e35;

/**
 * Mixture of logistic distributions: what makes a mixture of K peaks logistic, followed by scale and shift.
 *
 * inverse: z = e^s·(log F(x) − log(1 − F(x))) + t, F(x) = Σ_k π_k·σ((x − μ_k)/s_k);
 * log-slope s + log Σ_k (r_k·(1 − σ_k) + r̄_k·σ_k)/s_k nats, with the shares r_k = π_k σ_k/F and r̄_k = π_k (1 − σ_k)/(1 − F).
 * Both logarithms are computed from the logarithms of the parts, and nothing cancels in the slope: the tails are as exact
 * as the middle, however near F is to 0 or 1.
 *
 * forward: x = F⁻¹(σ((z − t)·e^−s)) has no closed form. It is solved for in double precision, between the quantiles of the
 * components, to a proven bound of the error ({@link findQuantile}), outside of compiled graphs and without second
 * derivatives. Between peaks that are far apart F is flat, and x follows z as steeply as that: so does the bound.
 *
 * 3K + 2 parameters: weights a, means b, scales c, t and u. π = softmax(a), μ_k = b_k·(½ + k/(K − 1)) for k from 0 (1 for
 * K = 1), s_k = exp(4·tanh(c_k/4)), s = 3·tanh(u/3). The factors of the means let components that begin as the same one
 * part from each other, as training would move all of them alike.
 *
 * @param options.components K, from 1; 4 if left out.
 * @throws RangeError if the components are no whole number from 1.
 * @throws ShapeError when applied with another number of parameters. @throws NoInverseError from `forward`, if a number is
 *   not finite.
 * @see Ho, Chen, Srinivas, Duan, Abbeel 2019, "Flow++", arXiv:1902.00275v2, section 3.2.
 */
export function mixtureLogisticCdf(options: { components?: number } = {}): Transformer {
  checkOptions("mixtureLogisticCdf", options, "mixtureLogisticCdf({ components: 4 })", {
    components: aFew,
  });
  const { components } = { components: 4, ...dropAbsent(options) };
  if (!(Number.isInteger(components) && components >= 1)) {
    throw new RangeError(`mixtureLogisticCdf: expected components ≥ 1, a whole number; got ${components}`);
  }
  const run =
    (map: (row: tf.Tensor, mixture: Steered) => Transformed) => (input: tf.Tensor, params: tf.Tensor) =>
      tidy(() => {
        checkParameters("mixture of logistics", params, 3 * components + 2);
        return inRows(input, params, (row, table) => map(row, mixtureOf(table, components)));
      });
  return {
    parameters: 3 * components + 2,
    config: { type: "mixtureLogisticCdf", components },
    forwardKind: "iterative",
    forward: run(solve),
    inverse: run(normalize),
  };
}

/** With scale and shift, [1, ...]. */
interface Steered extends Components {
  readonly shift: tf.Tensor;
  readonly logSlope: tf.Tensor;
}

function mixtureOf(table: tf.Tensor, count: number): Steered {
  const [weights, means, scales, shift, slope] = tf.split(table, [count, count, count, 1, 1], 0);
  return { ...componentsOf(weights, means, scales), shift, logSlope: keepWithin(slope, SLOPE_BOUND) };
}

/** z of x. */
function normalize(x: tf.Tensor, { logWeights, means, logScales, shift, logSlope }: Steered): Transformed {
  const flatness = tf.exp(tf.neg(logScales));
  const at = tf.mul(tf.sub(clip(x, -FAR, FAR), clip(means, -FAR, FAR)), flatness);
  // log π_k σ_k and log π_k (1 − σ_k).
  const [tail, rest] = [tf.softplus(tf.neg(at)), tf.softplus(at)];
  const [below, above] = [tf.sub(logWeights, tail), tf.sub(logWeights, rest)];
  const [logCdf, logSurvival] = [logSumOfPowers(below), logSumOfPowers(above)];
  // log r_k (1 − σ_k)/s_k and log r̄_k σ_k/s_k: between peaks that are far apart, their sum is no number of float32.
  const terms = [
    tf.sub(tf.sub(below, logCdf), tf.add(rest, logScales)),
    tf.sub(tf.sub(above, logSurvival), tf.add(tail, logScales)),
  ];
  const logSteepness = logSumOfPowers(tf.concat(terms, 0));
  const logit = tf.sub(logCdf, logSurvival);
  return {
    value: tf.add(tf.mul(logit, tf.exp(logSlope)), shift),
    logDet: tf.add(logSteepness, logSlope),
  };
}

/** x of z. */
function solve(z: tf.Tensor, mixture: Steered): Transformed {
  const [shifts, logSlopes] = [mixture.shift, mixture.logSlope].map((of) => numbersOf(of, z));
  return solveMixture(
    z,
    mixture,
    (target, own, i) => logisticQuantile((target - shifts[i]) * Math.exp(-logSlopes[i]), own),
    (x) => normalize(x, mixture),
  );
}
