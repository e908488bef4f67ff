import { offTape } from "../../engine/tape/off-tape.ts";
import { withGradient } from "../../engine/tape/with-gradient.ts";
import { tf } from "../../engine/tf.ts";
import type { Transformed } from "../transformer.ts";

/** Where each number is in its bin, all of the numbers' shape. */
export type InBin = {
  /** How far it is from the bin's lower and from its upper end, on the axis that it is of. */
  readonly below: tf.Tensor;
  readonly above: tf.Tensor;
  /** The bin's size on the other axis. */
  readonly across: tf.Tensor;
  /** Slopes δ_k and δ_{k+1} at its ends. */
  readonly first: tf.Tensor;
  readonly second: tf.Tensor;
};

/**
 * The rational-quadratic curve through one bin, from its lower left corner (x_k, y_k).
 *
 * With s = h/w, ξ = (x − x_k)/w, q = ξ(1−ξ) and e = δ_{k+1} + δ_k − 2s: y − y_k = h·t, t = (s·ξ² + δ_k·q)/D,
 * D = s + e·q. Slope dy/dx = s²·P/D², P = δ_{k+1}·ξ² + 2s·q + δ_k·(1−ξ)². logDet is its logarithm in nats.
 *
 * Its gradient is written by hand: value and gradient of 512×2 numbers take 0.65 ms of processor time on tensorflow
 * where the recorded one takes 1.1, and 0.33 where it takes 0.53 on wasm; of the inverse 0.71 and 1.4, 0.34 and 0.58
 * (`node lib/engine/speed.fixture.ts`).
 *
 * @param at With x − x_k and x_{k+1} − x. They are taken instead of x, because a bin may be so narrow and steep that
 *   rounding of x_k alone changes the log-slope by a hundredth.
 * @returns value: y − y_k.
 * @see Durkan, Bekasov, Murray, Papamakarios 2019, "Neural Spline Flows", arXiv:1906.04032v2, equations 4 and 5.
 */
export function forwardInBin(at: InBin): Transformed {
  const [value, logDet] = withGradient(at, computeForward, forwardGradient);
  return { value, logDet };
}

/**
 * The inverse of {@link forwardInBin}: of t = (y − y_k)/h, the ξ that is a root of a·ξ² + b·ξ − s·t, where
 * b = δ_k − t·e and a = s − b.
 *
 * There the quadratic's slope is R = 2a·ξ + b = √(b² + 4a·s·t). It is also s·P/D, so that dx/dy = D/(s·R): rounding
 * takes less from it than from a slope that is computed of ξ. As a sum of what is never negative, with u = 1 − t:
 * R² = d² + 4s²·t·u, where d = δ_k·u − δ_{k+1}·t. And b = d + 2s·t, so that ξ = 2s·t/(2s·t + d + R), 1 − ξ = (d + R)/(2s·t + d + R).
 *
 * @param offset y − y_k.
 * @returns value: x − x_k.
 * @see Durkan, Bekasov, Murray, Papamakarios 2019, "Neural Spline Flows", arXiv:1906.04032v2, equations 6 to 8.
 */
export function inverseInBin(at: InBin): Transformed {
  const [value, logDet] = withGradient(at, computeInverse, inverseGradient);
  return { value, logDet };
}

/** s and e, with 2s on the way: a flow has many small operations, each of which costs its call. */
interface Shape {
  readonly steepness: tf.Tensor;
  readonly twice: tf.Tensor;
  readonly excess: tf.Tensor;
}

function shapeOf(width: tf.Tensor, height: tf.Tensor, { first, second }: InBin): Shape {
  const steepness = tf.div(height, width);
  const twice = tf.mul(2, steepness);
  return { steepness, twice, excess: tf.sub(tf.add(first, second), twice) };
}

/** A point of the curve. */
interface Point {
  /** ξ, 1 − ξ and q. */
  readonly position: tf.Tensor;
  readonly rest: tf.Tensor;
  readonly around: tf.Tensor;
  /** D. */
  readonly denominator: tf.Tensor;
}

function pointAt(position: tf.Tensor, rest: tf.Tensor, { steepness, excess }: Shape): Point {
  const around = tf.mul(position, rest);
  return { position, rest, around, denominator: tf.add(steepness, tf.mul(excess, around)) };
}

