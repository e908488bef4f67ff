import { withGradient } from "../../engine/tape/with-gradient.ts";
import { tf } from "../../engine/tf.ts";
import type { Transformed } from "../transformer.ts";

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
 * they are near the identity. So ξ begins at most three times as far from its end of the bin as it is, and is corrected
 * four times by Halley's method: that leaves 2e-9 of it in exact arithmetic, whatever the bin. A bin beside one that is
 * flat has A = 1e-6, and the corner is nearly threefold where B is 3: `cubic-bin.test.ts` goes through such bins. What
 * float32 leaves of t, |g(ξ) − t|, proves the error to be |g(ξ) − t|/min g′ at most.
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

/** How often a root is corrected: all but the last time by formulas that are quick, but cancel where a slope is small. */
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
      // The upper half is turned around: near either end of a bin, where a slope may be tiny, nothing cancels then.
      const turned = tf.greater(share, 0.5);
      const from = tf.where(turned, tf.sub(1, share), share);
      const [near, far] = [
        tf.where(turned, ends.second, ends.first),
        tf.where(turned, ends.first, ends.second),
      ];
      const own = { first: near, second: far };
      const quick = quickCurve(from, own);
      let position = startOf(from, own);
      for (let k = 1; k < CORRECTIONS; k++) position = correct(position, quick(position));
      const difference = tf.sub(curveAt(position, own), from);
      position = correct(position, {
        difference,
        slope: slopeAt(position, own),
        half: bendAt(position, own),
      });
      return [tf.where(turned, tf.sub(1, position), position)];
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

/**
 * At or above the root of t ≤ ½, at most three times as large: g has parts A·ξ, (3−B)·ξ² and ξ³ near 0, each of which alone
 * would have t there, or later; the first two together have it at the root of a quadratic equation.
 */
function startOf(share: tf.Tensor, { first, second }: Ends): tf.Tensor {
  const quadratic = tf.maximum(tf.sub(tf.sub(3, first), second), 0);
  const root = tf.sqrt(tf.add(tf.square(first), tf.mul(tf.mul(quadratic, share), 4)));
  const byTwo = tf.div(tf.mul(share, 2), tf.add(first, root));
  return tf.minimum(byTwo, tf.pow(share, 1 / 3));
}

/** What a correction needs of a place ξ: g(ξ) − t, g′(ξ) and half of g″(ξ). */
interface Local {
  readonly difference: tf.Tensor;
  readonly slope: tf.Tensor;
  readonly half: tf.Tensor;
}

/** By the powers of ξ, g = a·ξ³ + b·ξ² + A·ξ: in half as many operations. */
function quickCurve(share: tf.Tensor, { first, second }: Ends): (position: tf.Tensor) => Local {
  const cubic = tf.sub(tf.add(first, second), 2);
  const square = tf.sub(1, tf.add(cubic, first));
  const [threefold, twice] = [tf.mul(cubic, 3), tf.mul(square, 2)];
  return (position) => {
    const bent = tf.mul(threefold, position);
    const inner = tf.add(tf.mul(tf.add(tf.mul(cubic, position), square), position), first);
    return {
      difference: tf.sub(tf.mul(inner, position), share),
      slope: tf.maximum(tf.add(tf.mul(tf.add(bent, twice), position), first), LEAST),
      half: tf.add(bent, square),
    };
  };
}

/** g′ is never smaller, as the steepness of bins is from 1/1000 to 1000; what rounding makes of it may be. */
const LEAST = 7e-7;

/** One step of Halley's method, which the curvature may lengthen twice at most. */
function correct(position: tf.Tensor, { difference, slope, half }: Local): tf.Tensor {
  const step = tf.div(difference, slope);
  const shortening = tf.clipByValue(tf.div(tf.mul(step, half), slope), -1, 0.5);
  return tf.clipByValue(tf.sub(position, tf.div(step, tf.sub(1, shortening))), 0, 1);
}
