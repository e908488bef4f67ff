import { clip } from "../../engine/clip.ts";
import { offTape } from "../../engine/tape/off-tape.ts";
import { withGradient } from "../../engine/tape/with-gradient.ts";
import { tf } from "../../engine/tf.ts";
import { checkOptions, dropAbsent } from "../../ground/arguments/check-options.ts";
import { aFew, aFlag, aNumber, listOf } from "../../ground/arguments/kinds.ts";
import { inRows } from "../rows.ts";
import { checkParameters, type Transformed, type Transformer } from "../transformer.ts";
import { checkBins, type Interval, pick, withIdentityTails } from "./bins.ts";
import { cornerOfLogits } from "./logit-corners.ts";
import { forwardInBin, inverseInBin } from "./rational-quadratic-bin.ts";

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
/** Largest slope at an edge: its square is a float32 number still. */
const LARGEST = 2 ** 60;
/** What makes the slope 1 of the parameter 0: softplus of it is 1 − SMALLEST. */
const OFFSET = Math.log(Math.expm1(1 - SMALLEST));
const CIRCLE: Interval = [-Math.PI, Math.PI];

/**
 * Monotone rational-quadratic spline: smooth, flexible, and inverted in closed form.
 *
 * In the bin from (x_k, y_k) of width w and height h, with s = h/w, ξ = (x − x_k)/w and slopes δ_k, δ_{k+1} at its
 * ends: y = y_k + h·(s·ξ² + δ_k·ξ(1−ξ))/(s + (δ_{k+1} + δ_k − 2s)·ξ(1−ξ)).
 * Log-slope: log s²(δ_{k+1}·ξ² + 2s·ξ(1−ξ) + δ_k·(1−ξ)²) − 2·log(s + (δ_{k+1} + δ_k − 2s)·ξ(1−ξ)) nats.
 *
 * Parameters: a for each of the K widths and b for each of the K heights, c for the slope at each of the K − 1 inner
 * edges. With the interval's length L: w_k = L·(m + (1 − K·m)·softmax(a)_k), h_k likewise of b, and
 * δ_k = d + log(1 + exp(c_k + o)), with the least bin m = 0.001 of the interval, the least slope d = 0.001, and the offset
 * o = log(exp(1 − d) − 1) = 0.5397, which makes the slope of c = 0 be 1; none is larger than 2⁶⁰. The slope is 1 at both
 * ends, where the identity goes on. On the circle, one slope more: that at ±π, where the circle closes. Angles beyond ±π are
 * first brought back by multiples of 2π, and ±π stays where it is.
 *
 * @throws RangeError if the bins or the interval make no sense.
 * @throws ShapeError when applied with another number of parameters.
 * @see Durkan, Bekasov, Murray, Papamakarios 2019, "Neural Spline Flows", arXiv:1906.04032v2, equations 4 to 8;
 *   Rezende et al. 2020, "Normalizing Flows on Tori and Spheres", arXiv:2002.02428, for the circle.
 */
export function rationalQuadratic(options: RationalQuadraticOptions = {}): Transformer {
  checkOptions("rationalQuadratic", options, "rationalQuadratic({ bins: 8 })", {
    bins: aFew,
    interval: listOf(aNumber),
    circular: aFlag,
  });
  const { bins, circular = false } = { bins: 8, ...dropAbsent(options) };
  if (circular && options.interval)
    throw new RangeError(
      "rationalQuadratic: expected no interval; a circular spline is from −π to π: give no interval with it",
    );
  const interval = circular ? CIRCLE : (options.interval ?? [-3, 3]);
  checkBins("rationalQuadratic", bins, interval);
  const slopes = circular ? bins : bins - 1;
  const run = (input: tf.Tensor, params: tf.Tensor, map: (x: tf.Tensor, knots: Knots) => Transformed) =>
    tf.tidy(() => {
      checkParameters("rational-quadratic", params, 2 * bins + slopes);
      return inRows(input, params, (row, table) => {
        const [logits, inner] = tf.split(table, [2 * bins, slopes], 0);
        const axes = tf.reshape(logits, [2, bins, ...table.shape.slice(1)]);
        const knots = { axes, slopes: inner, circular, interval };
        if (!circular) return withIdentityTails(row, interval, 0, (x) => map(x, knots));
        const { value, logDet } = withIdentityTails(wrap(row), interval, 0, (x) => map(x, knots));
        // Rounding must not lead out of the circle, where a base distribution has the density 0.
        return { value: clip(value, ...CIRCLE), logDet };
      });
    });
  return {
    parameters: 2 * bins + slopes,
    ...(!circular && { interval }),
    config: circular
      ? { type: "rationalQuadratic", bins, circular }
      : { type: "rationalQuadratic", bins, interval },
    forward: (z, params) => run(z, params, forwardInside),
    inverse: (x, params) => run(x, params, inverseInside),
  };
}

