import { offTape } from "../engine/off-tape.ts";
import { tf } from "../engine/tf.ts";
import { withGradient } from "../engine/with-gradient.ts";
import type { Transformed } from "./transformer.ts";

/** The bin that each number is in, all of the numbers' shape. */
export type Bin = {
  /** Its lower left corner (x_k, y_k), width w and height h. */
  readonly left: tf.Tensor;
  readonly bottom: tf.Tensor;
  readonly width: tf.Tensor;
  readonly height: tf.Tensor;
  /** Slopes δ_k and δ_{k+1} at its ends. */
  readonly first: tf.Tensor;
  readonly second: tf.Tensor;
};

/**
 * The rational-quadratic curve through one bin.
 *
 * With s = h/w, ξ = (x − x_k)/w and q = ξ(1−ξ): y = y_k + h·t, t = (s·ξ² + δ_k·q)/D, D = s + (δ_{k+1} + δ_k − 2s)·q.
 * Slope dy/dx = s²·P/D², P = δ_{k+1}·ξ² + 2s·q + δ_k·(1−ξ)²; logDet is its logarithm in nats.
 *
 * @see Durkan, Bekasov, Murray, Papamakarios 2019, "Neural Spline Flows", arXiv:1906.04032v2, equations 4 and 5.
 */
export function forwardInBin(x: tf.Tensor, bin: Bin): Transformed {
  const [value, logDet] = withGradient({ at: x, ...bin }, forward, forwardGradient);
  return { value, logDet };
}

/**
 * The inverse of {@link forwardInBin}: solves the quadratic equation a·ξ² + b·ξ = 2s·t/2 for ξ, where t is how much of
 * the bin's height is below y.
 *
 * @see Durkan, Bekasov, Murray, Papamakarios 2019, "Neural Spline Flows", arXiv:1906.04032v2, equations 6 to 8.
 */
export function inverseInBin(y: tf.Tensor, bin: Bin): Transformed {
  const [value, logDet] = withGradient({ at: y, ...bin }, inverse, inverseGradient);
  return { value, logDet };
}

type At = Bin & { readonly at: tf.Tensor };

function forward({ at, ...bin }: At): tf.Tensor[] {
  const steepness = steepnessOf(bin);
  const position = tf.div(tf.sub(at, bin.left), bin.width);
  const curve = curveAt(position, bin, steepness);
  return [
    tf.add(bin.bottom, tf.mul(bin.height, shareAt(curve, bin, steepness))),
    tf.log(slopeOf(curve, steepness)),
  ];
}

function inverse({ at, ...bin }: At): tf.Tensor[] {
  const steepness = steepnessOf(bin);
  const position = solve(shareBelow(at, bin), bin, steepness);
  const curve = curveAt(position, bin, steepness);
  return [tf.add(bin.left, tf.mul(bin.width, position)), tf.log(flatnessOf(curve, steepness))];
}

/** s, 2s, and δ_{k+1} + δ_k − 2s: a flow has many small operations, each of which costs its call. */
interface Steepness {
  readonly steepness: tf.Tensor;
  readonly twice: tf.Tensor;
  readonly excess: tf.Tensor;
}

function steepnessOf({ width, height, first, second }: Bin): Steepness {
  const steepness = tf.div(height, width);
  const twice = tf.mul(2, steepness);
  return { steepness, twice, excess: tf.sub(tf.add(first, second), twice) };
}

/** What the slope at ξ is made of. */
interface Curve {
  /** ξ, 1 − ξ, their squares, and q = ξ(1−ξ). */
  readonly position: tf.Tensor;
  readonly rest: tf.Tensor;
  readonly positionSquare: tf.Tensor;
  readonly restSquare: tf.Tensor;
  readonly around: tf.Tensor;
  /** P and D. */
  readonly numerator: tf.Tensor;
  readonly denominator: tf.Tensor;
}

