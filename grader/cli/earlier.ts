/** `--resume`: what an earlier run, also one that was killed, has graded already. */

import type { Found } from "../batch/run.ts";
import { courseDigest } from "../record/course-digest.ts";
import { readRecord } from "../record/read.ts";
import { digestOf } from "../record/write.ts";
import type { Source, Submission } from "../submissions/submission.ts";
import { Refused } from "./refused.ts";

export interface Earlier {
  readonly seed: string;
  /** How many answers it holds. */
  readonly answers: number;
  /** For how long it graded. */
  readonly milliseconds: number;
  /** Whether it has all that there is to grade of somebody. */
  holds(submission: Submission): boolean;
  find(submission: Submission, source: Source): Promise<Found | undefined>;
  close(): Promise<void>;
}

/**
 * @param asked What the new run was told; results under other conditions would not be comparable.
 * @throws Refused, NoRecord
 */
export async function earlierRun(
  path: string,
  asked: { readonly seed?: string; readonly limitSeconds?: number },
): Promise<Earlier> {
  const { head, about, summaries, lines, close } = await readRecord(path);
  const remedy = "grade anew, without --resume";
  if (head.course !== (await courseDigest()))
    throw new Refused(`--resume ${path}: exercises, grader or library have changed since; ${remedy}`);
  if (asked.seed !== undefined && asked.seed !== head.seed)
    throw new Refused(
      `--resume ${path} has the seed ${head.seed}, --seed asks for ${asked.seed}; leave --seed out`,
    );
  if (asked.limitSeconds !== head.limitSeconds) {
    const limit =
      head.limitSeconds === undefined ? "no --limit-seconds" : `--limit-seconds ${head.limitSeconds}`;
    throw new Refused(`--resume ${path} was begun with ${limit}; give the same, or ${remedy}`);
  }
  const places = new Map<string, number>();
  let answers = 0;
  for (const index of summaries.keys()) {
    const { handedIn, answers: graded } = await lines(index);
    for (const { exercise } of graded.filter((answer) => "result" in answer)) {
      const source = handedIn.sources.find(({ exerciseId }) => exerciseId === exercise);
      if (!source) continue;
      places.set(key(handedIn.submission, exercise, source.digest), index);
      answers += 1;
    }
  }
  const placeOf = ({ name }: Submission, source: Source) =>
    places.get(key(name, source.exerciseId, digestOf(source)));
  return {
    seed: head.seed,
    answers,
    milliseconds: about.milliseconds,
    holds: (submission) => submission.sources.every((source) => placeOf(submission, source) !== undefined),
    async find(submission, source) {
      const { exerciseId } = source;
      const index = placeOf(submission, source);
      if (index === undefined) return undefined;
      const found = (await lines(index)).answers.find(({ exercise }) => exercise === exerciseId);
      return found && "result" in found ? found : undefined;
    },
    close,
  };
}

/** The same answer, of the same person, to the same exercise. */
const key = (submission: string, exercise: string, digest: string): string =>
  JSON.stringify([submission, exercise, digest]);
