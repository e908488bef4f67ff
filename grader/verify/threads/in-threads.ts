/** Exercises verified side by side, and the shares of each, one thread for each processor. */

import { availableParallelism } from "node:os";
import { type AnyExercise, DEFAULT_LIMITS } from "../../exercise.ts";
import type { VerdictCache } from "../cache.ts";
import { joinShares, type Seen, type Verdict } from "../exercise.ts";
import type { Finding } from "../finding.ts";
import { verdictKey } from "../fingerprint.ts";
import { readOnce } from "../imports.ts";
import { fileOf } from "../part.ts";
import { SEEDS, type Seeds, type Share, sharesOf } from "../share.ts";
import type { Told } from "./job.ts";
import { type Pool, pool } from "./pool.ts";

export interface Verified extends Verdict {
  readonly exercise: AnyExercise;
  /** Of processor time. */
  readonly seconds: number;
}

export interface Hearing {
  /** Nothing that they depend on has changed since they were found sound: not tried again. */
  onUnchanged(exercises: readonly AnyExercise[]): void;
  /** Is told of each of the others as soon as its verdict is there. */
  onVerified(verified: Verified): void;
}

export async function verifyInThreads(
  exercises: readonly AnyExercise[],
  root: string,
  seeds: Seeds,
  cache: VerdictCache,
  { onUnchanged, onVerified }: Hearing,
): Promise<void> {
  const source = readOnce();
  const key = (one: AnyExercise, of = seeds) => verdictKey(root, one, of, source);
  // Before anything runs: a file that is saved meanwhile is not what was verified.
  const keys = new Map(exercises.map((one) => [one, key(one)]));
  const isSound = (one: AnyExercise, kept: string): boolean => cache.sound(one.id, kept) !== undefined;
  // What is sound under all seeds is so under some.
  const isKnown = (one: AnyExercise): boolean =>
    isSound(one, keys.get(one) ?? "") || isSound(one, key(one, SEEDS));
  const unchanged = new Set(exercises.filter(isKnown));
  onUnchanged([...unchanged]);
  const changed = exercises.filter((one) => !unchanged.has(one));
  // A single one keeps all processors busy; of many, each share more would only prepare the same once more.
  const processors = availableParallelism();
  const shares = sharesOf(Math.ceil(processors / Math.max(1, changed.length)));
  const threads = pool(processors);
  try {
    await Promise.all(
      changed.map(async (exercise) => {
        const verified = await verifyOne(exercise, root, seeds, shares, threads);
        cache.keep(exercise.id, keys.get(exercise) ?? "", verified);
        onVerified(verified);
      }),
    );
  } finally {
    await threads.close();
  }
}

async function verifyOne(
  exercise: AnyExercise,
  root: string,
  seeds: Seeds,
  shares: readonly Share[],
  threads: Pool,
): Promise<Verified> {
  const { id, path } = exercise;
  const limit = exercise.limits?.seconds ?? DEFAULT_LIMITS.seconds;
  const told = await Promise.all(shares.map((share) => threads.run({ root, id, path, seeds, share }, limit)));
  const done = told.filter((one): one is Extract<Told, { seen: Seen }> => one !== "no call" && "seen" in one);
  const seconds = done.reduce((sum, one) => sum + one.seconds, 0);
  const [endless] = told.filter((one) => !done.includes(one as never));
  if (!endless)
    return {
      exercise,
      seconds,
      ...joinShares(
        exercise,
        seeds,
        done.map(({ seen }) => seen),
      ),
    };
  const coverage = { written: 0, generic: 0, dropped: 0 };
  return { exercise, seconds, findings: [endlessFinding(exercise, endless, limit)], coverage };
}

function endlessFinding(exercise: AnyExercise, told: Told | "no call", limit: number): Finding {
  if (told === "no call" || !("endless" in told))
    return {
      exercise: exercise.id,
      file: fileOf(exercise, "checks"),
      problem: "verifying it computes on and on without asking any program",
      remedy: "look at what draws its numbers, and at what works out the right ones: one of them never ends",
    };
  const { program, part, call } = told.endless;
  return {
    exercise: exercise.id,
    file: fileOf(exercise, part),
    problem: `${program} does not end at ${call}: not within ${limit} s of processor time, which is what a learner has for a whole check`,
    remedy: "let it end at every input that may be asked, and soon; or ask that nowhere",
  };
}
