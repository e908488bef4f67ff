import type { tf } from "../engine/tf.ts";
import type { Config } from "../ground/config.ts";
import type { Solution } from "../ground/solution.ts";
import type { Random } from "../random/random.ts";

/**
 * A differentiable, invertible map between base points z and data points x: the one interface of this library.
 *
 * {@link bijection} makes one of its formulas (see `leaky-relu.ts` for the shortest example); a plain object that keeps
 * to the following will do as well. Everything else works with it: {@link chain}, {@link invert}, {@link flow}, {@link fit}.
 *
 * 1. `forward` generates: x = f(z). `inverse` normalizes: z = f⁻¹(x).
 * 2. Both take tensors of shape [...batch, ...event], the event being the last `eventRank` axes, and return a
 *    `value` of that shape and a `logDet` of the batch shape.
 * 3. `logDet` is log |det ∂value/∂input| of the direction just applied, in nats; so the two directions' logDets at
 *    corresponding points add up to 0.
 * 4. `variables` are what training changes.
 *
 * An elementwise map has `eventRank` 0 where all numbers share its parameters: each is an event, and logDet has the
 * shape of the input. Parameters of a shape make events of that shape.
 *
 * @see Prince, Understanding Deep Learning, sections 16.1.2 and 16.2, for the names of the directions.
 */
export interface Bijection {
  /** Number of trailing axes that form one event. */
  readonly eventRank: 0 | 1 | 2 | 3;
  /** How `inverse` is computed. */
  readonly inverseKind: Computation;
  /** How `forward` is computed; analytic if left out. */
  readonly forwardKind?: Computation;
  /** The generative direction, x = f(z): used to sample. */
  forward(z: tf.Tensor, context?: tf.Tensor): Mapped;
  /** The normalizing direction, z = f⁻¹(x): used to evaluate the density. */
  inverse(x: tf.Tensor, context?: tf.Tensor): Mapped;
  /**
   * How many numbers its context has, 0 if it takes none; left out where that is unknown. A composition gives the
   * context to the parts that may take one; a context that nobody takes is an error.
   */
  readonly contextSize?: number | undefined;
  /**
   * The shape of the events that a direction makes of events of this shape, in which axes of a batch may come first: known
   * before anything is computed. Left out, or undefined, where it is not. {@link flow} asks whether a base fits.
   *
   * @throws ShapeError if such events do not fit.
   */
  shapeAfter?(direction: "forward" | "inverse", shape: readonly number[]): readonly number[] | undefined;
  /** The parameters, in a fixed order. */
  readonly variables: readonly tf.Variable[];
  /** What is kept and saved but not trained, in a fixed order: running statistics, whether it has been initialized. */
  readonly state?: readonly tf.Variable[];
  /**
   * `inverse` as a training step takes it, where that differs: with statistics of the batch, or an estimate of logDet.
   *
   * @param drawn The random numbers of `noise` for each event of x. Without them, an estimate is that of `inverse`.
   */
  trainingInverse?(x: tf.Tensor, context?: tf.Tensor, drawn?: tf.Tensor): TrainingMapped;
  /** The random numbers that `trainingInverse` takes, if any: drawn anew before each step, as a step that is a graph draws none. */
  readonly noise?: Noise;
  /** Sets parameters from a first batch of data points; does nothing if that has been done, also before a save. */
  initialize?(x: tf.Tensor, context?: tf.Tensor): void;
  /**
   * A bound of how much a direction stretches the distance of two points, for any two: |f(a) − f(b)| ≤ L·|a − b|, the
   * distance being the largest difference of two numbers. Infinity, or left out, where none is known. A {@link chain}
   * needs it to say how far the error of an iterative part may reach.
   */
  lipschitz?(direction: "forward" | "inverse"): number;
  /**
   * What about a first batch, as `inverse` gets it, will keep this map from learning: {@link fit} passes it on. It reads
   * the numbers, which costs a wait for the backend.
   */
  concerns?(x: tf.Tensor): readonly Concern[];
  /** How to make another one of the same architecture; absent from a bijection that no factory of ours has made. */
  readonly config?: Config;
  /** For one without a config: what it was made with that has none, "conditioner" for instance. */
  readonly lacking?: string;
  /** What messages call it: "affine", "coupling". */
  readonly name?: string;
  /** For a composition: what it is made of, in the order of `forward`. */
  readonly parts?: readonly Bijection[];
  /** For a map that leaves a part of its input as it is: what it does to the rest, for messages to look into. */
  readonly inside?: Inside;
}

/** Random numbers for a map that estimates its logDet: one draw for all that is made of an event. */
export interface Noise {
  /** How many for each event. */
  readonly size: number;
  /** Shape [events, size]. */
  draw(events: number, stream: Random): tf.Tensor;
}

/** A doubt about some entries of the last axis. */
export interface Concern {
  readonly entries: readonly number[];
  /** What is wrong with them and what helps, once they have names. */
  what(names: string): string;
}

/** What acts on a part of the input of another bijection. */
export interface Inside {
  /** Acts on the part. */
  readonly bijection: Bijection;
  /** That part of an input of either direction. */
  part(input: tf.Tensor): tf.Tensor;
}

/** A direction in closed form, by iterating to a tolerance, or not at all (it then throws {@link NoInverseError}). */
export type { Solution };

export type Computation = "analytic" | "iterative" | "none";

/** An image and the log-determinant of the map that led to it. */
export interface Mapped {
  /** Shape [...batch, ...event]. */
  readonly value: tf.Tensor;
  /** log |det ∂value/∂input| in nats; shape [...batch]. */
  readonly logDet: tf.Tensor;
  /** How well an iterative direction did. */
  readonly solution?: Solution;
  /** The same while a graph is recorded, when nobody can read it yet: iterations and residual, [2]. */
  readonly solving?: tf.Tensor;
}

/** What a training step's inverse also gives: the next value of each of `state`. */
export interface TrainingMapped extends Mapped {
  readonly state: readonly tf.Tensor[];
}
