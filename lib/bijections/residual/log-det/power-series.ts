import type { Linearized } from "../../../conditioners/contraction/contraction.ts";
import { tf } from "../../../engine/tf.ts";
import { sumEvent } from "../../../ground/sum-event.ts";

/**
 * An estimate of log det(I + J) in nats at each of n points, by K products with J.
 *
 * log det(I + J) = tr log(I + J) = Σ_{k≥1} (−1)^{k−1}/k·tr J^k, if |J| < 1, and tr A = E[εᵀAε] for every ε of mean 0 and
 * covariance I. One ε for all terms, as J^k ε is the one before times J: Σ_{k≤K} (−1)^{k−1}/k·εᵀJ^k ε, the mean over S of them.
 *
 * Leaving out the terms after K makes a bias that no number of draws takes away: with |J| ≤ L and D dimensions it is at
 * most D·Σ_{k>K} L^k/k.
 *
 * @param noise ε: [S, n, ...event], or [S, 1, ...event] for the same at all points.
 * @returns Shape [n].
 * @see Behrmann et al. 2019, arXiv:1811.00995v3, equations 4 and 5 and theorem 3; Hutchinson 1990, "A stochastic estimator of the
 *   trace"; Prince, Understanding Deep Learning, equations 16.22, here with the 1/k that the print leaves out, 16.23, in
 *   which A is left out on the right, and 16.24.
 */
export function powerSeriesLogDet({ push, value }: Linearized, noise: tf.Tensor, terms: number): tf.Tensor {
  let power = noise;
  let series: tf.Tensor | undefined;
  for (let k = 1; k <= terms; k++) {
    power = push(power);
    const term = tf.mul(power, (k % 2 === 1 ? 1 : -1) / k);
    series = series ? tf.add(series, term) : term;
  }
  const products = sumEvent(tf.mul(series as tf.Tensor, noise), value.rank - 1);
  return tf.mean(products, 0);
}
