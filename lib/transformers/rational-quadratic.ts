import { offTape } from "../engine/off-tape.ts";
import { tf } from "../engine/tf.ts";
import {
  binSizes,
  checkBins,
  type Interval,
  innerEdges,
  locate,
  type Place,
  pick,
  withIdentityTails,
} from "./bins.ts";
import { checkParameters, type Transformed, type Transformer } from "./transformer.ts";

/** Options of {@link rationalQuadratic}. */
export interface RationalQuadraticOptions {
  /** Number K of bins, from 2; 8 if left out. */
  readonly bins?: number;
  /** Where the spline is; outside it is the identity. [−3, 3] if left out; not with `circular`. */
  readonly interval?: Interval;
  /** The spline maps the circle, angles from −π to π, onto itself, with equal slopes at both ends. */
  readonly circular?: boolean;
}

/** Smallest slope at an edge. */
const SMALLEST = 1e-3;
/** What makes the slope 1 of the parameter 0: softplus of it is 1 − SMALLEST. */
const OFFSET = Math.log(Math.expm1(1 - SMALLEST));
const CIRCLE: Interval = [-Math.PI, Math.PI];

/**
 * Monotone rational-quadratic spline: smooth, flexible, and inverted in closed form.
 *
 * In the bin from (x_k, y_k) of width w and height h, with s = h/w, ξ = (x − x_k)/w and slopes δ_k, δ_{k+1} at its
 * ends: y = y_k + h·(s·ξ² + δ_k·ξ(1−ξ))/(s + (δ_{k+1} + δ_k − 2s)·ξ(1−ξ)).
 * Log-slope: log s²(δ_{k+1}·ξ² + 2s·ξ(1−ξ) + δ_k·(1−ξ)²) − 2·log(s + (δ_{k+1} + δ_k − 2s)·ξ(1−ξ)).
 *
 * Parameters: K for the widths, K for the heights (softmax), and the slopes at the K − 1 inner edges (softplus); the
 * slope is 1 at both ends, where the identity goes on. On the circle, one slope more: that at ±π, where the circle
 * closes. Angles beyond ±π are first brought back by multiples of 2π, and ±π stays where it is.
 *
 * @throws RangeError if the bins or the interval make no sense.
 * @see Durkan et al., "Neural Spline Flows", arXiv:1906.04032, equations 4 to 8; Rezende et al., "Normalizing Flows
 *   on Tori and Spheres", arXiv:2002.02428, section 2.1.2, for the circle.
 */
export function rationalQuadratic(options: RationalQuadraticOptions = {}): Transformer {
  const { bins, circular = false } = { bins: 8, ...options };
  if (circular && options.interval)
    throw new RangeError("a circular spline is from −π to π: give no interval with it");
  const interval = circular ? CIRCLE : (options.interval ?? [-3, 3]);
  checkBins(bins, interval);
  const slopes = circular ? bins : bins - 1;
  const run = (input: tf.Tensor, params: tf.Tensor, map: typeof forwardInUnit) =>
    tf.tidy(() => {
      checkParameters("rational-quadratic", params, 2 * bins + slopes);
      const [widths, heights, inner] = tf.split(params, [bins, bins, slopes], params.rank - 1);
      const knots = { widths: binSizes(widths), heights: binSizes(heights), slopes: inner, circular };
      if (!circular) return withIdentityTails(input, interval, (h) => map(h, knots));
      const { value, logDet } = withIdentityTails(wrapped(input), interval, (h) => map(h, knots));
      // Rounding must not lead out of the circle, where a base distribution has the density 0.
      return { value: tf.clipByValue(value, ...CIRCLE), logDet };
    });
  return {
    parameters: 2 * bins + slopes,
    config: circular
      ? { type: "rationalQuadratic", bins, circular }
      : { type: "rationalQuadratic", bins, interval },
    forward: (z, params) => run(z, params, forwardInUnit),
    inverse: (x, params) => run(x, params, inverseInUnit),
  };
}

/** The spline's shape on [0, 1]: sizes [..., K], unconstrained slopes [..., K − 1], or [..., K] on the circle. */
interface Knots {
  readonly widths: tf.Tensor;
  readonly heights: tf.Tensor;
  readonly slopes: tf.Tensor;
  readonly circular: boolean;
}

function forwardInUnit(h: tf.Tensor, knots: Knots): Transformed {
  const { left, bottom, width, height, steepness, first, excess } = binAt(
    locate(h, innerEdges(knots.widths)),
    knots,
  );
  const position = tf.div(tf.sub(h, left), width);
  const around = tf.mul(position, tf.sub(1, position));
  const rise = tf.add(tf.mul(steepness, tf.square(position)), tf.mul(first, around));
  const value = tf.add(bottom, tf.div(tf.mul(height, rise), tf.add(steepness, tf.mul(excess, around))));
  return { value, logDet: logSlope(position, steepness, first, excess) };
}

