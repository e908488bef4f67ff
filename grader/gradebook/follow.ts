/** Tells of each submission of a run as soon as all of it is graded, whoever grades it. */

import { setTimeout as sleep } from "node:timers/promises";
import { type SubmissionSummary, summary } from "../record/summary.ts";
import type { Database } from "./database/database.ts";
import { submissionsOf } from "./graded-run.ts";
import type { Run } from "./run.ts";

export interface Follow {
  readonly total: number;
  /** Submissions of which nothing was left to grade when this began. */
  readonly done: number;
  /** @returns What ends it, after a last look. */
  start(onSubmission: (result: SubmissionSummary) => void): () => Promise<void>;
}

const LOOK_AGAIN_MS = 500;
/** A look takes longer, the larger the class; this share of the time may go into it. */
const SHARE = 0.2;

export async function followRun(database: Database, run: Run): Promise<Follow> {
  const [row] = await database.query<{ n: number }>(
    "SELECT count(*) AS n FROM flowlab.submission WHERE run_id = $1 AND place IS NOT NULL",
    [run.id],
  );
  const known = new Set(await finishedIn(database, run.id));
  const look = async (onSubmission: (result: SubmissionSummary) => void): Promise<void> => {
    const fresh = (await finishedIn(database, run.id)).filter((index) => !known.has(index));
    for (const index of fresh) {
      const [result] = await submissionsOf(database, run, [index]);
      known.add(index);
      if (result) onSubmission(summary(result));
    }
  };
  return {
    total: row?.n ?? 0,
    done: known.size,
    start(onSubmission) {
      const stop = new AbortController();
      const following = (async () => {
        while (!stop.signal.aborted) {
          const started = performance.now();
          // What cannot be seen now is seen at the next look; whoever works off the run says what is wrong.
          await look(onSubmission).catch(() => {});
          const pause = Math.max(LOOK_AGAIN_MS, (performance.now() - started) / SHARE);
          await sleep(pause, undefined, { signal: stop.signal }).catch(() => {});
        }
      })();
      return async () => {
        stop.abort();
        await following;
        await look(onSubmission).catch(() => {});
      };
    },
  };
}

async function finishedIn({ query }: Database, run: number): Promise<readonly number[]> {
  const rows = await query<{ index: number }>(
    `SELECT index FROM flowlab.submission
     WHERE run_id = $1 AND place IS NOT NULL AND NOT EXISTS (
       SELECT FROM flowlab.standing
       WHERE standing.run_id = submission.run_id AND standing.index = submission.index AND open
     ) ORDER BY place`,
    [run],
  );
  return rows.map(({ index }) => index);
}