/** What the curve is at ξ: t, and s·P/D, which is R. */
function curveAt({ position, rest, around, denominator }: Point, { first, second }: InBin, shape: Shape) {
  const square = tf.square(position);
  const share = tf.div(tf.add(tf.mul(shape.steepness, square), tf.mul(first, around)), denominator);
  const numerator = tf.add(
    tf.add(tf.mul(second, square), tf.mul(shape.twice, around)),
    tf.mul(first, tf.square(rest)),
  );
  // The quotient is at most 2: D is the larger the steeper the ends.
  return { share, root: tf.mul(numerator, tf.div(shape.steepness, denominator)) };
}

/** t, ξ, 1 − ξ, R and 2a. */
interface Solution {
  readonly share: tf.Tensor;
  readonly position: tf.Tensor;
  readonly rest: tf.Tensor;
  readonly root: tf.Tensor;
  readonly twiceQuadratic: tf.Tensor;
}

/** Nothing of a number's distances from both ends is lost in it: each sum that decides is of numbers that are not negative. */
function solve({ below, above, first, second }: InBin, height: tf.Tensor, { twice }: Shape): Solution {
  const [share, ahead] = [below, above].map((distance) => tf.div(distance, height));
  const [passed, left] = [share, ahead].map((part) => tf.mul(twice, part));
  const lean = tf.sub(tf.mul(first, ahead), tf.mul(second, share));
  const product = tf.mul(passed, left);
  const root = tf.sqrt(tf.add(tf.square(lean), product));
  // d + R and d − R have the product −4s²tu: of a negative d, the sum is what the difference leaves of that.
  const larger = tf.add(root, tf.abs(lean));
  const sum = tf.where(
    offTape(() => tf.greaterEqual(lean, 0)),
    larger,
    tf.div(product, larger),
  );
  const whole = tf.add(passed, sum);
  return {
    share,
    position: tf.div(passed, whole),
    rest: tf.div(sum, whole),
    root,
    twiceQuadratic: tf.sub(tf.sub(left, passed), tf.mul(2, lean)),
  };
}

/** What {@link forwardInBin} computes: value and log-slope, recorded as any other function. */
export function computeForward(at: InBin): tf.Tensor[] {
  const { shape, point } = onCurve(at);
  const { share, root } = curveAt(point, at, shape);
  const slope = tf.mul(root, tf.div(shape.steepness, point.denominator));
  return [tf.mul(at.across, share), tf.log(slope)];
}

function onCurve(at: InBin) {
  const width = tf.add(at.below, at.above);
  const shape = shapeOf(width, at.across, at);
  return { width, shape, point: pointAt(tf.div(at.below, width), tf.div(at.above, width), shape) };
}

/** What {@link inverseInBin} computes. */
export function computeInverse(at: InBin): tf.Tensor[] {
  const height = tf.add(at.below, at.above);
  const shape = shapeOf(at.across, height, at);
  const { position, rest, root } = solve(at, height, shape);
  const { denominator } = pointAt(position, rest, shape);
  // dx/dy, of which no logarithm has to change its sign.
  const flatness = tf.div(denominator, tf.mul(shape.steepness, root));
  return [tf.mul(at.across, position), tf.log(flatness)];
}

/**
 * With g = dL/d(log-slope) and T = dL/dt, that of R included: dL/dξ = g·(2a/R − e(1−2ξ)/D) + T·R/D, where
 * a = s − δ_k + t·e. The numbers below and above are ξ·w and (1−ξ)·w.
 */
