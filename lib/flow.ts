import { type Bijection, type Mapped, ShapeError, type Solution } from "./bijections/bijection.ts";
import { withoutDomainErrors } from "./bijections/domain.ts";
import { sumEvent } from "./bijections/event.ts";
import { compile } from "./compile/compile.ts";
import type { Distribution } from "./distributions/distribution.ts";
import { tf } from "./engine/tf.ts";
import { type Random, random as startRandom } from "./random/random.ts";

/** A density and a sampler: a base distribution pushed through a bijection. */
export interface Flow {
  /** The distribution of z. */
  readonly base: Distribution;
  /** x = f(z). */
  readonly bijection: Bijection;
  /** What training changes. */
  readonly variables: readonly tf.Variable[];
  /** What is kept and saved but not trained. */
  readonly state: readonly tf.Variable[];
  /**
   * Log-density in nats of each event: [...batch, ...event] → [...batch]. Contexts have shape [...batch, C] or [C].
   *
   * @throws RangeError if a layer is not defined at the numbers that it gets; in a function of one's own that is
   *   compiled, which cannot stop, the log-density is −∞ there. Also if `chunk` is no whole number ≥ 1.
   * @throws ShapeError if the last axes are not one event.
   * @throws NoInverseError if the bijection has no inverse.
   */
  logProb(x: tf.Tensor | tf.TensorLike, context?: tf.Tensor, options?: LogProbOptions): tf.Tensor;
  /**
   * `count` independent events: [count, ...event]. The same seed gives the same events.
   *
   * @throws RangeError if `count` is no whole number ≥ 0, or the temperature is negative or not finite.
   */
  sample(count: number, random: Random | number, context?: tf.Tensor, options?: SampleOptions): tf.Tensor;
  /**
   * Events [count, ...event] and their log-densities [count] in nats under the flow, without inverting the bijection.
   * With another temperature than 1, the densities are still those of the flow as it is.
   *
   * @throws RangeError as `sample`.
   */
  sampleWithLogProb(
    count: number,
    random: Random | number,
    context?: tf.Tensor,
    options?: SampleOptions,
  ): Sampled;
}

/** How densities are evaluated. */
export interface LogProbOptions {
  /** Largest number of events that are evaluated at a time; if left out, as many as hold 2¹⁷ numbers. */
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
}

/** Events [count, ...event] with their log-densities [count] in nats. */
export interface Sampled {
  /** The events. */
  readonly value: tf.Tensor;
  /** Their log-densities. */
  readonly logProb: tf.Tensor;
  /** How well the bijection's forward direction was solved, if it is iterative. */
  readonly solution?: Solution;
}

/** Numbers of the data in a chunk: a conditioner needs some hundred times as many for its hidden units. */
const NUMBERS_PER_CHUNK = 2 ** 17;
/** Calls with the same shapes before a graph is recorded, which takes as long as some twenty of them. */
const EAGER_CALLS = 16;

/**
 * A normalizing flow: x = f(z) with z from the base distribution.
 *
 * log p(x) = log p_z(f⁻¹(x)) + log |det ∂f⁻¹/∂x| nats.
 *
 * Many events are evaluated in chunks. On the backend tensorflow, a direction that has been computed 16 times on the
 * same shapes is computed as a graph from then on ({@link compile}), with the same numbers; this holds if
 * base and bijection have a `config`: they are then known to be functions of their input and their variables alone.
 *
 * @throws ShapeError if the bijection's events have more axes than the base's.
 * @see Prince, Understanding Deep Learning, equations 16.1 and 16.3.
 */
export function flow(base: Distribution, bijection: Bijection): Flow {
  const eventRank = base.eventShape.length;
  if (eventRank < bijection.eventRank) {
    throw new ShapeError(
      `the bijection acts on events with ${bijection.eventRank} axes, the base draws events of shape ` +
        `[${base.eventShape}]; give the base a shape with at least ${bijection.eventRank} axes`,
    );
  }
  const { density, push } = directions(base, bijection);
  const sampleWithLogProb: Flow["sampleWithLogProb"] = (count, random, context, options = {}) => {
    let solution: Solution | undefined;
    const { value, logProb } = tf.tidy(() => {
      const drawn = base.sample(count, typeof random === "number" ? startRandom(random) : random);
      const { solution: found, ...sampled } = push(heated(drawn, options.temperature), context);
      solution = found;
      return sampled;
    });
    return { value, logProb, ...(solution && { solution }) };
  };
  return {
    base,
    bijection,
    variables: bijection.variables,
    state: bijection.state ?? [],
    logProb: (x, context, { chunk } = {}) =>
      tf.tidy(() => inChunks(asEvents(x, base.eventShape), context, eventRank, density, chunk)),
    sample: (count, random, context, options) =>
      tf.tidy(() => sampleWithLogProb(count, random, context, options).value),
    sampleWithLogProb,
  };
}

