import { offTape } from "../../engine/tape/off-tape.ts";
import { withGradient } from "../../engine/tape/with-gradient.ts";
import { tf } from "../../engine/tf.ts";
import { type Interval, type Place, pick, placeAbove } from "./bins.ts";

/** Bits of a sum of sizes: of the 24 of float32 without the last one, of which halves are taken. */
const BITS = 23;
/** As a share of the interval: more than rounding leaves of the distance between its lower end and the lowest edge. */
const NOTHING = 2 ** -36;

/** Where a number lies among bins of two axes, and where its bin is. */
export interface Corner {
  readonly place: Place;
  /** How far the number lies above its bin's lower edge on the axis that it is of: [1, ...]. */
  readonly offset: tf.Tensor;
  /** That bin's lower edge on the other axis, from the middle of the interval: [1, ...]. */
  readonly other: tf.Tensor;
  /** Its bin's sizes on both axes: [1, ...]. */
  readonly width: tf.Tensor;
  readonly height: tf.Tensor;
}

/**
 * Finds the bin of each number, and its corner without a rounding error of sums.
 *
 * Near a steep edge, an error of 1e-6 in the edge is one of 1e-2 in a log-slope. So each size is split into a multiple
 * of a unit, of which all sums are exact in float32, and a remainder, of which they are tiny. All is measured from the
 * middle of the interval, as half the bins below less half of those above. What their own rounding has taken from the
 * sum of all sizes, or given to it, is shared out in proportion.
 *
 * The gradient is that of a number less the sum of the sizes passed, and of the sum of the other axis' sizes passed. It has to be
 * given: the rounding that makes the sums exact has the gradient 0, so that what is computed here is not recorded.
 *
 * @param at From the middle of the interval, [1, ...].
 * @param sizes Of the bins on both axes, [2, K, ...], broadcasting with the numbers.
 * @param axis Which of them the numbers are of.
 */
export function cornerOf(at: tf.Tensor, sizes: tf.Tensor, axis: 0 | 1, interval: Interval): Corner {
  const bins = sizes.shape[1] as number;
  const shape = [2, bins, ...at.shape.slice(1)];
  const isOwn = shape.every((length, i) => length === sizes.shape[i]);
  const found = offTape(() => findCorner(at, sizes, axis, interval)) as Found;
  const { passed, own } = found;
  const [offset, other, width, height] = withGradient(
    { at, sizes: isOwn ? sizes : tf.broadcastTo(sizes, shape) },
    (inputs) => [found.offset, found.other, ...tf.unstack(pick(own, inputs.sizes, 1))],
    (_inputs, [dOffset, dOther, dWidth, dHeight], constants) => {
      const dEdges = axis === 0 ? [tf.neg(dOffset), dOther] : [dOther, tf.neg(dOffset)];
      const ofEdges = tf.mul(tf.stack(dEdges), constants.passed);
      return { at: dOffset, sizes: tf.add(ofEdges, tf.mul(tf.stack([dWidth, dHeight]), constants.own)) };
    },
    { passed, own },
  );
  return { place: { passed, own }, offset, other, width, height };
}

type Found = {
  readonly passed: tf.Tensor;
  readonly own: tf.Tensor;
  readonly offset: tf.Tensor;
  readonly other: tf.Tensor;
};

function findCorner(at: tf.Tensor, sizes: tf.Tensor, axis: 0 | 1, [low, high]: Interval): Found {
  const length = high - low;
  const unit = 2 ** (Math.ceil(Math.log2(1.01 * length)) - BITS);
  const even = tf.mul(tf.round(tf.mul(sizes, 1 / unit)), unit);
  const [evens, rests] = [tf.unstack(even), tf.unstack(tf.sub(sizes, even))];
  const [edges, remainders] = [evens[axis], rests[axis]].map(edgesFromMiddle);
  // The lowest edge is minus half of the sum.
  const missing = tf.add(tf.add(tf.slice(edges, 0, 1), length / 2), tf.slice(remainders, 0, 1));
  const stretched = tf.mul(tf.mul(at, 2 / length), missing);
  const above = tf.sub(tf.sub(at, edges), tf.add(remainders, stretched));
  const place = placeAbove(above, NOTHING * length);
  // Half the sizes passed less half of the others.
  const side = tf.sub(place.passed, 0.5);
  return {
    ...place,
    offset: pick(place.own, tf.slice(above, 0, sizes.shape[1])),
    other: tf.add(pick(side, evens[1 - axis]), pick(side, rests[1 - axis])),
  };
}

/**
 * Half the sizes below an edge less half of those above it; and for the highest edge, one far above it.
 *
 * A product with a matrix is several times faster than a cumulative sum.
 *
 * @param sizes [K, ...]
 * @returns [K + 1, ...]
 */
function edgesFromMiddle(sizes: tf.Tensor): tf.Tensor {
  const [bins, ...rest] = sizes.shape;
  const halves = Array.from({ length: bins + 1 }, (_, edge) =>
    Array.from({ length: bins }, (_, k) => (edge === bins ? 2 : k < edge ? 0.5 : -0.5)),
  );
  const flat = tf.reshape(sizes, [bins, sizes.size / bins]);
  return tf.reshape(tf.matMul(tf.tensor2d(halves), flat), [bins + 1, ...rest]);
}