function forwardGradient(at: InBin, [dValue, dLogDet]: tf.Tensor[]): InBin {
  const { width, shape, point } = onCurve(at);
  const { share, root } = curveAt(point, at, shape);
  const linear = tf.sub(at.first, tf.mul(share, shape.excess));
  const twiceQuadratic = tf.mul(2, tf.sub(shape.steepness, linear));
  const parts = logSlopeParts(point, root, shape, dLogDet);
  const perDenominator = tf.div(
    tf.sub(tf.mul(dValue, at.across), tf.mul(parts.perRoot, parts.bend)),
    point.denominator,
  );
  const ofLogSlope = tf.sub(tf.mul(parts.perRoot, twiceQuadratic), tf.mul(parts.perDenominator, parts.bend));
  const dOffset = tf.div(tf.add(ofLogSlope, tf.mul(perDenominator, root)), width);
  const { rise, ...dSlopes } = shapeGradient(at, point, share, perDenominator, parts);
  const ofWidth = tf.div(rise, width);
  return {
    below: tf.sub(tf.mul(dOffset, point.rest), ofWidth),
    above: tf.neg(tf.add(tf.mul(dOffset, point.position), ofWidth)),
    across: tf.add(tf.mul(dValue, share), tf.div(rise, at.across)),
    ...dSlopes,
  };
}

/**
 * By the implicit function theorem: where the quadratic's value changes by dF, its root moves by −dF/R, and dF = −D·dt.
 * The numbers below and above are t·h and (1−t)·h.
 */
function inverseGradient(at: InBin, [dValue, dLogDet]: tf.Tensor[]): InBin {
  const height = tf.add(at.below, at.above);
  const shape = shapeOf(at.across, height, at);
  const { share, position, rest, root, twiceQuadratic } = solve(at, height, shape);
  const point = pointAt(position, rest, shape);
  const parts = logSlopeParts(point, root, shape, tf.neg(dLogDet));
  const ofLogSlope = tf.sub(tf.mul(parts.perDenominator, parts.bend), tf.mul(parts.perRoot, twiceQuadratic));
  // −(dL/dξ)/R
  const moved = tf.div(tf.sub(ofLogSlope, tf.mul(dValue, at.across)), root);
  const dShare = tf.add(tf.mul(moved, point.denominator), tf.mul(parts.perRoot, parts.bend));
  const dOffset = tf.div(dShare, height);
  const { rise, ...dSlopes } = shapeGradient(at, point, share, moved, parts);
  const above = tf.div(tf.add(rise, tf.mul(dShare, share)), height);
  return {
    below: tf.sub(above, dOffset),
    above,
    across: tf.sub(tf.mul(dValue, position), tf.div(rise, at.across)),
    ...dSlopes,
  };
}

/** What the gradient g of the log-slope, log s + log R − log D, is handed on by. */
interface LogSlopeParts {
  /** g, g/R and g/D. */
  readonly gradient: tf.Tensor;
  readonly perRoot: tf.Tensor;
  readonly perDenominator: tf.Tensor;
  /** 1 − 2ξ = dq/dξ, and e(1−2ξ) = ∂D/∂ξ = −∂R/∂t. */
  readonly skew: tf.Tensor;
  readonly bend: tf.Tensor;
}

function logSlopeParts(
  { position, rest, denominator }: Point,
  root: tf.Tensor,
  { excess }: Shape,
  gradient: tf.Tensor,
): LogSlopeParts {
  const skew = tf.sub(rest, position);
  return {
    gradient,
    perRoot: tf.div(gradient, root),
    perDenominator: tf.div(gradient, denominator),
    skew,
    bend: tf.mul(excess, skew),
  };
}

/**
 * The gradient in δ_k and δ_{k+1}, of t and of the log-slope together, with ξ held; and s times that in s.
 *
 * With c = dL/dt/D: with e held, ∂L/∂δ_k = m = c·q + g/R·(1−2ξ), and ∂L/∂e = −(t·m + q·g/D). All three slopes times λ
 * leave t as it is and add log λ to the log-slope, so that s·∂L/∂s = g − δ_k·∂L/∂δ_k − δ_{k+1}·∂L/∂δ_{k+1}.
 */
function shapeGradient(
  { first, second }: InBin,
  { around }: Point,
  share: tf.Tensor,
  moved: tf.Tensor,
  { gradient, perRoot, perDenominator, skew }: LogSlopeParts,
) {
  const common = tf.add(tf.mul(moved, around), tf.mul(perRoot, skew));
  const taken = tf.add(tf.mul(share, common), tf.mul(around, perDenominator));
  const dFirst = tf.sub(common, taken);
  return {
    rise: tf.sub(tf.add(gradient, tf.mul(second, taken)), tf.mul(first, dFirst)),
    first: dFirst,
    second: tf.neg(taken),
  };
}
