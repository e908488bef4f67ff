import { offTape } from "../engine/off-tape.ts";
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
 * The rational-quadratic curve through one bin, from its lower left corner (x_k, y_k).
 *
 * With s = h/w, ξ = (x − x_k)/w, q = ξ(1−ξ) and e = δ_{k+1} + δ_k − 2s: y − y_k = h·t, t = (s·ξ² + δ_k·q)/D,
 * D = s + e·q. Slope dy/dx = s²·P/D², P = δ_{k+1}·ξ² + 2s·q + δ_k·(1−ξ)². logDet is its logarithm in nats.
 *
 * Its gradient is written by hand: value and gradient of 512×2 numbers take 0.8 ms of processor time on tensorflow where
 * the recorded one takes 2.0, and 0.34 where it takes 0.66 on wasm; of the inverse 1.0 and 1.9, 0.44 and 0.66
 * (`node lib/engine/speed.fixture.ts`).
 *
 * @param offset x − x_k. It is taken instead of x, because a bin may be so narrow and steep that rounding of x_k alone
 *   changes the log-slope by a hundredth.
 * @returns value: y − y_k.
 * @see Durkan, Bekasov, Murray, Papamakarios 2019, "Neural Spline Flows", arXiv:1906.04032v2, equations 4 and 5.
 */
export function forwardInBin(offset: tf.Tensor, bin: Bin): Transformed {
  const [value, logDet] = withGradient({ offset, ...bin }, computeForward, forwardGradient);
  return { value, logDet };
}

/**
 * The inverse of {@link forwardInBin}: of t = (y − y_k)/h, the ξ that is a root of a·ξ² + b·ξ − s·t, where
 * b = δ_k − t·e and a = s − b.
 *
 * There the quadratic's slope is R = 2a·ξ + b = √(b² + 4a·s·t). It is also s·P/D, so that dx/dy = D/(s·R): rounding
 * takes less from it than from a slope that is computed of ξ.
 *
 * @param offset y − y_k.
 * @returns value: x − x_k.
 * @see Durkan, Bekasov, Murray, Papamakarios 2019, "Neural Spline Flows", arXiv:1906.04032v2, equations 6 to 8.
 */
export function inverseInBin(offset: tf.Tensor, bin: Bin): Transformed {
  const [value, logDet] = withGradient({ offset, ...bin }, computeInverse, inverseGradient);
  return { value, logDet };
}

type At = Bin & { readonly offset: tf.Tensor };

/** s and e, with 2s on the way: a flow has many small operations, each of which costs its call. */
interface Shape {
  readonly steepness: tf.Tensor;
  readonly twice: tf.Tensor;
  readonly excess: tf.Tensor;
}

