import { offTape } from "../engine/off-tape.ts";
import { tf } from "../engine/tf.ts";
import type { Transformed } from "./transformer.ts";

/** An interval that is cut into bins. */
export type Interval = readonly [low: number, high: number];

/** Smallest size of a bin, as a share of the interval: a bin that vanished would have an infinite log-slope. */
const SMALLEST = 1e-3;

/** Where a number lies among K bins, as constants 0 and 1: sums over them take the place of an index. */
export interface Place {
  /** 1 for each bin that ends at or below the number: [..., K]. The last one is never passed. */
  readonly passed: tf.Tensor;
  /** 1 for the number's own bin, the first that is not passed: [..., K]. */
  readonly own: tf.Tensor;
}

/**
 * Positive bin sizes that sum to the interval's length L, equal where the parameters are 0:
 * L·((1 − K·m)·softmax(params) + m).
 *
 * @param params [..., K]
 */
export function binSizes(params: tf.Tensor, [low, high]: Interval): tf.Tensor {
  const [bins, length] = [params.shape[params.rank - 1], high - low];
  return tf.add(tf.mul(tf.softmax(params), length * (1 - bins * SMALLEST)), length * SMALLEST);
}

/**
 * The K − 1 inner edges between bins of these sizes, as constants: [..., K − 1].
 *
 * A product with a triangle of ones, which is several times faster than a cumulative sum.
 */
export function innerEdges(sizes: tf.Tensor): tf.Tensor {
  return offTape(() => {
    const bins = sizes.shape[sizes.rank - 1];
    const triangle = Array.from({ length: bins }, (_, k) =>
      Array.from({ length: bins - 1 }, (_, edge) => (k <= edge ? 1 : 0)),
    );
    const edges = tf.matMul(
      tf.reshape(sizes, [sizes.size / bins, bins]),
      tf.tensor2d(triangle, [bins, bins - 1]),
    );
    return tf.reshape(edges, sizes.shape.with(sizes.rank - 1, bins - 1));
  });
}

/**
 * The bin of each number, by comparing it with every inner edge. A number on an edge belongs to the bin above.
 *
 * @param h [..., 1]
 * @param edges [..., K − 1], broadcasting with h.
 */
export function locate(h: tf.Tensor, edges: tf.Tensor): Place {
  return offTape(() => {
    // The sign of the difference is exact; comparing with broadcast would take wasm ten times as long.
    const above = tf.sub(h, edges);
    const ended = tf.cast(tf.greaterEqual(above, 0), "float32");
    const extended = (before: number, value: number) => {
      const widths = ended.shape.map((_, i) => (i === ended.rank - 1 ? [before, 1 - before] : [0, 0]));
      return tf.pad(ended, widths as [number, number][], value);
    };
    const passed = extended(0, 0);
    // 1 1 1 0 0 without 1 1 0 0 0: moved by one bin.
    return { passed, own: tf.sub(extended(1, 1), passed) };
  }) as unknown as Place;
}

/** Σ_k mask_k · values_k, [..., 1]: the value of the bin or the sum over the bins that a mask of 0 and 1 stands for. */
export function pick(mask: tf.Tensor, values: tf.Tensor): tf.Tensor {
  return tf.sum(tf.mul(mask, values), -1, true);
}

/**
 * Extends a map of [0, L] onto itself, L the interval's length, to the real line: moved to the interval, and the identity
 * outside.
 *
 * The map never sees a number from outside (it gets the middle instead), so that neither its values nor its
 * gradients can be NaN there and reach the result as 0 · NaN.
 */
export function withIdentityTails(
  input: tf.Tensor,
  [low, high]: Interval,
  map: (h: tf.Tensor) => Transformed,
): Transformed {
  const inside = offTape(() => tf.logicalAnd(tf.greaterEqual(input, low), tf.lessEqual(input, high)));
  const safe = tf.where(inside, input, tf.fill(input.shape, (low + high) / 2));
  const { value, logDet } = map(tf.sub(safe, low));
  return {
    value: tf.where(inside, tf.add(value, low), input),
    logDet: tf.where(inside, logDet, tf.zeros(logDet.shape)),
  };
}

/**
 * Checks a number of bins and the interval that they divide.
 *
 * @throws RangeError if they make no sense.
 */
export function checkBins(bins: number, [low, high]: Interval): void {
  if (!Number.isInteger(bins) || bins < 2 || bins > 0.5 / SMALLEST) {
    throw new RangeError(`expected a number of bins from 2 to ${0.5 / SMALLEST}; got ${bins}`);
  }
  if (!(low < high && Number.isFinite(high - low))) {
    throw new RangeError(`expected an interval [low, high] with low < high; got [${low}, ${high}]`);
  }
}
