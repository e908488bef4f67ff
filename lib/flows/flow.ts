import type { Bijection } from "../bijections/bijection.ts";
import { checkBijection } from "../bijections/building/check-bijection.ts";
import { withoutDomainErrors } from "../bijections/domain.ts";
import { checkCount } from "../distributions/count.ts";
import type { Distribution } from "../distributions/distribution.ts";
import { asFloat } from "../engine/as-float.ts";
import { tf } from "../engine/tf.ts";
import { tidy } from "../engine/tidy.ts";
import { checkHas, checkOptions } from "../ground/arguments/check-options.ts";
import { inNameOf } from "../ground/arguments/in-name-of.ts";
import { aNumber } from "../ground/arguments/kinds.ts";
import { ShapeError } from "../ground/errors.ts";
import { plural } from "../ground/plural.ts";
import { type Random, random as startRandom } from "../random/random.ts";
import { inChunks, joinChunks } from "./chunks.ts";
import { directions, normalizedDensity } from "./directions.ts";
import { joinSampled, type Sampled } from "./sampled.ts";

/** A density and a sampler: a base distribution pushed through a bijection. */
export interface Flow {
  /** The distribution of z. */
  readonly base: Distribution;
  /** x = f(z). */
  readonly bijection: Bijection;
  /** Lengths of the axes of an event x: the base's, unless the bijection changes them, as {@link iRevNet} does. */
  readonly eventShape: readonly number[];
  /** What training changes. */
  readonly variables: readonly tf.Variable[];
  /** What is kept and saved but not trained. */
  readonly state: readonly tf.Variable[];
  /**
   * Log-density in nats of each event: [...batch, ...event] → [...batch]. It may be above 0: see {@link flow}.
   *
   * Numbers of any type are converted to float32, those of contexts as well. Where an event or its context is NaN, so is
   * the log-density, and those of the others are what they would be without it; {@link fit} refuses such numbers.
   *
   * @param context Shape [...batch, C] or [C].
   * @throws RangeError if a layer is not defined at the numbers that it gets; in a function of one's own that is
   *   compiled, which cannot stop, the log-density is −∞ there. Also if `chunk` is no whole number ≥ 1.
   * @throws ShapeError if the last axes are not one event, the contexts do not fit, or there are some and nothing in the
   *   bijection depends on a context.
   * @throws NoInverseError if the bijection has no inverse.
   */
  logProb(
    x: tf.Tensor | tf.TensorLike,
    context?: tf.Tensor | tf.TensorLike,
    options?: LogProbOptions,
  ): tf.Tensor;
  /**
   * `count` independent events: [count, ...event]. The same seed gives the same events; with another `chunk`, the same
   * but for rounding, since a matrix product of other height may be added up in another order.
   *
   * @param seed A whole number from 0 to 4294967295 or a text, or a stream that goes on.
   * @param context Shape [count, C] or [C].
   * @throws RangeError if `count` is no whole number ≥ 0 or asks for more than 2²⁷ numbers at once, there is no seed or it is no such number, the temperature is negative or not finite,
   *   or `chunk` is no whole number ≥ 1.
   * @throws ShapeError if the contexts do not fit, or there are some and nothing in the bijection depends on a context.
   */
  sample(
    count: number,
    seed: Random | number | string,
    context?: tf.Tensor | tf.TensorLike,
    options?: SampleOptions,
  ): tf.Tensor;
  /**
   * Events [count, ...event] and their log-densities [count] in nats under the flow, without inverting the bijection.
   * With another temperature than 1, the densities are still those of the flow as it is.
   *
   * @throws RangeError, ShapeError as `sample`.
   */
  sampleWithLogProb(
    count: number,
    seed: Random | number | string,
    context?: tf.Tensor | tf.TensorLike,
    options?: SampleOptions,
  ): Sampled;
  /**
   * Frees what the flow keeps: its variables, its state, and the graphs of its two directions. It cannot be used
   * afterwards, nor can another flow that shares a part with it; tensors that it has given stay. A second call does
   * nothing.
   */
  dispose(): void;
}

/** How densities are evaluated. */
export interface LogProbOptions {
  /** Largest number of events that are evaluated at a time; if left out, as many as hold 2¹⁷ numbers, but at most 10,000. */
  readonly chunk?: number;
}

/** How events are drawn. */
export interface SampleOptions {
  /**
   * The base's points are multiplied by this T before they are mapped: below 1, events nearer to the most probable
   * ones, for a base that is centred at 0; a normal base's density is then raised to the power 1/T². 1 if left out.
   *
   * @see Prince, Understanding Deep Learning, section 16.5.2; Kingma and Dhariwal 2018, "Glow", arXiv:1807.03039v2.
   */
  readonly temperature?: number;
  /** Largest number of events that are mapped at a time; if left out, as many as hold 2¹⁷ numbers, but at most 10,000. */
  readonly chunk?: number;
}

/**
 * A normalizing flow: x = f(z) with z from the base distribution.
 *
 * log p(x) = log p_z(f⁻¹(x)) + log |det ∂f⁻¹/∂x| nats.
 *
 * A log-density above 0 is no mistake: the density of continuous data is a probability per volume, and grows without
 * bound as the data lie closer together; only its integral is 1. The uniform density on [0, 0.1] is 10, of which the
 * logarithm is 2.3 nats. (Of images with whole numbers, {@link bitsPerDimension} tells a bound of the probability.)
 *
 * Many events are evaluated, and drawn, in chunks. On the backend tensorflow, a direction that has been computed 16
 * times on the same shapes is computed as a graph from then on ({@link compile}), with the same numbers; this holds if
 * base and bijection have a `config`: they are then known to be functions of their input and their variables alone.
 *
 * @throws ShapeError if the bijection does not take what the base draws, as far as the sizes of its events are known: they
 *   have more axes than the base's, or other lengths.
 * @see Prince, Understanding Deep Learning, equations 16.1 and 16.3.
 */