function shapeOf({ width, height, first, second }: Bin): Shape {
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

function pointAt(position: tf.Tensor, { steepness, excess }: Shape): Point {
  const rest = tf.sub(1, position);
  const around = tf.mul(position, rest);
  return { position, rest, around, denominator: tf.add(steepness, tf.mul(excess, around)) };
}

/** What the curve is at ξ: t, and s·P/D, which is R. */
function curveAt({ position, rest, around, denominator }: Point, { first, second }: Bin, shape: Shape) {
  const square = tf.square(position);
  const share = tf.div(tf.add(tf.mul(shape.steepness, square), tf.mul(first, around)), denominator);
  const numerator = tf.add(
    tf.add(tf.mul(second, square), tf.mul(shape.twice, around)),
    tf.mul(first, tf.square(rest)),
  );
  // The quotient is at most 2: D is the larger the steeper the ends.
  return { share, root: tf.mul(numerator, tf.div(shape.steepness, denominator)) };
}

/** The quadratic equation in ξ that t gives. */
interface Equation {
  /** t. */
  readonly share: tf.Tensor;
  /** b and 2a. */
  readonly linear: tf.Tensor;
  readonly twiceQuadratic: tf.Tensor;
}

function equationOf(share: tf.Tensor, { first }: Bin, { steepness, excess }: Shape): Equation {
  const linear = tf.sub(first, tf.mul(share, excess));
  return { share, linear, twiceQuadratic: tf.mul(2, tf.sub(steepness, linear)) };
}

/** ξ of x, or t of y. Rounding may put a number beside its bin, where D may be negative: it is then on the bin's end. */
const shareOf = (offset: tf.Tensor, size: tf.Tensor) => tf.clipByValue(tf.div(offset, size), 0, 1);

/** ξ and R. */
function solve({ share, linear, twiceQuadratic }: Equation, { twice }: Shape) {
  const twiceProduct = tf.mul(twice, share);
  const square = tf.square(linear);
  // The square of R, which is positive; what is left of two numbers that rounding has made equal may be anything.
  const discriminant = tf.maximum(
    tf.add(square, tf.mul(twiceQuadratic, twiceProduct)),
    tf.mul(square, ROUNDING),
  );
  const root = tf.sqrt(discriminant);
  // Of the two forms of the solution, the one that adds numbers of the same sign.
  const positive = offTape(() => tf.greaterEqual(linear, 0));
  const above = tf.where(positive, twiceProduct, tf.sub(root, linear));
  return { position: tf.div(above, tf.where(positive, tf.add(linear, root), twiceQuadratic)), root };
}

/** Of a difference of two float32 numbers, the share of one of them that may be rounding. */
const ROUNDING = 1e-7;

/** What {@link forwardInBin} computes: value and log-slope, recorded as any other function. */
export function computeForward({ offset, ...bin }: At): tf.Tensor[] {
  const shape = shapeOf(bin);
  const point = pointAt(shareOf(offset, bin.width), shape);
  const { share, root } = curveAt(point, bin, shape);
  const slope = tf.mul(root, tf.div(shape.steepness, point.denominator));
  return [tf.mul(bin.height, share), tf.log(slope)];
}

/** What {@link inverseInBin} computes. */
export function computeInverse({ offset, ...bin }: At): tf.Tensor[] {
  const shape = shapeOf(bin);
  const { position, root } = solve(equationOf(shareOf(offset, bin.height), bin, shape), shape);
  const { denominator } = pointAt(position, shape);
  // dx/dy, of which no logarithm has to change its sign.
  const flatness = tf.div(denominator, tf.mul(shape.steepness, root));
  return [tf.mul(bin.width, position), tf.log(flatness)];
}

/**
 * With g = dL/d(log-slope) and T = dL/dt, that of R included: dL/dξ = g·(2a/R − e(1−2ξ)/D) + T·R/D.
 */
function forwardGradient({ offset, ...bin }: At, [dValue, dLogDet]: tf.Tensor[]): At {
  const shape = shapeOf(bin);
  const point = pointAt(shareOf(offset, bin.width), shape);
  const { share, root } = curveAt(point, bin, shape);
  const equation = equationOf(share, bin, shape);
  const parts = logSlopeParts(point, root, shape, dLogDet);
  const perDenominator = tf.div(
    tf.sub(tf.mul(dValue, bin.height), tf.mul(parts.perRoot, parts.bend)),
    point.denominator,
  );
  const ofLogSlope = tf.sub(
    tf.mul(parts.perRoot, equation.twiceQuadratic),
    tf.mul(parts.perDenominator, parts.bend),
  );
  const dOffset = tf.div(tf.add(ofLogSlope, tf.mul(perDenominator, root)), bin.width);
  const { dSteepness, ...dSlopes } = shapeGradient(point, share, perDenominator, parts);
  const dRise = tf.div(dSteepness, bin.width);
  return {
    ...{ offset: dOffset, ...dSlopes },
    width: tf.neg(tf.add(tf.mul(dOffset, point.position), tf.mul(dRise, shape.steepness))),
    height: tf.add(tf.mul(dValue, share), dRise),
  };
}

/**
 * By the implicit function theorem: where the quadratic's value changes by dF, its root moves by −dF/R, and dF = −D·dt.
 */
function inverseGradient({ offset, ...bin }: At, [dValue, dLogDet]: tf.Tensor[]): At {
  const shape = shapeOf(bin);
  const equation = equationOf(shareOf(offset, bin.height), bin, shape);
  const { position, root } = solve(equation, shape);
  const point = pointAt(position, shape);
  const parts = logSlopeParts(point, root, shape, tf.neg(dLogDet));
  const ofLogSlope = tf.sub(
    tf.mul(parts.perDenominator, parts.bend),
    tf.mul(parts.perRoot, equation.twiceQuadratic),
  );
  // −(dL/dξ)/R
  const moved = tf.div(tf.sub(ofLogSlope, tf.mul(dValue, bin.width)), root);
  const dShare = tf.add(tf.mul(moved, point.denominator), tf.mul(parts.perRoot, parts.bend));
  const dOffset = tf.div(dShare, bin.height);
  const { dSteepness, ...dSlopes } = shapeGradient(point, equation.share, moved, parts);
  const dRise = tf.div(dSteepness, bin.width);
  return {
    ...{ offset: tf.neg(dOffset), ...dSlopes },
    width: tf.sub(tf.mul(dValue, position), tf.mul(dRise, shape.steepness)),
    height: tf.add(dRise, tf.mul(dOffset, equation.share)),
  };
}

/** What the gradient g of the log-slope, log s + log R − log D, is handed on by. */
interface LogSlopeParts {
  /** g/s, g/R and g/D. */
  readonly perSteepness: tf.Tensor;
  readonly perRoot: tf.Tensor;
  readonly perDenominator: tf.Tensor;
  /** 1 − 2ξ = dq/dξ, and e(1−2ξ) = ∂D/∂ξ = −∂R/∂t. */
  readonly skew: tf.Tensor;
  readonly bend: tf.Tensor;
}

function logSlopeParts(
  { position, rest, denominator }: Point,
  root: tf.Tensor,
  { steepness, excess }: Shape,
  gradient: tf.Tensor,
): LogSlopeParts {
  const skew = tf.sub(rest, position);
  return {
    perSteepness: tf.div(gradient, steepness),
    perRoot: tf.div(gradient, root),
    perDenominator: tf.div(gradient, denominator),
    skew,
    bend: tf.mul(excess, skew),
  };
}

/**
 * The gradient in s, δ_k and δ_{k+1} with ξ held, of t and of the log-slope together.
 *
 * With c = dL/dt/D: ∂L/∂s = c(ξ² − t) + g/s + 2ξ·g/R − g/D and ∂L/∂δ_k = m = c·q + g/R·(1−2ξ), both with e held;
 * ∂L/∂e = −(t·m + q·g/D).
 */
function shapeGradient(
  { position, around }: Point,
  share: tf.Tensor,
  moved: tf.Tensor,
  { perSteepness, perRoot, perDenominator, skew }: LogSlopeParts,
) {
  const common = tf.add(tf.mul(moved, around), tf.mul(perRoot, skew));
  const dSecond = tf.neg(tf.add(tf.mul(share, common), tf.mul(around, perDenominator)));
  const held = tf.add(
    tf.mul(moved, tf.sub(tf.square(position), share)),
    tf.sub(perSteepness, perDenominator),
  );
  return {
    dSteepness: tf.add(held, tf.mul(2, tf.sub(tf.mul(perRoot, position), dSecond))),
    first: tf.add(common, dSecond),
    second: dSecond,
  };
}
