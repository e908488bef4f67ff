import { tf } from "../../engine/tf.ts";
import { checkOptions, dropAbsent } from "../../ground/arguments/check-options.ts";
import { aFew, aNumber, listOf } from "../../ground/arguments/kinds.ts";
import { inRows } from "../rows.ts";
import { checkParameters, type Transformed, type Transformer } from "../transformer.ts";
import { binSizes, checkBins, type Interval, pick, withIdentityTails } from "./bins.ts";
import { cornerOf } from "./corners.ts";
import { forwardInBin, inverseInBin } from "./cubic-bin.ts";

/** Smallest slope at an end of the interval, as a share of the steepness of the bin there. */
const SMALLEST = 1e-3;
/** What makes that share 1 for the parameter 0: with σ of it, SMALLEST + (3 − SMALLEST)·σ is 1. */
const OFFSET = Math.log((1 - SMALLEST) / 2);

/**
 * Monotone cubic spline: smooth, with slopes at the inner edges that follow from the bins, and free ones at both ends.
 *
 * In the bin of width w and height h from (x_k, y_k), with s = h/w, ξ = (x − x_k)/w and slopes δ_k, δ_{k+1} at its ends:
 * y = y_k + w·(δ_k·ξ(1−ξ)² + (3s − δ_{k+1})·ξ²(1−ξ) + s·ξ³);
 * log-slope log(δ_k·(1−ξ)² + 2(3s − δ_k − δ_{k+1})·ξ(1−ξ) + δ_{k+1}·ξ²) nats. Back, ξ is the one root in [0, 1] of a cubic
 * equation: see {@link inverseInBin}.
 *
 * Inner slopes by Steffen's rule, which keeps each bin increasing: δ_k is the smallest of 2s_{k−1}, 2s_k and
 * (s_{k−1}·w_k + s_k·w_{k−1})/(w_{k−1} + w_k). Parameters: a for each of the K widths, b for each of the K heights, and c
 * for the slopes at both ends, which may be up to three times the steepness s of the bin there:
 * δ = s·(d + (3 − d)·σ(c + o)), d = 0.001, o = log((1 − d)/2), so that c = 0 is the slope s. With the interval's length L,
 * w_k = L·(m + (1 − K·m)·softmax(a)_k), and h_k likewise of b, with the least bin m = 0.001 of the interval. Outside it
 * is the identity, and the slope may jump at the ends.
 *
 * @param options.bins K, from 2; 8 if left out.
 * @param options.interval [−3, 3] if left out.
 * @throws RangeError if the bins or the interval make no sense.
 * @throws ShapeError when applied with another number of parameters.
 * @see Durkan, Bekasov, Murray, Papamakarios 2019, "Cubic-Spline Flows", arXiv:1906.02145v1, section 2; Steffen 1990, "A
 *   simple method for monotonic interpolation in one dimension", Astronomy and Astrophysics 239, equation 11.
 */
export function cubicSpline(options: { bins?: number; interval?: Interval } = {}): Transformer {
  checkOptions("cubicSpline", options, "cubicSpline({ bins: 8 })", {
    bins: aFew,
    interval: listOf(aNumber),
  });
  const { bins, interval } = { bins: 8, interval: [-3, 3] as const, ...dropAbsent(options) };
  checkBins("cubicSpline", bins, interval);
  const middle = (interval[0] + interval[1]) / 2;
  const run = (axis: 0 | 1, map: typeof forwardInBin) => (input: tf.Tensor, params: tf.Tensor) =>
    tf.tidy(() => {
      checkParameters("cubic spline", params, 2 * bins + 2);
      return inRows(input, params, (row, table): Transformed => {
        const [logits, ends] = tf.split(table, [2 * bins, 2], 0);
        const sizes = binSizes(tf.reshape(logits, [2, bins, ...table.shape.slice(1)]), interval, 1);
        const slopes = slopesAtEdges(sizes, ends);
        return withIdentityTails(row, interval, middle, (at) => {
          const { place, offset, other, width, height } = cornerOf(at, sizes, axis, interval);
          const [first, second] = [0, 1].map((end) => pick(place.own, tf.slice(slopes, end, bins)));
          const { value, logDet } = map(offset, { width, height, first, second });
          return { value: tf.add(other, value), logDet };
        });
      });
    });
  return {
    parameters: 2 * bins + 2,
    interval,
    config: { type: "cubicSpline", bins, interval },
    forward: run(0, forwardInBin),
    inverse: run(1, inverseInBin),
  };
}

/**
 * Slopes at all K + 1 edges, [K + 1, ...].
 *
 * @param sizes Widths and heights, [2, K, ...].
 * @param ends Unconstrained, [2, ...].
 */
function slopesAtEdges(sizes: tf.Tensor, ends: tf.Tensor): tf.Tensor {
  const [widths, heights] = tf.unstack(sizes);
  const bins = widths.shape[0];
  const steepness = tf.div(heights, widths);
  const [left, right] = [0, 1].map((from) => ({
    width: tf.slice(widths, from, bins - 1),
    steepness: tf.slice(steepness, from, bins - 1),
  }));
  const through = tf.div(
    tf.add(tf.mul(left.steepness, right.width), tf.mul(right.steepness, left.width)),
    tf.add(left.width, right.width),
  );
  const inner = tf.minimum(tf.mul(tf.minimum(left.steepness, right.steepness), 2), through);
  const shares = tf.add(tf.mul(tf.sigmoid(tf.add(ends, OFFSET)), 3 - SMALLEST), SMALLEST);
  const [first, last] = [0, 1].map((end) =>
    tf.mul(tf.slice(shares, end, 1), tf.slice(steepness, end * (bins - 1), 1)),
  );
  return tf.concat([first, inner, last], 0);
}