/** The two directions as functions of tensors, compiled where that is safe. */
function directions(base: Distribution, bijection: Bijection) {
  const batchedAxes = base.eventShape.length - bijection.eventRank;
  const density = (x: tf.Tensor, context?: tf.Tensor): tf.Tensor =>
    tf.tidy(() => baseDensity(base, batchedAxes, bijection.inverse(x, context)));
  const push = (z: tf.Tensor, context?: tf.Tensor): Sampled => {
    const { value, logDet, solution } = bijection.forward(z, context);
    const logProb = tf.sub(base.logProb(z), sumEvent(logDet, batchedAxes));
    return { value, logProb, ...(solution && { solution }) };
  };
  if (!(bijection.config && base.config)) return { density, push };
  return { density: asGraph(density, (logProb) => logProb), push: asGraph(push, ({ logProb }) => logProb) };
}

/**
 * Compiles a direction. A graph cannot stop with an error, and gives a density that is not finite where a map is not
 * defined: there the direction is computed once more operation by operation, for the error or for the right number.
 */
function asGraph<R>(
  direction: (points: tf.Tensor, context?: tf.Tensor) => R,
  logProbOf: (result: R) => tf.Tensor,
): (points: tf.Tensor, context?: tf.Tensor) => R {
  const watched = (points: tf.Tensor, context?: tf.Tensor) => {
    const result = direction(points, context);
    return { result, finite: tf.all(tf.isFinite(logProbOf(result))) };
  };
  const compiled = compile(watched, { after: EAGER_CALLS });
  return (points, context) => {
    const { result, finite } = compiled(points, context);
    if (compiled.info().mode === "eager" || finite.dataSync()[0] === 1) return result;
    return direction(points, context);
  };
}

function baseDensity(base: Distribution, batchedAxes: number, { value, logDet }: Mapped): tf.Tensor {
  return tf.add(base.logProb(value), sumEvent(logDet, batchedAxes));
}

/**
 * Log-densities in nats of a batch as a training step sees them, and the next values of the flow's state: with the
 * bijection's `trainingInverse` if it has one. The events have shape [n, ...event]. Where a map is not defined, the
 * log-density is −∞.
 */
export function trainingLogProb(
  flow: Flow,
  x: tf.Tensor,
  context?: tf.Tensor,
): { readonly logProb: tf.Tensor; readonly state: readonly tf.Tensor[] } {
  const { base, bijection } = flow;
  return withoutDomainErrors(() => {
    if (!bijection.trainingInverse) {
      return { logProb: flow.logProb(x, context, { chunk: x.shape[0] }), state: flow.state };
    }
    const mapped = bijection.trainingInverse(x, context);
    const logProb = baseDensity(base, base.eventShape.length - bijection.eventRank, mapped);
    return { logProb, state: mapped.state };
  });
}

function heated(z: tf.Tensor, temperature = 1): tf.Tensor {
  if (!(temperature >= 0 && temperature < Infinity)) {
    throw new RangeError(`expected a temperature ≥ 0; got ${temperature}`);
  }
  return temperature === 1 ? z : tf.mul(z, temperature);
}

/** Evaluates so many events at a time that the memory for it stays small. */
function inChunks(
  x: tf.Tensor,
  context: tf.Tensor | undefined,
  eventRank: number,
  density: (x: tf.Tensor, context?: tf.Tensor) => tf.Tensor,
  wanted?: number,
): tf.Tensor {
  const batchShape = x.shape.slice(0, x.rank - eventRank);
  const event = x.shape.slice(x.rank - eventRank);
  const count = batchShape.reduce((product, length) => product * length, 1);
  const chunk = checkedChunk(
    wanted ?? Math.max(1, Math.floor((NUMBERS_PER_CHUNK * count) / Math.max(1, x.size))),
  );
  if (count <= chunk) return density(x, context);
  const rows = tf.reshape(x, [count, ...event]);
  // A context of its own for each event is divided as the events are; one for all of them goes with each chunk.
  const contexts = context && context.rank > 1 ? contextRows(context, batchShape, count) : undefined;
  const parts: tf.Tensor[] = [];
  for (let start = 0; start < count; start += chunk) {
    const part = (all: tf.Tensor) =>
      tf.slice(
        all,
        [start, ...all.shape.slice(1).map(() => 0)],
        [Math.min(chunk, count - start), ...all.shape.slice(1)],
      );
    parts.push(tf.tidy(() => density(part(rows), contexts ? part(contexts) : context)));
  }
  return tf.reshape(tf.concat(parts), batchShape);
}

function contextRows(context: tf.Tensor, batchShape: readonly number[], count: number): tf.Tensor {
  const width = context.shape[context.rank - 1];
  return tf.reshape(tf.broadcastTo(context, [...batchShape, width]), [count, width]);
}

function checkedChunk(chunk: number): number {
  if (Number.isInteger(chunk) && chunk >= 1) return chunk;
  throw new RangeError(`expected chunk ≥ 1, a whole number; got ${chunk}`);
}

/**
 * The data as a tensor [...batch, ...event].
 *
 * @throws ShapeError if the last axes are not one event.
 */
export function asEvents(x: tf.Tensor | tf.TensorLike, eventShape: readonly number[]): tf.Tensor {
  const tensor = x instanceof tf.Tensor ? x : tf.tensor(x, undefined, "float32");
  const event = tensor.shape.slice(tensor.rank - eventShape.length);
  if (tensor.rank >= eventShape.length && event.every((length, i) => length === eventShape[i])) return tensor;
  throw new ShapeError(
    `expected events of shape [${eventShape}] after the batch axes; got shape [${tensor.shape}]`,
  );
}