function curveAt(
  position: tf.Tensor,
  { first, second }: Bin,
  { steepness, twice, excess }: Steepness,
): Curve {
  const rest = tf.sub(1, position);
  const around = tf.mul(position, rest);
  const [positionSquare, restSquare] = [tf.square(position), tf.square(rest)];
  const numerator = tf.add(
    tf.add(tf.mul(second, positionSquare), tf.mul(twice, around)),
    tf.mul(first, restSquare),
  );
  const denominator = tf.add(steepness, tf.mul(excess, around));
  return { position, rest, positionSquare, restSquare, around, numerator, denominator };
}

/** dy/dx = P·(s/D)². The quotient is at most 2: D is the larger the steeper the ends. */
const slopeOf = ({ numerator, denominator }: Curve, { steepness }: Steepness): tf.Tensor =>
  tf.mul(numerator, tf.square(tf.div(steepness, denominator)));

/** dx/dy = (D/s)²/P, of which no logarithm has to change its sign. */
const flatnessOf = ({ numerator, denominator }: Curve, { steepness }: Steepness): tf.Tensor =>
  tf.div(tf.square(tf.div(denominator, steepness)), numerator);

/** t of ξ. */
function shareAt(
  { positionSquare, around, denominator }: Curve,
  { first }: Bin,
  { steepness }: Steepness,
): tf.Tensor {
  return tf.div(tf.add(tf.mul(steepness, positionSquare), tf.mul(first, around)), denominator);
}

/** t of y. */
const shareBelow = (y: tf.Tensor, { bottom, height }: Bin): tf.Tensor => tf.div(tf.sub(y, bottom), height);

/** ξ of t. */
function solve(share: tf.Tensor, { first }: Bin, { steepness, twice, excess }: Steepness): tf.Tensor {
  const b = tf.sub(first, tf.mul(share, excess));
  const twiceA = tf.mul(2, tf.sub(steepness, b));
  const twiceProduct = tf.mul(twice, share);
  // Positive but for rounding: it is the square of a slope.
  const discriminant = tf.maximum(tf.add(tf.square(b), tf.mul(twiceA, twiceProduct)), 1e-20);
  const root = tf.sqrt(discriminant);
  // Of the two forms of the solution, the one that adds numbers of the same sign.
  const positive = offTape(() => tf.greaterEqual(b, 0));
  const above = tf.where(positive, twiceProduct, tf.sub(root, b));
  return tf.div(above, tf.where(positive, tf.add(b, root), twiceA));
}

function forwardGradient({ at, ...bin }: At, [dValue, dLogDet]: tf.Tensor[]): At {
  const steepness = steepnessOf(bin);
  const curve = curveAt(tf.div(tf.sub(at, bin.left), bin.width), bin, steepness);
  const share = shareAt(curve, bin, steepness);
  const dShare = tf.mul(dValue, bin.height);
  const shares = logSlopeGradient(curve, bin, steepness, dLogDet);
  const dPosition = tf.add(
    tf.div(tf.mul(dShare, slopeOf(curve, steepness)), steepness.steepness),
    shares.dPosition,
  );
  const dAt = tf.div(dPosition, bin.width);
  const { dSteepness, dFirst, dSecond } = slopesGradient(curve, share, dShare, shares);
  const dRise = tf.div(dSteepness, bin.width);
  return {
    ...{ at: dAt, left: tf.neg(dAt), bottom: dValue, first: dFirst, second: dSecond },
    width: tf.neg(tf.add(tf.mul(dAt, curve.position), tf.mul(dRise, steepness.steepness))),
    height: tf.add(tf.mul(dValue, share), dRise),
  };
}

