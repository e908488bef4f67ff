import { tf } from "../../tf.ts";
import type { Ledger, Source } from "../ledger.ts";
import type { Made, NativeBackend } from "../native.ts";
import type { Round } from "../recording.ts";

/** What a recording of a loop needs of the recording around it. */
interface Surroundings {
  readonly backend: NativeBackend;
  readonly book: Ledger;
  refuse(reason: string): void;
  /** Runs something of which nothing is remembered. */
  withoutRecording<T>(run: () => T): T;
}

/**
 * How a recording takes a loop: the first round is recorded, with tensors that stand for those of any round; the others
 * are run only, for the true result.
 */
export function loopRecorder({ backend, book, refuse, withoutRecording }: Surroundings) {
  let isOpen = false;
  const sourcesOf = (tensors: readonly tf.Tensor[]): Source[] =>
    // By the patched method, which meets a constant or a variable that no operation has taken yet.
    backend.getInputTensorIds(tensors).map((id) => {
      const source = book.sourceOf(id);
      if (!source) refuse("a loop takes a tensor of unknown origin");
      return source ?? { node: 0, output: 0, type: 0 };
    });
  /** The same numbers under an identity of their own. */
  const copy = (tensors: readonly tf.Tensor[]) =>
    withoutRecording(() => tensors.map((tensor) => tf.reshape(tensor, tensor.shape)));
  const madeOf = (tensors: readonly tf.Tensor[]): Made[] => {
    const ids = withoutRecording(() => backend.getInputTensorIds(tensors));
    return tensors.map(({ dataId, shape }, i) => {
      return { id: ids[i], shape: [...shape], dtype: backend.tensorMap.get(dataId).dtype };
    });
  };
  return (start: readonly tf.Tensor[], round: Round): tf.Tensor[] => {
    if (isOpen) {
      refuse("a loop is part of another one");
      return withoutRecording(() => runRounds(start, round));
    }
    isOpen = true;
    try {
      const begin = copy(start);
      const loop = book.openLoop(madeOf(begin), sourcesOf(start));
      const first = round(begin);
      const next = sourcesOf(first);
      const ends = copy(withoutRecording(() => (goesOn(first) ? runRounds(first, round) : first)));
      loop.close(next, madeOf(ends));
      return ends;
    } finally {
      isOpen = false;
    }
  };
}

/** Rounds until the last tensor says that it was the last one. */
export function runRounds(start: readonly tf.Tensor[], round: Round): tf.Tensor[] {
  // A round may pass on a tensor that is not ours: a copy of it is.
  const run = (state: readonly tf.Tensor[]) => tf.tidy(() => round(state).map((tensor) => tf.clone(tensor)));
  let state = run(start);
  while (goesOn(state)) {
    const next = run(state);
    tf.dispose(state);
    state = next;
  }
  return state;
}

const goesOn = (state: readonly tf.Tensor[]) => state[state.length - 1].dataSync()[0] === 1;
