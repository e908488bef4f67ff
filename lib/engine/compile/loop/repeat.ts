import { tf } from "../../tf.ts";
import { currentRecording } from "../recording.ts";
import { runRounds } from "./record-loop.ts";

/** As many tensors, of any rank. */
export type Tensors<S> = { [K in keyof S]: tf.Tensor };

/** What a round gives: the tensors of the next one, and whether there is one. */
export interface Repeated<S> {
  readonly state: S;
  /** A scalar of type bool. */
  readonly goesOn: tf.Tensor;
}

/**
 * Repeats a function of tensors as long as it says so: once at least.
 *
 * While a graph is recorded ({@link compile}) it becomes a loop of the graph, which takes as many rounds as the numbers of
 * each run ask for; the first round is what is recorded. Elsewhere the answer is read back after each round. A loop within
 * a loop is not recorded: the function around them then stays eager.
 *
 * No gradient leads through it: it is for what is computed off the tape ({@link offTape}).
 *
 * @param start What the first round begins with: at least one tensor.
 * @param round A function of its arguments and of what does not change meanwhile. It gives tensors of the same shapes and
 *   types as it takes.
 * @returns What the last round gave.
 */
export function repeatWhile<S extends readonly [tf.Tensor, ...tf.Tensor[]]>(
  start: S,
  round: (state: Tensors<S>) => Repeated<Tensors<S>>,
): Tensors<S> {
  const count = start.length;
  const step = (tensors: readonly tf.Tensor[]): tf.Tensor[] => {
    const { state, goesOn } = round(tensors.slice(0, count) as Tensors<S>);
    return [...state, goesOn];
  };
  return tf.tidy(() => {
    const begin = [...start, tf.scalar(true, "bool")];
    const ends = currentRecording()?.loop(begin, step) ?? runRounds(begin, step);
    return ends.slice(0, count);
  }) as Tensors<S>;
}
