import { type Bijection, ShapeError, type Solution } from "./bijections/bijection.ts";
import { sumEvent } from "./bijections/event.ts";
import type { Distribution } from "./distributions/distribution.ts";
import { tf } from "./engine/tf.ts";
import { type Random, random as startRandom } from "./random/random.ts";

/** A density and a sampler: a base distribution pushed through a bijection. */
export interface Flow {
  readonly base: Distribution;
  readonly bijection: Bijection;
  /** What training changes. */
  readonly variables: readonly tf.Variable[];
  /** Log-density in nats of each event: [...batch, ...event] → [...batch]. */
  logProb(x: tf.Tensor | tf.TensorLike, context?: tf.Tensor): tf.Tensor;
  /** `count` independent events: [count, ...event]. The same seed gives the same events. */
  sample(count: number, random: Random | number, context?: tf.Tensor): tf.Tensor;
  /** Events and their log-densities, without inverting the bijection. */
  sampleWithLogProb(count: number, random: Random | number, context?: tf.Tensor): Sampled;
}

/** Events [count, ...event] with their log-densities [count] in nats. */
export interface Sampled {
  readonly value: tf.Tensor;
  readonly logProb: tf.Tensor;
  /** How well the bijection's forward direction was solved, if it is iterative. */
  readonly solution?: Solution;
}

/**
 * A normalizing flow: x = f(z) with z from the base distribution.
 *
 * log p(x) = log p_z(f⁻¹(x)) + log |det ∂f⁻¹/∂x|.
 *
 * @throws ShapeError if the bijection's events have more axes than the base's.
 * @see Textbook, equations 16.1 and 16.7.
 */
export function flow(base: Distribution, bijection: Bijection): Flow {
  const eventRank = base.eventShape.length;
  const batchedAxes = eventRank - bijection.eventRank;
  if (batchedAxes < 0) {
    throw new ShapeError(
      `the bijection acts on events with ${bijection.eventRank} axes, the base draws events of shape ` +
        `[${base.eventShape}]; give the base a shape with at least ${bijection.eventRank} axes`,
    );
  }
  const sampleWithLogProb = (count: number, random: Random | number, context?: tf.Tensor): Sampled => {
    let solution: Solution | undefined;
    const { value, logProb } = tf.tidy(() => {
      const z = base.sample(count, typeof random === "number" ? startRandom(random) : random);
      const image = bijection.forward(z, context);
      solution = image.solution;
      return { value: image.value, logProb: tf.sub(base.logProb(z), sumEvent(image.logDet, batchedAxes)) };
    });
    return { value, logProb, ...(solution && { solution }) };
  };
  return {
    base,
    bijection,
    variables: bijection.variables,
    logProb: (x, context) =>
      tf.tidy(() => {
        const data = asEvents(x, base.eventShape);
        const { value, logDet } = bijection.inverse(data, context);
        return tf.add(base.logProb(value), sumEvent(logDet, batchedAxes));
      }),
    sample: (count, random, context) => tf.tidy(() => sampleWithLogProb(count, random, context).value),
    sampleWithLogProb,
  };
}

/** The data as a tensor, whose last axes are checked to be one event. */
export function asEvents(x: tf.Tensor | tf.TensorLike, eventShape: readonly number[]): tf.Tensor {
  const tensor = x instanceof tf.Tensor ? x : tf.tensor(x, undefined, "float32");
  const event = tensor.shape.slice(tensor.rank - eventShape.length);
  if (tensor.rank >= eventShape.length && event.every((length, i) => length === eventShape[i])) return tensor;
  throw new ShapeError(
    `expected events of shape [${eventShape}] after the batch axes; got shape [${tensor.shape}]`,
  );
}
