import { addOperation, type Numbers } from "../../engine/add-operation.ts";
import { sumTo } from "../../engine/gradients/sum-to.ts";
import { isOnTape, offTape } from "../../engine/tape/off-tape.ts";
import { withGradient } from "../../engine/tape/with-gradient.ts";
import { tf } from "../../engine/tf.ts";
import { type Interval, logitGradient, type Place, pick, placeAbove, SMALLEST, shareOut } from "./bins.ts";
import { distancesToEdges } from "./distances.ts";

/** Where a number lies among bins of two axes that softmax makes, and where its bin is. */
export interface LogitCorner {
  readonly place: Place;
  /** How far the number lies above its bin's lower edge, and below its upper one, on the axis that it is of: [1, ...]. */
  readonly below: tf.Tensor;
  readonly above: tf.Tensor;
  /** That bin's lower edge on the other axis, from the middle of the interval, and its size there: [1, ...]. */
  readonly other: tf.Tensor;
  readonly across: tf.Tensor;
}

/**
 * Finds the bin of each number, and its distances from both ends of it as if by exact arithmetic ({@link distancesToEdges}).
 *
 * With the bins' sizes instead of what makes them, `cornerOf` has no more to tell than those have digits.
 *
 * The gradient is that of a number less the sum of the sizes passed, and of the sum of the other axis' sizes passed. It has to be
 * given: the distances come from a kernel of its own, which has none.
 *
 * @param x In the interval, [1, ...].
 * @param logits What makes the bins of both axes by {@link binSizes}, [2, K, ...], broadcasting with the numbers.
 * @param axis Which of them the numbers are of.
 */
export function cornerOfLogits(
  x: tf.Tensor,
  logits: tf.Tensor,
  axis: 0 | 1,
  interval: Interval,
): LogitCorner {
  // A gradient takes the shares of both axes, and what a graph computes twice alike it computes once.
  const both = isOnTape();
  const found = offTape(() => findCorner(x, logits, axis, interval, both)) as Found;
  const { passed, own } = found;
  const [below, above, other, across] = withGradient(
    { x, logits },
    () => [found.below, found.above, found.other, found.across],
    (inputs, [dBelow, dAbove, dOther, dAcross], constants) => {
      const dEdge = tf.sub(dAbove, dBelow);
      const dEdges = axis === 0 ? [dEdge, dOther] : [dOther, dEdge];
      const dOwn = axis === 0 ? [dAbove, dAcross] : [dAcross, dAbove];
      const dSizes = tf.add(
        tf.mul(tf.stack(dEdges), constants.passed),
        tf.mul(tf.stack(dOwn), constants.own),
      );
      const gradient = sumTo(tf as never, inputs.logits.shape, dSizes);
      const shares = shareOut(tf.exp(withinRange(inputs.logits)), interval, 1);
      // The sign is changed last: what is added to it next, a graph subtracts instead.
      return { x: tf.neg(dEdge), logits: logitGradient(shares, gradient, interval, 1) };
    },
    { passed, own },
  );
  return { place: { passed, own }, below, above, other, across };
}

type Found = {
  readonly passed: tf.Tensor;
  readonly own: tf.Tensor;
  readonly below: tf.Tensor;
  readonly above: tf.Tensor;
  readonly other: tf.Tensor;
  readonly across: tf.Tensor;
};

function findCorner(x: tf.Tensor, logits: tf.Tensor, axis: 0 | 1, interval: Interval, both: boolean): Found {
  const [bins, length] = [logits.shape[1] as number, interval[1] - interval[0]];
  const inRange = withinRange(logits);
  const params = tf.unstack(inRange);
  const distances = distancesToEdges(x, params[axis], interval);
  const place = placeAbove(distances, 0);
  const total = tf.sub(tf.slice(distances, 0, 1), tf.slice(distances, bins, 1));
  const unit = tf.div(length, total);
  const shares = both
    ? tf.unstack(shareOut(tf.exp(inRange), interval, 1))[1 - axis]
    : shareOut(tf.exp(params[1 - axis]), interval, 0);
  const sizes = tf.add(shares, length * SMALLEST);
  return {
    ...place,
    below: tf.mul(pick(place.own, tf.slice(distances, 0, bins)), unit),
    above: tf.mul(pick(place.own, tf.slice(distances, 1, bins)), tf.neg(unit)),
    // Half the sizes passed less half of the others.
    other: pick(tf.sub(place.passed, 0.5), sizes),
    across: pick(place.own, sizes),
  };
}

/**
 * Moves parameters of which exp would be 0 or infinite all by the same, which makes no difference to a softmax, nor to its
 * gradient. Others stay as they are: taking the largest of them away, as usual, would round them.
 */
function withinRange(logits: tf.Tensor): tf.Tensor {
  return tf.sub(
    logits,
    offTape(() => tooFar([logits], {})),
  );
}

const FAR = 40;

/** How far the largest of the parameters of each bin lies beyond ±40: [2, 1, ...]. */
const tooFar = addOperation({
  name: "FlowlabTooFar",
  plain: ([logits]) => plainTooFar(logits),
  native: (library, [logits]) =>
    tf.tidy(() => {
      const largest = tf.max(logits as tf.Tensor, 1, true);
      return tf.sub(largest, library.run("ClipByValue", {}, [largest, tf.scalar(-FAR), tf.scalar(FAR)]));
    }),
});

/** A look at all of them tells that there is nothing to do, as nearly always, in a fifth of the time of so many maxima. */
function plainTooFar({ values, shape: [axes, bins, ...rest] }: Numbers): Numbers {
  const columns = values.length / (axes * bins);
  const far = new Float32Array(axes * columns);
  const shape = [axes, 1, ...rest];
  if (isNear(values)) return { values: far, shape };
  for (let axis = 0; axis < axes; axis++) {
    for (let column = 0; column < columns; column++) {
      const start = axis * bins * columns + column;
      let largest = values[start];
      for (let k = 1; k < bins; k++) largest = Math.max(largest, values[start + k * columns]);
      far[axis * columns + column] = largest - Math.min(Math.max(largest, -FAR), FAR);
    }
  }
  return { values: far, shape };
}

function isNear(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!(Math.abs(values[i]) <= FAR)) return false;
  return true;
}
