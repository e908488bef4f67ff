import { checkCount } from "../../distributions/count.ts";
import type { Distribution } from "../../distributions/distribution.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import type { Flow } from "../../flows/flow.ts";
import { checkHas } from "../../ground/arguments/check-options.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import { sumEvent } from "../../ground/sum-event.ts";
import { random } from "../../random/random.ts";

/** A mean over independent draws. */
export interface Estimate {
  readonly value: number;
  /** Standard error of the mean. */
  readonly error: number;
}

/**
 * Entropy of a flow in nats, from its own draws: H(x) = H(z) + E_z[log |det ∂f/∂z|].
 *
 * The base's entropy is known in closed form, so what is left to chance is how much f stretches: nothing at all for a map
 * of constant determinant. Of an inverse autoregressive flow on a logistic base it is Σ_i E[ln s_i] + 2 for each number.
 *
 * @param count Draws, 2 at least.
 * @throws RangeError if the base's entropy has no closed form, or there are too few draws.
 * @see van den Oord et al. 2017, "Parallel WaveNet", arXiv:1711.10433v1, section 4.
 */
export function estimateEntropy(flow: Flow, count: number, seed: number | string): Estimate {
  checkHas("estimateEntropy", flow, ["base", "bijection"], "a flow, flow(base, bijection)");
  const { base, bijection } = flow;
  const entropy = entropyOf("estimateEntropy", base);
  inNameOf("estimateEntropy", () => checkCount(count, 1));
  if (count < 2) throw new RangeError(`estimateEntropy: expected 2 draws at least; got ${count}`);
  const stream = inNameOf("estimateEntropy", () => random(seed));
  return tidy(() => {
    const { logDet } = bijection.forward(base.sample(count, stream));
    const numbers = sumEvent(logDet, base.eventShape.length - bijection.eventRank);
    const { value, error } = meanOf(numbers);
    return { value: entropy + value, error };
  });
}

/** The mean of independent draws. */
export function meanOf(draws: tf.Tensor): Estimate {
  const { mean, variance } = tf.moments(draws);
  const [value, spread] = [mean, variance].map((one) => one.dataSync()[0]);
  return { value, error: Math.sqrt(spread / (draws.size - 1)) };
}

/**
 * The entropy of a base in nats.
 *
 * @throws RangeError if it has no closed form.
 */
export function entropyOf(who: string, { entropy, config }: Distribution): number {
  if (entropy !== undefined) return entropy;
  throw new RangeError(
    `${who}: expected a base whose entropy has a closed form, such as logistic() or standardNormal(); got ` +
      `${config?.type ?? "one without"}`,
  );
}
