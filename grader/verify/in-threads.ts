/** Exercises verified side by side, and the halves of each, one thread for each processor. */

import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import pLimit from "p-limit";
import type { AnyExercise } from "../exercise.ts";
import type { VerdictCache } from "./cache.ts";
import { joinHalves, type Seeds, type Verdict } from "./exercise.ts";
import { verdictKey } from "./fingerprint.ts";
import { readOnce } from "./imports.ts";
import type { Job } from "./worker.ts";

export interface Verified extends Verdict {
  readonly exercise: AnyExercise;
  readonly seconds: number;
  /** Nothing that it depends on has changed since it was found sound. */
  readonly cached: boolean;
}

/** @param onVerified Is told of each exercise as soon as its verdict is there. */
export async function verifyInThreads(
  exercises: readonly AnyExercise[],
  root: string,
  seeds: Seeds,
  cache: VerdictCache,
  onVerified: (verified: Verified) => void,
): Promise<void> {
  const source = readOnce();
  const turn = pLimit(availableParallelism());
  await Promise.all(exercises.map(async (exercise) => onVerified(await verifyOne(exercise))));

  async function verifyOne(exercise: AnyExercise): Promise<Verified> {
    const { id, path } = exercise;
    let started = Number.POSITIVE_INFINITY;
    const key = verdictKey(root, exercise, seeds, source);
    const known = cache.sound(id, key);
    const verify = (half: Job["half"]) =>
      turn(() => {
        started = Math.min(started, performance.now());
        return inThread({ root, id, path, seeds, half });
      });
    const verdict = known ?? joinHalves(...(await Promise.all([verify("right"), verify("wrong")])));
    if (!known) cache.keep(id, key, verdict);
    return {
      ...verdict,
      exercise,
      seconds: known ? 0 : (performance.now() - started) / 1000,
      cached: known !== undefined,
    };
  }
}

function inThread(job: Job): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, "worker.ts"), { workerData: job });
    worker.once("message", (verdict: Verdict) => {
      resolve(verdict);
      void worker.terminate();
    });
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`verifying ${job.id} ended with code ${code}`)));
  });
}