/** The spline's shape. */
interface Knots {
  /** What makes widths and heights, [2, K, ...]: together, they take half as many operations. */
  readonly axes: tf.Tensor;
  /** Unconstrained, [K − 1, ...], or [K, ...] on the circle. */
  readonly slopes: tf.Tensor;
  readonly circular: boolean;
  readonly interval: Interval;
}

const forwardInside = (x: tf.Tensor, knots: Knots): Transformed => {
  const { corner, bin } = binOf(x, knots, 0);
  const { value, logDet } = forwardInBin(bin);
  return { value: tf.add(corner, value), logDet };
};

const inverseInside = (y: tf.Tensor, knots: Knots): Transformed => {
  const { corner, bin } = binOf(y, knots, 1);
  const { value, logDet } = inverseInBin(bin);
  return { value: tf.add(corner, value), logDet };
};

/** The bin of each number, and its lower edge on the other axis. The numbers are of the axis of widths, 0, or heights. */
function binOf(x: tf.Tensor, { axes, slopes, circular, interval }: Knots, axis: 0 | 1) {
  const { place, other, ...distances } = cornerOfLogits(x, axes, axis, interval);
  const { begins, ends } = offTape(() => edgeMasks(place.own, axes.shape[1] as number, circular)) as Ends;
  // One after the other: put together, the masks would be copied, which takes longer than twice as many operations.
  const [first, second] = [begins, ends].map((mask) => slopeOf(pick(mask, slopes)));
  const middle = (interval[0] + interval[1]) / 2;
  return {
    corner: middle === 0 ? other : tf.add(other, middle),
    bin: { ...distances, first, second },
  };
}

/** The slope at an edge, of its parameter. */
function slopeOf(parameter: tf.Tensor): tf.Tensor {
  const [bounded] = withGradient(
    { parameter },
    (inputs) => [tf.minimum(inputs.parameter, LARGEST)],
    // Beyond the bound it would be 0; where a slope is that large, what it changes is less than rounding.
    (_inputs, [gradient]) => ({ parameter: gradient }),
  );
  return tf.add(tf.softplus(tf.add(bounded, OFFSET)), SMALLEST);
}

/** Which of the given edges begins the number's bin, and which ends it: [edges, ...] each. */
type Ends = { readonly begins: tf.Tensor; readonly ends: tf.Tensor };

/**
 * Of the inner edges 1 … K − 1, the one that begins bin k is its place moved by one, and none is at the ends, where a sum
 * over nothing leaves the slope 1. On the circle edge 0 is given too, and is edge K.
 */
function edgeMasks(own: tf.Tensor, bins: number, circular: boolean): Ends {
  if (circular) {
    const ends = tf.concat([tf.slice(own, bins - 1, 1), tf.slice(own, 0, bins - 1)], 0);
    return { begins: tf.clone(own), ends };
  }
  return { begins: tf.slice(own, 1, bins - 1), ends: tf.slice(own, 0, bins - 1) };
}

/** Angles beyond ±π, brought back; those within, and ±π themselves, stay as they are. */
function wrap(angle: tf.Tensor): tf.Tensor {
  const turns = offTape(() => tf.round(tf.mul(angle, 0.5 / Math.PI)));
  // Far out, rounding may leave a little more than π.
  return clip(tf.sub(angle, tf.mul(turns, 2 * Math.PI)), ...CIRCLE);
}
