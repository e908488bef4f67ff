import { tf } from "../../engine/tf.ts";
import { checkOptions, dropAbsent } from "../../ground/arguments/check-options.ts";
import { aFew, aNumber, listOf } from "../../ground/arguments/kinds.ts";
import type { Bijection, Mapped } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import type { Direction } from "../building/lipschitz.ts";
import { evaluateSteps, type SoftSteps } from "../building/soft-steps.ts";
import { type Equation, solveElements } from "../building/solve-elements.ts";

/** Where the steps of a {@link monotone} map begin. */
export interface MonotoneOptions {
  /** Number K of steps; 16 if left out. */
  readonly steps?: number;
  /** The interval of x over which the steps are spread at first; [−3, 3] if left out. */
  readonly interval?: readonly [number, number];
}

/**
 * A flexible increasing map of one variable, element by element: a line and K soft steps.
 *
 * z = a·x + b + Σ_k c_k·tanh((x − m_k)/s_k) with a, c_k, s_k > 0;
 * log ∂z/∂x = log(a + Σ_k (c_k/s_k)·(1 − tanh²((x − m_k)/s_k))) nats, for each element.
 *
 * The formula is the normalizing direction (`inverse`), which maximum likelihood needs. The generative direction
 * solves it for x ({@link solveElements}): |z − a·x − b| < Σ c_k brackets x, and the slope is at least a, which bounds
 * the error. It has first derivatives, but no second ones.
 *
 * @throws RangeError if the number of steps or the interval makes no sense.
 * @throws NoInverseError from `forward`, if a number is not finite.
 * @see Snelson, Rasmussen, Ghahramani 2003, "Warped Gaussian processes", for a line with tanh steps as a monotone map.
 */
export function monotone(options: MonotoneOptions = {}): Bijection {
  checkOptions("monotone", options, "monotone({ steps: 16 })", { steps: aFew, interval: listOf(aNumber) });
  const { steps, interval } = { steps: 16, interval: [-3, 3] as const, ...dropAbsent(options) };
  const parameters = initialize(steps, interval);
  const normalize = (x: tf.Tensor): Mapped => {
    const { slope, offset, heights, centres, widths } = constrain(parameters);
    const bend = tf.tanh(tf.div(tf.sub(tf.expandDims(x, -1), centres), widths));
    const value = tf.add(tf.add(tf.mul(x, slope), offset), tf.sum(tf.mul(bend, heights), -1));
    const steepness = tf.sum(tf.mul(tf.sub(1, tf.square(bend)), tf.div(heights, widths)), -1);
    return { value, logDet: tf.log(tf.add(steepness, slope)) };
  };
  return bijection({
    name: "monotone",
    config: { type: "monotone", steps, interval },
    event: [],
    forwardKind: "iterative",
    inverse: normalize,
    forward: (z) => solveElements(z, equations(readNumbers(parameters)), normalize),
    lipschitz: (direction) => slopeBound(readNumbers(parameters), direction),
    variables: { ...parameters },
  });
}

interface Parameters {
  readonly slope: tf.Variable;
  readonly offset: tf.Variable;
  readonly heights: tf.Variable;
  readonly centres: tf.Variable;
  readonly widths: tf.Variable;
}

/** Nearly the identity: a line of slope 1, and low steps side by side, as wide as they are apart. */
function initialize(steps: number, [low, high]: readonly [number, number]): Parameters {
  if (!Number.isInteger(steps) || steps < 1)
    throw new RangeError(`monotone: expected at least one step; got ${steps}`);
  if (!(high > low))
    throw new RangeError(`monotone: expected an interval [low, high] with low < high; got [${low}, ${high}]`);
  const spacing = (high - low) / steps;
  const centres = Array.from({ length: steps }, (_, k) => low + (k + 0.5) * spacing);
  const variable = (values: number | number[]) =>
    tf.tidy(() => tf.variable(tf.tensor(values, undefined, "float32")));
  return {
    slope: variable(inverseSoftplus(1)),
    offset: variable(0),
    heights: variable(centres.map(() => inverseSoftplus(0.05 * spacing))),
    centres: variable(centres),
    widths: variable(centres.map(() => inverseSoftplus(spacing))),
  };
}

/** The parameters in their ranges, on the tape. */
function constrain({ slope, offset, heights, centres, widths }: Parameters) {
  return {
    slope: tf.softplus(slope),
    offset,
    heights: tf.softplus(heights),
    centres,
    widths: tf.softplus(widths),
  };
}

/** The slope of g is at least a, and at most a + Σ c_k/s_k. */
function slopeBound({ slope, steps }: SoftSteps, direction: Direction): number {
  if (direction === "forward") return 1 / slope;
  return steps.reduce((total, { height, width }) => total + height / width, slope);
}

/** The parameters as plain numbers, all constraints applied. */
function readNumbers(parameters: Parameters): SoftSteps {
  // Through the same float32 operations as the other direction: the two must agree to the last bit.
  return tf.tidy(() => {
    const read = Object.fromEntries(
      Object.entries(constrain(parameters)).map(([name, tensor]) => [name, Array.from(tensor.dataSync())]),
    );
    const steps = read.heights.map((height, k) => ({
      height,
      centre: read.centres[k],
      width: read.widths[k],
    }));
    return { slope: read.slope[0], offset: read.offset[0], steps };
  });
}

/** z for each number, which lies where the line alone would be, up to the sum of all steps. */
function equations(numbers: SoftSteps): (target: number) => Equation {
  const reach = numbers.steps.reduce((total, { height }) => total + height, 0);
  const g = (x: number) => evaluateSteps(x, numbers);
  return (target) => {
    const onLine = (target - numbers.offset) / numbers.slope;
    const bracket = { low: onLine - reach / numbers.slope, high: onLine + reach / numbers.slope };
    return { g, bracket, minimalSlope: numbers.slope };
  };
}

function inverseSoftplus(value: number): number {
  return value + Math.log(-Math.expm1(-value));
}
