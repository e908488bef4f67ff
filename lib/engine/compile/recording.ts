import type { tf } from "../tf.ts";

/** What a running recording wants to hear from code that it cannot see into. */
export interface Listener {
  /** Says that the run cannot be repeated as a graph, and why. */
  refuse(reason: string): void;
  /** Records one round of a loop, and runs the others: see {@link repeatWhile}. */
  loop(start: readonly tf.Tensor[], round: Round): tf.Tensor[];
}

/** What a round of a loop makes of its tensors; the last one says whether there is another round. */
export type Round = (state: readonly tf.Tensor[]) => tf.Tensor[];

let listener: Listener | undefined;

/**
 * Whether the operations that run now are being recorded by {@link compile}, to be repeated on other numbers.
 *
 * Code that reads numbers back from tensors (`dataSync`) only to check them leaves that out then: what has been read
 * cannot be read again by the recorded graph.
 */
export function isRecording(): boolean {
  return listener !== undefined;
}

/** Says that what runs now must not be repeated as it is: random numbers, for instance. Does nothing otherwise. */
export function refuseRecording(reason: string): void {
  listener?.refuse(reason);
}

/** Runs a function while {@link isRecording}. Recordings do not nest. */
export function whileRecording<T>(to: Listener, run: () => T): T {
  if (listener) throw new Error("a recording is running already");
  listener = to;
  try {
    return run();
  } finally {
    listener = undefined;
  }
}

/** Who records what runs now, if somebody does. */
export function currentRecording(): Listener | undefined {
  return listener;
}
