import { clip } from "../../engine/clip.ts";
import { offTape } from "../../engine/tape/off-tape.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import { checkOptions, dropAbsent } from "../../ground/arguments/check-options.ts";
import { aFew } from "../../ground/arguments/kinds.ts";
import { inRows } from "../rows.ts";
import { checkParameters, type Transformed, type Transformer } from "../transformer.ts";
import { type Components, componentsOf, logSumOfPowers } from "./components.ts";
import { normalMixtureQuantile } from "./normal-quantile.ts";
import { normalTail, normalTailQuantile } from "./normal-tail.ts";
import { solveMixture, withStep } from "./solve-mixture.ts";

/** Beyond, the squares of numbers divided by the least deviation would be infinite. */
const FAR = 1e15;
const HALF_LN_2PI = 0.5 * Math.log(2 * Math.PI);

/**
 * Mixture of normal distributions: what makes a mixture of K peaks standard normal.
 *
 * inverse: z = Φ⁻¹(F(x)), F(x) = Σ_k π_k·Φ((x − μ_k)/σ_k);  log-slope log Σ_k π_k φ((x − μ_k)/σ_k)/σ_k − log φ(z) nats.
 * So on a standard normal base the density of x given the parameters is the mixture's own, Σ_k π_k N(x; μ_k, σ_k²):
 * with {@link made} and {@link autoregressive} this is MADE MoG, and as the layer next to the base of other
 * autoregressive layers MAF MoG.
 *
 * Both are computed from the logarithm of the smaller one of F and 1 − F, and from hazards φ/Φ instead of densities, so
 * that nothing large cancels, however far out x is.
 *
 * forward: x = F⁻¹(Φ(z)) has no closed form. It is solved for in double precision, between the quantiles of the components,
 * to a proven bound of the error, outside of compiled graphs and without second derivatives.
 *
 * 3K parameters: weights a, means b, deviations c. π = softmax(a), μ_k = b_k·(½ + k/(K − 1)) for k from 0 (1 for K = 1),
 * σ_k = exp(4·tanh(c_k/4)). The factors of the means let components that begin as the same one part from each other.
 *
 * @param options.components K, from 1; 4 if left out.
 * @throws RangeError if the components are no whole number from 1.
 * @throws ShapeError when applied with another number of parameters. @throws NoInverseError from `forward`, if a number is
 *   not finite.
 * @see Papamakarios, Pavlakou, Murray 2017, "Masked Autoregressive Flow for Density Estimation", arXiv:1705.07057v4,
 *   section 4.1 (where the mixture is the density of the base); Ho et al. 2019, arXiv:1902.00275v2, section 3.2, for
 *   a mixture's distribution function as a transformer.
 */
export function mixtureNormalCdf(options: { components?: number } = {}): Transformer {
  checkOptions("mixtureNormalCdf", options, "mixtureNormalCdf({ components: 4 })", { components: aFew });
  const { components } = { components: 4, ...dropAbsent(options) };
  if (!(Number.isInteger(components) && components >= 1)) {
    throw new RangeError(`mixtureNormalCdf: expected components ≥ 1, a whole number; got ${components}`);
  }
  const run =
    (map: (row: tf.Tensor, of: Components) => Transformed) => (input: tf.Tensor, params: tf.Tensor) =>
      tidy(() => {
        checkParameters("mixture of normals", params, 3 * components);
        return inRows(input, params, (row, table) =>
          map(row, componentsOf(...(tf.split(table, 3, 0) as [tf.Tensor, tf.Tensor, tf.Tensor]))),
        );
      });
  return {
    parameters: 3 * components,
    config: { type: "mixtureNormalCdf", components },
    forwardKind: "iterative",
    forward: run(solve),
    inverse: run(normalize),
  };
}

/** 1 where the condition holds, −1 elsewhere; a constant. */
const signOf = (condition: () => tf.Tensor) =>
  offTape(() => tf.sub(tf.mul(tf.cast(condition(), "float32"), 2), 1));

/** log Φ(v) and log φ(v)/Φ(v). */
function normalLogs(v: tf.Tensor): { logCdf: tf.Tensor; logHazard: tf.Tensor } {
  const isBelow = offTape(() => tf.less(v, 0));
  const a = tf.mul(
    v,
    signOf(() => tf.greaterEqual(v, 0)),
  );
  const { logTail, logHazard } = normalTail(a);
  const rest = tf.log1p(tf.neg(tf.exp(logTail)));
  const ofRest = tf.neg(tf.add(tf.add(tf.mul(tf.square(a), 0.5), HALF_LN_2PI), rest));
  return { logCdf: tf.where(isBelow, logTail, rest), logHazard: tf.where(isBelow, logHazard, ofRest) };
}

/** z of x, by the smaller one of F and 1 − F: seen in a mirror, the latter is the former. */
function normalize(x: tf.Tensor, { logWeights, means, logScales }: Components): Transformed {
  const at = tf.mul(tf.sub(clip(x, -FAR, FAR), clip(means, -FAR, FAR)), tf.exp(tf.neg(logScales)));
  const below = (v: tf.Tensor) => {
    const { logCdf, logHazard } = normalLogs(v);
    return { parts: tf.add(logWeights, logCdf), logHazard };
  };
  const mirror = signOf(() => tf.less(logSumOfPowers(below(at).parts), -Math.LN2));
  const { parts, logHazard } = below(tf.mul(at, mirror));
  const logTail = logSumOfPowers(parts);
  const start = offTape(() => normalTailQuantile(logTail));
  const own = normalTail(start);
  const step = tf.mul(tf.sub(own.logTail, logTail), tf.exp(tf.neg(own.logHazard)));
  const a = withStep(start, step);
  // The shares first: what they are shares of may be too large for what is added to it.
  const terms = tf.add(tf.sub(parts, logTail), tf.sub(logHazard, logScales));
  return {
    value: tf.neg(tf.mul(a, mirror)),
    logDet: tf.sub(logSumOfPowers(terms), normalTail(a).logHazard),
  };
}

/** x of z. */
function solve(z: tf.Tensor, components: Components): Transformed {
  return solveMixture(z, components, normalMixtureQuantile, (x) => normalize(x, components));
}
