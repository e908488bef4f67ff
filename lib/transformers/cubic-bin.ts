import { tf } from "../engine/tf.ts";
import { withGradient } from "../engine/with-gradient.ts";
import type { Transformed } from "./transformer.ts";

/** The bin that each number is in, all of the numbers' shape. */
export type Bin = {
  /** Its width w and height h. */
  readonly width: tf.Tensor;
  readonly height: tf.Tensor;
  /** Slopes δ_k and δ_{k+1} at its ends. */
  readonly first: tf.Tensor;
  readonly second: tf.Tensor;
};

/**
 * The increasing cubic curve through one bin, from its lower left corner (x_k, y_k).
 *
 * With s = h/w, A = δ_k/s, B = δ_{k+1}/s and ξ = (x − x_k)/w: y − y_k = h·g, g = A·ξ(1−ξ)² + (3−B)·ξ²(1−ξ) + ξ³. Slope
 * dy/dx = s·g′, g′ = A·(1−ξ)² + 2(3−A−B)·ξ(1−ξ) + B·ξ². A and B are between 0 and 3, and one of them is at most 2: then g′
 * is nowhere less than three quarters of the smallest of A, B and 2/9. logDet is the logarithm of the slope in nats.
 *
 * @param offset x − x_k.
 * @returns value: y − y_k.
 */
export function forwardInBin(offset: tf.Tensor, bin: Bin): Transformed {
  const shape = shapeOf(bin);
  const position = shareOf(offset, bin.width);
  return {
    value: tf.mul(bin.height, curveAt(position, shape)),
    logDet: tf.log(tf.mul(shape.steepness, slopeAt(position, shape))),
  };
}

/**
 * The inverse of {@link forwardInBin}: of t = (y − y_k)/h, the ξ with g(ξ) = t.
 *
 * The formulas for the roots of a cubic lose all digits of float32 where its first or its last coefficient is small, as
 * they are near the identity. So ξ begins where the rational-quadratic curve with the same ends has t, which is within
 * 0.15 of it, and is corrected four times by Halley's method: that leaves less than 1e-8 of ξ in exact arithmetic,
 * whatever the bin (`cubic-bin.test.ts` goes through them), and what float32 leaves of t, |g(ξ) − t| ≤ 1e-6, is at most
 * |g(ξ) − t|/min g′ of ξ.
 *
 * @param offset y − y_k.
 * @returns value: x − x_k.
 */
export function inverseInBin(offset: tf.Tensor, bin: Bin): Transformed {
  const shape = shapeOf(bin);
  const { first, second } = shape;
  const position = solvePosition({ share: shareOf(offset, bin.height), first, second });
  return {
    value: tf.mul(bin.width, position),
    logDet: tf.neg(tf.log(tf.mul(shape.steepness, slopeAt(position, shape)))),
  };
}

/** A and B. */
type Ends = { readonly first: tf.Tensor; readonly second: tf.Tensor };

function shapeOf({ width, height, first, second }: Bin): Ends & { readonly steepness: tf.Tensor } {
  const steepness = tf.div(height, width);
  return { steepness, first: tf.div(first, steepness), second: tf.div(second, steepness) };
}

/** Rounding may put a number beside its bin. */
const shareOf = (offset: tf.Tensor, size: tf.Tensor) => tf.clipByValue(tf.div(offset, size), 0, 1);

/** g: all that is added up is positive. */
function curveAt(position: tf.Tensor, { first, second }: Ends): tf.Tensor {
  const rest = tf.sub(1, position);
  const square = tf.square(position);
  const inner = tf.add(tf.mul(first, rest), tf.mul(tf.sub(3, second), position));
  return tf.add(tf.mul(tf.mul(position, rest), inner), tf.mul(square, position));
}

/** g′. */
function slopeAt(position: tf.Tensor, { first, second }: Ends): tf.Tensor {
  const rest = tf.sub(1, position);
  const middle = tf.mul(tf.sub(tf.sub(3, first), second), 2);
  const ends = tf.add(tf.mul(first, tf.square(rest)), tf.mul(second, tf.square(position)));
  return tf.add(ends, tf.mul(middle, tf.mul(position, rest)));
}

/** Half of g″. */
function bendAt(position: tf.Tensor, { first, second }: Ends): tf.Tensor {
  const sum = tf.sub(tf.add(first, second), 3);
  return tf.sub(
    tf.mul(tf.sub(tf.mul(position, 2), 1), sum),
    tf.sub(tf.mul(first, tf.sub(1, position)), tf.mul(second, position)),
  );
}

/** How often a root is corrected. */
const CORRECTIONS = 4;

/**
 * ξ of t, A and B.
 *
 * Its gradient is that of an implicit function: dξ/dt = 1/g′, dξ/dA = −ξ(1−ξ)²/g′, dξ/dB = ξ²(1−ξ)/g′.
 */
export function solvePosition(known: Ends & { readonly share: tf.Tensor }): tf.Tensor {
  const [root] = withGradient(
    known,
    ({ share, ...ends }) => {
      let position = startOf(share, ends);
      for (let k = 0; k < CORRECTIONS; k++) position = correct(position, share, ends);
      return [position];
    },
    ({ share, ...ends }, [gradient]) => {
      const position = solvePosition({ share, ...ends });
      const rest = tf.sub(1, position);
      const dShare = tf.div(gradient, slopeAt(position, ends));
      const common = tf.mul(dShare, tf.mul(position, rest));
      return { share: dShare, first: tf.neg(tf.mul(common, rest)), second: tf.mul(common, position) };
    },
  );
  return root;
}

/** Where the rational-quadratic curve with the same ends has t: its quadratic's root, in the form that does not cancel. */
function startOf(share: tf.Tensor, { first, second }: Ends): tf.Tensor {
  const linear = tf.sub(first, tf.mul(share, tf.sub(tf.add(first, second), 2)));
  const quadratic = tf.sub(1, linear);
  const twice = tf.mul(share, 2);
  const root = tf.sqrt(tf.maximum(tf.add(tf.square(linear), tf.mul(tf.mul(quadratic, 2), twice)), 0));
  const positive = tf.greaterEqual(linear, 0);
  const above = tf.where(positive, twice, tf.sub(root, linear));
  // Where both are 0, so is t.
  const below = tf.maximum(tf.where(positive, tf.add(linear, root), tf.mul(quadratic, 2)), 1e-30);
  return tf.clipByValue(tf.div(above, below), 0, 1);
}

/** One step of Halley's method, which the curvature may lengthen twice at most. */
function correct(position: tf.Tensor, share: tf.Tensor, ends: Ends): tf.Tensor {
  const slope = slopeAt(position, ends);
  const step = tf.div(tf.sub(curveAt(position, ends), share), slope);
  const shortening = tf.clipByValue(tf.div(tf.mul(step, bendAt(position, ends)), slope), -1, 0.5);
  return tf.clipByValue(tf.sub(position, tf.div(step, tf.sub(1, shortening))), 0, 1);
}