/** By the implicit function theorem: where ξ moves by dξ, t moves by (slope/s)·dξ. */
function inverseGradient({ at, ...bin }: At, [dValue, dLogDet]: tf.Tensor[]): At {
  const steepness = steepnessOf(bin);
  const share = shareBelow(at, bin);
  const curve = curveAt(solve(share, bin, steepness), bin, steepness);
  const shares = logSlopeGradient(curve, bin, steepness, tf.neg(dLogDet));
  const dPosition = tf.add(tf.mul(dValue, bin.width), shares.dPosition);
  const dShare = tf.mul(tf.mul(dPosition, steepness.steepness), flatnessOf(curve, steepness));
  const dAt = tf.div(dShare, bin.height);
  const { dSteepness, dFirst, dSecond } = slopesGradient(curve, share, tf.neg(dShare), shares);
  const dRise = tf.div(dSteepness, bin.width);
  return {
    ...{ at: dAt, left: dValue, bottom: tf.neg(dAt), first: dFirst, second: dSecond },
    width: tf.sub(tf.mul(dValue, curve.position), tf.mul(dRise, steepness.steepness)),
    height: tf.sub(dRise, tf.mul(dAt, share)),
  };
}

/** What the log-slope, log P + 2·log s − 2·log D, hands on of its own gradient g. */
interface LogSlopeShares {
  /** g·∂/∂ξ. */
  readonly dPosition: tf.Tensor;
  /** g/P, 2g/D, and 2g/s. */
  readonly perNumerator: tf.Tensor;
  readonly twicePerDenominator: tf.Tensor;
  readonly twicePerSteepness: tf.Tensor;
}

function logSlopeGradient(
  { position, rest, numerator, denominator }: Curve,
  { first, second }: Bin,
  { steepness, excess }: Steepness,
  gradient: tf.Tensor,
): LogSlopeShares {
  const twice = tf.mul(2, gradient);
  const perNumerator = tf.div(gradient, numerator);
  const twicePerDenominator = tf.div(twice, denominator);
  // ∂q/∂ξ = 1 − 2ξ
  const skew = tf.sub(rest, position);
  const halfOfNumerator = tf.add(
    tf.sub(tf.mul(second, position), tf.mul(first, rest)),
    tf.mul(steepness, skew),
  );
  const dPosition = tf.sub(
    tf.mul(tf.mul(2, perNumerator), halfOfNumerator),
    tf.mul(twicePerDenominator, tf.mul(excess, skew)),
  );
  return { dPosition, perNumerator, twicePerDenominator, twicePerSteepness: tf.div(twice, steepness) };
}

/**
 * The gradient in s, δ_k and δ_{k+1} with ξ held, of t and of the log-slope together.
 *
 * ∂t/∂s = (ξ² − t + 2tq)/D;  ∂t/∂δ_k = (q − tq)/D;  ∂t/∂δ_{k+1} = −tq/D.
 * Of the log-slope: 2/s + 2q/P − 2(1−2q)/D;  (1−ξ)²/P − 2q/D;  ξ²/P − 2q/D.
 */
function slopesGradient(
  { positionSquare, restSquare, around, denominator }: Curve,
  share: tf.Tensor,
  dShare: tf.Tensor,
  { perNumerator, twicePerDenominator, twicePerSteepness }: LogSlopeShares,
) {
  const perDenominator = tf.div(dShare, denominator);
  const product = tf.mul(share, around);
  const common = tf.mul(around, twicePerDenominator);
  const ofSlope = (square: tf.Tensor) => tf.sub(tf.mul(perNumerator, square), common);
  const ofShare = tf.add(tf.sub(positionSquare, share), tf.mul(2, product));
  const twice = tf.mul(2, tf.add(tf.mul(perNumerator, around), common));
  return {
    dSteepness: tf.add(
      tf.mul(perDenominator, ofShare),
      tf.sub(tf.add(twicePerSteepness, twice), twicePerDenominator),
    ),
    dFirst: tf.add(tf.mul(perDenominator, tf.sub(around, product)), ofSlope(restSquare)),
    dSecond: tf.sub(ofSlope(positionSquare), tf.mul(perDenominator, product)),
  };
}
