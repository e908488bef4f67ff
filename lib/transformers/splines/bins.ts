import { offTape } from "../../engine/tape/off-tape.ts";
import { withGradient } from "../../engine/tape/with-gradient.ts";
import { tf } from "../../engine/tf.ts";
import type { Transformed } from "../transformer.ts";

/** An interval that is cut into bins. */
export type Interval = readonly [low: number, high: number];

/** Smallest size of a bin, as a share of the interval: a bin that vanished would have an infinite log-slope. */
export const SMALLEST = 1e-3;

/** Where a number lies among K bins, as constants 0 and 1: sums over them take the place of an index. */
export type Place = {
  /** 1 for each bin that ends at or below the number: [K, ...]. The last one is never passed. */
  readonly passed: tf.Tensor;
  /** 1 for the number's own bin, the first that is not passed: [K, ...]. */
  readonly own: tf.Tensor;
};

/**
 * Positive bin sizes that sum to the interval's length L, equal where the parameters are 0:
 * L·((1 − K·m)·softmax(params) + m).
 *
 * With t = L(1 − K·m)·softmax(params), the gradient is t·(g − Σ_k g_k·t_k/(L(1 − K·m))).
 *
 * @param params [K, ...], or what has K bins along another axis.
 */
export function binSizes(params: tf.Tensor, interval: Interval, axis = 0): tf.Tensor {
  const [low, high] = interval;
  const [sizes] = withGradient(
    { params },
    (inputs) => [tf.add(sharesOf(inputs.params, interval, axis), (high - low) * SMALLEST)],
    (inputs, [gradient]) => ({
      params: logitGradient(sharesOf(inputs.params, interval, axis), gradient, interval, axis),
    }),
  );
  return sizes;
}

/** What there is of each bin besides its least size: t of {@link binSizes}. */
function sharesOf(params: tf.Tensor, interval: Interval, axis: number): tf.Tensor {
  // The largest makes no difference to the result, nor to a gradient.
  const largest = offTape(() => tf.max(params, axis, true));
  return shareOut(tf.exp(tf.sub(params, largest)), interval, axis);
}

/** What there is to share besides the bins' least sizes, in proportion to these. */
export function shareOut(weights: tf.Tensor, interval: Interval, axis: number): tf.Tensor {
  const all = tf.sum(weights, axis, true);
  return tf.mul(weights, tf.div(sharedLength(weights, interval, axis), all));
}

/** The gradient in the parameters of {@link binSizes}, of that in the sizes. */
export function logitGradient(
  shares: tf.Tensor,
  gradient: tf.Tensor,
  interval: Interval,
  axis: number,
): tf.Tensor {
  const weighted = tf.sum(tf.mul(gradient, shares), axis, true);
  const mean = tf.mul(weighted, 1 / sharedLength(shares, interval, axis));
  return tf.mul(shares, tf.sub(gradient, mean));
}

const sharedLength = ({ shape }: tf.Tensor, [low, high]: Interval, axis: number) =>
  (high - low) * (1 - shape[axis] * SMALLEST);

/**
 * The K lower edges of bins of these sizes, from 0, and one far above them all, as constants: [K + 1, ...].
 *
 * A product with a triangle of ones, which is several times faster than a cumulative sum.
 *
 * @param sizes [K, ...]
 */
export function edgesBelow(sizes: tf.Tensor): tf.Tensor {
  return offTape(() => {
    const [bins, ...rest] = sizes.shape;
    const triangle = Array.from({ length: bins + 1 }, (_, edge) =>
      Array.from({ length: bins }, (_, k) => (edge === bins ? 2 : k < edge ? 1 : 0)),
    );
    const edges = tf.matMul(
      tf.tensor2d(triangle, [bins + 1, bins]),
      tf.reshape(sizes, [bins, sizes.size / bins]),
    );
    return tf.reshape(edges, [bins + 1, ...rest]);
  });
}

/**
 * The bin of each number, by comparing it with every edge. A number on an edge belongs to the bin above.
 *
 * @param h [1, ...], from 0 to the interval's length.
 * @param edges Of {@link edgesBelow}, [K + 1, ...], broadcasting with h.
 */
export function locate(h: tf.Tensor, edges: tf.Tensor): Place {
  // The sign of the difference is exact; comparing with broadcast would take wasm ten times as long.
  return offTape(() => placeAbove(tf.sub(h, edges), 0)) as Place;
}

/** @param above How far a number lies above each edge, and for the last one never; to be recorded by nobody. */
export function placeAbove(above: tf.Tensor, tolerance: number): Place {
  const begun = tf.cast(tf.greaterEqual(above, -tolerance), "float32");
  const bins = above.shape[0] - 1;
  const passed = tf.slice(begun, 1, bins);
  // 1 1 1 0 0 without 1 1 0 0 0: moved by one bin.
  return { passed, own: tf.sub(tf.slice(begun, 0, bins), passed) };
}

/**
 * Σ_k mask_k · values_k, [1, ...]: the value of the bin or the sum over the bins that a mask of 0 and 1 stands for.
 *
 * @param values [K, ...], or several tables at once, [T, K, ...], with axis 1.
 */
export function pick(mask: tf.Tensor, values: tf.Tensor, axis = 0): tf.Tensor {
  return tf.sum(tf.mul(mask, values), axis, true);
}

/**
 * Extends a map of an interval onto itself to the real line: the identity outside.
 *
 * The map never sees a number from outside (it gets the nearer end instead), so that neither its values nor its
 * gradients can be NaN there and reach the result as 0 · NaN.
 *
 * @param origin What the map measures numbers and their images from.
 */
export function withIdentityTails(
  input: tf.Tensor,
  [low, high]: Interval,
  origin: number,
  map: (h: tf.Tensor) => Transformed,
): Transformed {
  const [safe] = withGradient(
    { input },
    () => [tf.clipByValue(input, low, high)],
    // Nothing comes back for a number from outside: what its image there hands on is 0.
    (_inputs, [gradient]) => ({ input: gradient }),
  );
  const inside = offTape(() => tf.equal(safe, input));
  const { value, logDet } = map(origin === 0 ? safe : tf.sub(safe, origin));
  return {
    value: tf.where(inside, origin === 0 ? value : tf.add(value, origin), input),
    logDet: tf.where(inside, logDet, tf.zeros(logDet.shape)),
  };
}

/**
 * Checks a number of bins and the interval that they divide.
 *
 * @throws RangeError if they make no sense.
 */
export function checkBins(who: string, bins: number, [low, high]: Interval): void {
  if (!Number.isInteger(bins) || bins < 2 || bins > 0.5 / SMALLEST) {
    throw new RangeError(`${who}: expected a number of bins from 2 to ${0.5 / SMALLEST}; got ${bins}`);
  }
  if (!(low < high && Number.isFinite(high - low))) {
    throw new RangeError(`${who}: expected an interval [low, high] with low < high; got [${low}, ${high}]`);
  }
}
