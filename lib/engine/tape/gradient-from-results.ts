import { tf } from "../tf.ts";
import type { Runner } from "./with-gradient.ts";

/**
 * One operation of the tape whose gradient is computed from its results: nothing that was computed on the way is kept.
 *
 * @param sources What it has gradients in.
 * @param keep Which tensors the gradient gets, of the results and besides.
 * @param gradient Takes dL/d(result) of each result, and what was kept; gives dL/d(source) of each source.
 * @throws Error from a second derivative: what the gradient computes anew is no longer on the tape.
 */
export function gradientFromResults(
  who: string,
  sources: readonly tf.Tensor[],
  compute: () => tf.Tensor[],
  keep: (results: readonly tf.Tensor[]) => tf.Tensor[],
  gradient: (cotangents: readonly tf.Tensor[], kept: readonly tf.Tensor[]) => readonly tf.Tensor[],
): tf.Tensor[] {
  return (tf.engine() as unknown as Runner).runKernelFunc({
    inputs: Object.fromEntries(sources.map((source, i) => [i, source])),
    forwardFunc(_backend, save) {
      const results = compute();
      save(keep(results));
      return results;
    },
    backwardsFunc(cotangents, kept) {
      if (tf.engine().state.gradientDepth > 0) {
        throw new Error(
          `${who}: it has first derivatives only, since what it computes anew is no longer on the tape; take chain(parts) for second ones`,
        );
      }
      const back = gradient(cotangents, kept);
      return Object.fromEntries(back.map((one, i) => [i, () => one]));
    },
  });
}
