import type { Memory } from "./checkpoint/memory.ts";
import type { FitProgress, Outcome, Settings } from "./options.ts";
import type { Trainer } from "./step/trainer.ts";
import type { Judge } from "./validation.ts";

/** Tells of a training while it runs. */
export interface Reporter {
  /** After a step: reports if the last time is long ago. */
  now(): void;
  /** At the end, when the flow has the parameters that it keeps. */
  last(outcome: Outcome): void;
  /** The same after an error. */
  fail(): void;
}

interface Told {
  readonly training: Trainer;
  readonly judging: Judge;
  readonly progress: Memory;
}

/** The shortest time between two reports, in milliseconds. */
export const REPORT_AFTER = 100;

/** Calls `onProgress`, not too often, with what has come to the losses since the last call. */
export function reporter({ training, judging, progress }: Told, { steps, onProgress }: Settings): Reporter {
  let reportedAt = Number.NEGATIVE_INFINITY;
  let [toldLosses, toldEvaluations] = [0, 0];
  let broken = false;
  const tell = (outcome?: FitProgress["outcome"]) => {
    if (!onProgress) return;
    const { losses } = progress;
    const latest = judging.losses.at(-1)?.loss;
    const recent = { loss: losses.slice(toldLosses), validation: judging.losses.slice(toldEvaluations) };
    [toldLosses, toldEvaluations] = [losses.length, judging.losses.length];
    broken = true;
    onProgress({
      step: losses.length,
      steps,
      loss: losses.at(-1) ?? Number.NaN,
      ...(latest !== undefined && { validation: latest }),
      recent,
      seconds: progress.seconds(),
      ...(outcome && { outcome }),
    });
    broken = false;
    reportedAt = performance.now();
  };
  return {
    now() {
      if (!onProgress || performance.now() - reportedAt < REPORT_AFTER) return;
      training.publish();
      tell();
    },
    last: tell,
    fail() {
      // An error of onProgress itself has ended the training: it is not asked again.
      if (broken) return;
      try {
        tell("failed");
      } catch {
        // The first error is the one to throw.
      }
    },
  };
}
