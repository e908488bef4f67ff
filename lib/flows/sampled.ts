import type { Solution } from "../bijections/bijection.ts";
import type { tf } from "../engine/tf.ts";
import { worstSolution } from "../ground/worst-solution.ts";
import { joinChunks } from "./chunks.ts";

/** Events [count, ...event] with their log-densities [count] in nats. */
export interface Sampled {
  /** The events. */
  readonly value: tf.Tensor;
  /** Their log-densities. */
  readonly logProb: tf.Tensor;
  /** How well the bijection's forward direction was solved, if it is iterative: the worst of all chunks. */
  readonly solution?: Solution;
}

/** The chunks as one sample, with the worst of their solutions. */
export function joinSampled(
  parts: readonly Sampled[],
  count: number,
  eventShape: readonly number[],
): Sampled {
  const solutions = parts.flatMap(({ solution }) => solution ?? []);
  return {
    value: joinChunks(
      parts.map(({ value }) => value),
      [count, ...eventShape],
    ),
    logProb: joinChunks(
      parts.map(({ logProb }) => logProb),
      [count],
    ),
    ...(solutions.length > 0 && { solution: worstSolution(solutions) }),
  };
}