/** Solves the quadratic equation for ξ; θ is how much of the bin's height is below the number. */
function inverseInUnit(h: tf.Tensor, knots: Knots): Transformed {
  const { left, bottom, width, height, steepness, first, excess } = binAt(
    locate(h, innerEdges(knots.heights)),
    knots,
  );
  const share = tf.div(tf.sub(h, bottom), height);
  const bent = tf.mul(share, excess);
  const [a, b] = [tf.add(tf.sub(steepness, first), bent), tf.sub(first, bent)];
  const product = tf.mul(steepness, share);
  // Positive but for rounding: it is the square of a slope.
  const discriminant = tf.maximum(tf.add(tf.square(b), tf.mul(4, tf.mul(a, product))), 1e-20);
  const root = tf.sqrt(discriminant);
  // Of the two forms of the solution, the one that adds numbers of the same sign.
  const positive = offTape(() => tf.greaterEqual(b, 0));
  const numerator = tf.where(positive, tf.mul(2, product), tf.sub(root, b));
  const denominator = tf.where(positive, tf.add(b, root), tf.mul(2, a));
  const position = tf.div(numerator, denominator);
  const value = tf.add(left, tf.mul(width, position));
  return { value, logDet: tf.neg(logSlope(position, steepness, first, excess)) };
}

/** The bin that a number is in: its lower left corner, its size, h/w, δ_k, and δ_{k+1} + δ_k − 2h/w. */
function binAt({ passed, own }: Place, { widths, heights, slopes, circular }: Knots) {
  const bins = widths.shape[widths.rank - 1];
  const [isAfter, isBefore] = offTape(() => edgeMasks(own, bins, circular)) as [tf.Tensor, tf.Tensor];
  const slope = (mask: tf.Tensor) => tf.add(tf.softplus(tf.add(pick(mask, slopes), OFFSET)), SMALLEST);
  const [width, height, first, second] = [
    pick(own, widths),
    pick(own, heights),
    slope(isAfter),
    slope(isBefore),
  ];
  const steepness = tf.div(height, width);
  return {
    left: pick(passed, widths),
    bottom: pick(passed, heights),
    width,
    height,
    steepness,
    first,
    excess: tf.sub(tf.add(first, second), tf.mul(2, steepness)),
  };
}

/**
 * Which of the given edges begins the number's bin, and which ends it. Of the inner edges 1 … K − 1, that is bin k's
 * place moved by one, and none at the ends, where a sum over nothing leaves the slope 1. On the circle edge 0 is
 * given too, and is edge K.
 */
function edgeMasks(own: tf.Tensor, bins: number, circular: boolean): tf.Tensor[] {
  const part = (from: number, count: number) =>
    tf.slice(
      own,
      own.shape.map((_, i) => (i === own.rank - 1 ? from : 0)),
      own.shape.with(own.rank - 1, count),
    );
  if (circular) return [tf.clone(own), tf.concat([part(bins - 1, 1), part(0, bins - 1)], -1)];
  return [part(1, bins - 1), part(0, bins - 1)];
}

function logSlope(position: tf.Tensor, steepness: tf.Tensor, first: tf.Tensor, excess: tf.Tensor): tf.Tensor {
  const rest = tf.sub(1, position);
  const around = tf.mul(position, rest);
  // δ_{k+1}·ξ² + 2s·ξ(1−ξ) + δ_k·(1−ξ)², with δ_{k+1} = excess − δ_k + 2s
  const second = tf.add(tf.sub(excess, first), tf.mul(2, steepness));
  const numerator = tf.add(
    tf.add(tf.mul(second, tf.square(position)), tf.mul(tf.mul(2, steepness), around)),
    tf.mul(first, tf.square(rest)),
  );
  const denominator = tf.add(steepness, tf.mul(excess, around));
  return tf.add(tf.log(numerator), tf.mul(2, tf.log(tf.div(steepness, denominator))));
}

/** Angles beyond ±π, brought back; those within, and ±π themselves, stay as they are. */
function wrapped(angle: tf.Tensor): tf.Tensor {
  const turns = offTape(() => tf.round(tf.mul(angle, 0.5 / Math.PI)));
  // Far out, rounding may leave a little more than π.
  return tf.clipByValue(tf.sub(angle, tf.mul(turns, 2 * Math.PI)), ...CIRCLE);
}