export function flow(base: Distribution, bijection: Bijection): Flow {
  checkHas(
    "flow",
    base,
    ["eventShape", "logProb", "sample"],
    "a base distribution, such as standardNormal([2])",
  );
  checkBijection("flow", bijection);
  const eventShape = dataShape(base.eventShape, bijection);
  const eventRank = eventShape.length;
  const eventSize = eventShape.reduce((product, length) => product * length, 1);
  const { density, push, forget } = directions(base, bijection);
  const [variables, state] = [bijection.variables, bijection.state ?? []];
  let disposed = false;
  const checkUsable = () => {
    if (disposed) throw new Error("this flow has been disposed of; make it again, or load it");
  };
  const draw: Flow["sampleWithLogProb"] = (count, seed, context, options = {}) => {
    checkUsable();
    checkCount(count, eventSize);
    checkOptions("sample", options, "sample(100, 7, undefined, { temperature: 0.7 })", {
      temperature: aNumber,
      chunk: aNumber,
    });
    return tidy(() => {
      const contexts = context === undefined ? undefined : asFloat(context, "sample, context");
      // All at once, so that the numbers of a seed do not depend on the chunks.
      const z = heat(base.sample(count, streamOf(seed, count)), options.temperature);
      const parts = inChunks(z, contexts, eventRank, options.chunk, (points, own) =>
        tidy(() => push(points, own)),
      );
      return joinSampled(parts, count, eventShape);
    });
  };
  return {
    base,
    bijection,
    eventShape,
    variables,
    state,
    logProb: (x, context, options = {}) => {
      checkUsable();
      checkOptions("logProb", options, "logProb(x, undefined, { chunk: 1000 })", { chunk: aNumber });
      const { chunk } = options;
      return tf.tidy(() => {
        const events = asEvents("logProb", x, eventShape);
        const contexts = context === undefined ? undefined : asFloat(context, "logProb, context");
        const parts = inChunks(events, contexts, eventRank, chunk, density);
        return joinChunks(parts, events.shape.slice(0, events.rank - eventRank));
      });
    },
    sample: (count, seed, context, options) => tf.tidy(() => draw(count, seed, context, options).value),
    sampleWithLogProb: (...given) => inNameOf("sampleWithLogProb", () => draw(...given)),
    dispose: () => {
      disposed = true;
      forget();
      for (const variable of [...variables, ...state]) if (!variable.isDisposed) variable.dispose();
    },
  };
}

/**
 * The shape of what the flow makes of the base's events.
 *
 * @throws ShapeError if the bijection does not take them.
 */
function dataShape(base: readonly number[], bijection: Bijection): readonly number[] {
  if (base.length < bijection.eventRank) {
    throw new ShapeError(
      `flow: the bijection acts on events with ${plural(bijection.eventRank, "axis", "axes")}, the base draws events of shape ` +
        `[${base}]; give the base a shape with at least ${plural(bijection.eventRank, "axis", "axes")}`,
    );
  }
  try {
    return bijection.shapeAfter?.("forward", base) ?? base;
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new ShapeError(
      `flow: the base draws events of shape [${base}], which the bijection does not take: ${error.message}. Give both the ` +
        "same size",
    );
  }
}

/** The types ask for a seed already; a call from JavaScript, or with a value of type any, does not. */
function streamOf(seed: Random | number | string | undefined | null, count: number): Random {
  if (seed === undefined || seed === null) {
    throw new RangeError(
      `sample: needs a seed, e.g. sample(${count}, 7), so that the same events can be drawn again; another seed gives ` +
        "other events",
    );
  }
  return typeof seed === "object" ? seed : inNameOf("sample", () => startRandom(seed));
}

/**
 * Log-densities in nats of a batch as a training step sees them, and the next values of the flow's state: with the
 * bijection's `trainingInverse` if it has one, and the random numbers of its `noise`. The events have shape [n, ...event]. Where a map is not defined, the
 * log-density is −∞.
 */
export function trainingLogProb(
  flow: Flow,
  x: tf.Tensor,
  context?: tf.Tensor,
  drawn?: tf.Tensor,
): { readonly logProb: tf.Tensor; readonly state: readonly tf.Tensor[] } {
  const { base, bijection } = flow;
  return withoutDomainErrors(() => {
    const mapped = bijection.trainingInverse?.(x, context, drawn);
    const logProb = normalizedDensity(
      base,
      base.eventShape.length - bijection.eventRank,
      mapped ?? bijection.inverse(asFloat(x), context),
    );
    return { logProb, state: mapped?.state ?? flow.state };
  });
}

function heat(z: tf.Tensor, temperature = 1): tf.Tensor {
  if (!(temperature >= 0 && temperature < Infinity)) {
    throw new RangeError(`sample: expected a temperature ≥ 0; got ${temperature}`);
  }
  return temperature === 1 ? z : tf.mul(z, temperature);
}

/**
 * The data as a float32 tensor [...batch, ...event].
 *
 * @throws ShapeError if the last axes are not one event.
 */
export function asEvents(
  who: string,
  x: tf.Tensor | tf.TensorLike,
  eventShape: readonly number[],
): tf.Tensor {
  const tensor = asFloat(x, who);
  const event = tensor.shape.slice(tensor.rank - eventShape.length);
  if (tensor.rank >= eventShape.length && event.every((length, i) => length === eventShape[i])) return tensor;
  throw new ShapeError(
    `${who}: expected events of shape [${eventShape}] after the batch axes; got shape [${tensor.shape}]`,
  );
}
