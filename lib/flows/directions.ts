import type { Bijection, Mapped } from "../bijections/bijection.ts";
import type { Distribution } from "../distributions/distribution.ts";
import { compile } from "../engine/compile/compile.ts";
import { offTape } from "../engine/tape/off-tape.ts";
import { tf } from "../engine/tf.ts";
import { tidy } from "../engine/tidy.ts";
import { sumEvent } from "../ground/sum-event.ts";
import type { Sampled } from "./sampled.ts";

/** Calls with the same shapes before a graph is recorded, which takes as long as some twenty of them. */
const EAGER_CALLS = 16;

/** What a flow computes from tensors. */
export interface Directions {
  /** Log-densities in nats of events [...batch, ...event]; −∞ infinitely far out, and as far as nothing can be computed. */
  density(x: tf.Tensor, context?: tf.Tensor): tf.Tensor;
  /** The images of base points [...batch, ...event], and their log-densities. */
  push(z: tf.Tensor, context?: tf.Tensor): Sampled;
  /** Frees the graphs. */
  forget(): void;
}

/** The two directions of a flow, compiled where that is safe. */
export function directions(base: Distribution, bijection: Bijection): Directions {
  const batchedAxes = base.eventShape.length - bijection.eventRank;
  const density = (x: tf.Tensor, context?: tf.Tensor): tf.Tensor =>
    tf.tidy(() => {
      const logProb = normalizedDensity(base, batchedAxes, bijection.inverse(x, context));
      return emptyAtInfinity(logProb, x, base.eventShape.length);
    });
  const push = (z: tf.Tensor, context?: tf.Tensor): Sampled & { readonly solving?: tf.Tensor } => {
    const { value, logDet, solution, solving } = bijection.forward(z, context);
    const logProb = tf.sub(base.logProb(z), sumEvent(logDet, batchedAxes));
    return { value, logProb, ...(solution && { solution }), ...(solving && { solving }) };
  };
  if (!(bijection.config && base.config)) return { density, push, forget: () => {} };
  const [compiledDensity, compiledPush] = [
    asGraph(density, (logProb) => logProb),
    asGraph(push, ({ logProb }) => logProb),
  ];
  const forget = () => {
    compiledDensity.forget();
    compiledPush.forget();
  };
  return {
    density: compiledDensity.run,
    push: (z, context) => tidy(() => withSolution(compiledPush.run(z, context))),
    forget,
  };
}

/** What a graph has measured of its iterations, as numbers; no bound of the error is known of them. */
function withSolution({ solving, ...sampled }: Sampled & { readonly solving?: tf.Tensor }): Sampled {
  if (!solving) return sampled;
  const [iterations, residual] = solving.dataSync();
  return { ...sampled, solution: { iterations, residual, errorBound: Infinity } };
}

/**
 * Compiles a direction. A graph cannot stop with an error, and gives a density that is not finite where a map is not
 * defined: there the direction is computed once more operation by operation, for the error or for the right number.
 */
function asGraph<R>(
  direction: (points: tf.Tensor, context?: tf.Tensor) => R,
  logProbOf: (result: R) => tf.Tensor,
) {
  const watch = (points: tf.Tensor, context?: tf.Tensor) => {
    const result = direction(points, context);
    return { result, finite: tf.all(tf.isFinite(logProbOf(result))) };
  };
  const compiled = compile(watch, { after: EAGER_CALLS });
  const run = (points: tf.Tensor, context?: tf.Tensor): R => {
    const { result, finite } = compiled(points, context);
    if (compiled.info().mode === "eager" || finite.dataSync()[0] === 1) return result;
    return direction(points, context);
  };
  return { run, forget: compiled.dispose };
}

/** The log-density in nats of events that have been normalized: [...batch]. */
export function normalizedDensity(
  base: Distribution,
  batchedAxes: number,
  { value, logDet }: Mapped,
): tf.Tensor {
  return tf.add(base.logProb(value), sumEvent(logDet, batchedAxes));
}

/**
 * The log-densities with −∞ where an event is infinitely far out: no base point leads there. What the layers make of an
 * infinite number, such as ∞ − ∞, depends on the backend. The same holds where an event's own square is more than float32
 * has room for, if what the layers make of it is not a number any more.
 */
function emptyAtInfinity(logProb: tf.Tensor, x: tf.Tensor, eventRank: number): tf.Tensor {
  const isFar = offTape(() => {
    // A sum of sizes is infinite where one is, but NaN where another number is none.
    const [sizes, squares] = [tf.abs(x), tf.square(x)].map((one) => sumEvent(one, eventRank));
    const isLost = tf.logicalAnd(tf.isNaN(logProb), tf.equal(squares, Infinity));
    return tf.logicalOr(tf.equal(sizes, Infinity), isLost);
  });
  return tf.where(isFar, tf.fill(logProb.shape, -Infinity), logProb);
}
