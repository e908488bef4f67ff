import { tf } from "../../engine/tf.ts";
import { checkOptions, dropAbsent } from "../../ground/arguments/check-options.ts";
import { aFew, aNumber, listOf } from "../../ground/arguments/kinds.ts";
import { inRows } from "../rows.ts";
import { checkParameters, type Transformed, type Transformer } from "../transformer.ts";
import { binSizes, checkBins, edgesBelow, type Interval, locate, pick, withIdentityTails } from "./bins.ts";

/**
 * A line that bends K − 1 times inside of an interval, and the identity outside.
 *
 * With h the position in the interval, from 0 to 1, b = ⌊K·h⌋ and φ_k > 0, Σ φ_k = 1:
 * h′ = Σ_{k≤b} φ_k + (K·h − b)·φ_{b+1};  log-slope log(K·φ_{b+1}) nats. K parameters a, φ = m + (1 − K·m)·softmax(a)
 * with the least bin m = 0.001 of the interval.
 *
 * @param options.bins K, from 2; 8 if left out.
 * @param options.interval [−3, 3] if left out.
 * @throws RangeError if the bins or the interval make no sense.
 * @throws ShapeError when applied with another number of parameters.
 * @see Prince, Understanding Deep Learning, equation 16.12 (φ normalized to 1, and the bin counted from 0, as in
 *   figure 16.5); Müller et al. 2019, "Neural Importance Sampling", arXiv:1808.03856.
 */
export function piecewiseLinearTransformer(
  options: { bins?: number; interval?: Interval } = {},
): Transformer {
  checkOptions("piecewiseLinearTransformer", options, "piecewiseLinearTransformer({ bins: 8 })", {
    bins: aFew,
    interval: listOf(aNumber),
  });
  const { bins, interval } = { bins: 8, interval: [-3, 3] as const, ...dropAbsent(options) };
  checkBins("piecewiseLinearTransformer", bins, interval);
  const equalSize = (interval[1] - interval[0]) / bins;
  const edges = Array.from({ length: bins + 1 }, (_, k) => (k < bins ? k : 2 * bins) * equalSize);
  const equalEdges = (rank: number) => tf.tensor(edges, [bins + 1, ...new Array<number>(rank - 1).fill(1)]);
  const run = (
    input: tf.Tensor,
    params: tf.Tensor,
    map: (h: tf.Tensor, sizes: tf.Tensor) => Transformed,
  ): Transformed =>
    tf.tidy(() => {
      checkParameters("piecewise linear", params, bins);
      return inRows(input, params, (row, table) => {
        const sizes = binSizes(table, interval);
        return withIdentityTails(row, interval, interval[0], (h) => map(h, sizes));
      });
    });
  return {
    parameters: bins,
    interval,
    config: { type: "piecewiseLinear", bins, interval },
    forward: (z, params) =>
      run(z, params, (h, sizes) => {
        const { passed, own } = locate(h, equalEdges(h.rank));
        const size = pick(own, sizes);
        const within = tf.sub(tf.mul(h, 1 / equalSize), tf.sum(passed, 0, true));
        const before = pick(passed, sizes);
        return { value: tf.add(before, tf.mul(within, size)), logDet: tf.log(tf.mul(size, 1 / equalSize)) };
      }),
    inverse: (x, params) =>
      run(x, params, (h, sizes) => {
        const { passed, own } = locate(h, edgesBelow(sizes));
        const size = pick(own, sizes);
        const within = tf.div(tf.sub(h, pick(passed, sizes)), size);
        const value = tf.mul(tf.add(tf.sum(passed, 0, true), within), equalSize);
        return { value, logDet: tf.neg(tf.log(tf.mul(size, 1 / equalSize))) };
      }),
  };
}
