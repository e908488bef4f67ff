/** `npm run grade -- worker`: shares the work on a class with any number of others, on this machine and on others. */

import { Command } from "commander";
import { prepareJudge } from "../../batch/prepare.ts";
import { sandboxedGrading } from "../../batch/sandboxed.ts";
import { exerciseById } from "../../course.ts";
import type { Grading } from "../../gradebook/attempt.ts";
import type { Database } from "../../gradebook/database/database.ts";
import { isAddress } from "../../gradebook/database/open.ts";
import { isAway } from "../../gradebook/database/outage.ts";
import { type Attempt, startQueue } from "../../gradebook/queue.ts";
import { openAnswers } from "../../gradebook/results.ts";
import { openRuns, type Run } from "../../gradebook/run.ts";
import { work } from "../../gradebook/work.ts";
import { plural } from "../../plural.ts";
import { courseDigest } from "../../record/course-digest.ts";
import type { Sandbox } from "../../sandbox/detect.ts";
import { jobsOption, sandboxOption } from "../arguments.ts";
import { boundary } from "../boundary.ts";
import { EXIT } from "../exit-codes.ts";
import { Refused } from "../refused.ts";
import type { Screen } from "../screen.ts";
import { explainAway, reachDatabase } from "./reach.ts";

interface WorkerArguments {
  readonly database: string;
  readonly jobs: number;
  readonly sandbox?: string;
  readonly trust: boolean;
  readonly untilDone: boolean;
}

const EXAMPLES = `
A worker takes all that it needs from the database: the answers, too, so that machines share no folder. It grades for runs that were begun
with the same exercises, grader and library as its own, and refuses others. Told to end (Ctrl-C, SIGTERM), it finishes the answers that it
is at; told twice, it leaves at once. One that dies, or whose machine does, costs nothing: after 10 s its answers go to another.
A password is better kept out of the address, which other users of the machine can see: set PGPASSWORD, or write it into ~/.pgpass.`;

function workerArguments(argv: readonly string[], { out, err }: Screen): WorkerArguments {
  return new Command("grade worker")
    .description(
      "Grades answers of runs that grade --database postgres://… has begun, until it is told to end.",
    )
    .requiredOption("--database <address>", "the server: postgres://user@host:5432/name")
    .addOption(jobsOption())
    .addOption(sandboxOption())
    .option("--trust", "grade without a sandbox: other people's code runs with your rights", false)
    .option("--until-done", "end as soon as nothing is left to grade", false)
    .addHelpText("after", EXAMPLES)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .parse([...argv], { from: "user" })
    .opts<WorkerArguments>();
}

/** A server that starts anew after a crash or an update is waited for. */
const PATIENCE_SECONDS = 600;

/** @returns The exit code. */
export async function workerCommand(argv: readonly string[], terminal: Screen): Promise<number> {
  const options = workerArguments(argv, terminal);
  if (!isAddress(options.database))
    throw new Refused(
      `--database ${options.database}: expected the address of a server, postgres://user@host/name. A folder is open in one process only, which is the grade command itself: give that --jobs, or move the gradebook to a server with npm run grade -- copy`,
    );
  const sandbox = await boundary(undefined, options, terminal);
  const database = await reachDatabase(options.database, terminal, PATIENCE_SECONDS);
  const queue = await startQueue(database, {
    onError: (error) => {
      if (!isAway(error)) terminal.err(`the queue: ${error.message}\n`);
    },
  }).catch(async (error) => {
    await database.close();
    throw explainAway(error, database);
  });
  const end = toldToEnd(terminal);
  const runs = await runsToServe(database, sandbox, terminal);
  let kept = 0;
  terminal.err(
    `worker for ${database.name}: ${plural(options.jobs, "answer")} at a time, sandbox ${sandbox.tier}\n`,
  );
  try {
    await work(database, queue, {
      jobs: options.jobs,
      together: (run) => runs.together(run, options.jobs),
      runs: runs.open,
      grading: runs.grading,
      isDone: async () => options.untilDone && (await runs.open()).length === 0,
      finish: end,
      abort: new AbortController().signal,
      patienceSeconds: PATIENCE_SECONDS,
      onEnded: (ended) => {
        if (ended === "kept" || ended === "fault") kept += 1;
      },
      onAway: (error) => terminal.err(`the database is away (${error.message}); trying again\n`),
      onBack: () => terminal.err("the database is back\n"),
    });
    return options.untilDone && runs.refused() > 0 ? EXIT.fault : EXIT.graded;
  } catch (error) {
    throw explainAway(error, database);
  } finally {
    terminal.err(`graded ${plural(kept, "answer")}\n`);
    await queue.stop().catch(() => {});
    await database.close();
  }
}

/** Once: finish what is being graded. Twice: leave. */
function toldToEnd({ err }: Screen): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(EXIT.interrupted);
      err("told to end: finishing the answers that are being graded\n");
      controller.abort();
    });
  return controller.signal;
}

/** What is asked of the database before each answer is asked so often only. */
const LOOK_AGAIN_MS = 1000;

async function runsToServe(database: Database, sandbox: Sandbox, { err }: Screen) {
  const own = await courseDigest();
  const known = new Map<number, { readonly run: Run; readonly gradeOne: Grading["gradeOne"] }>();
  const refused = new Set<number>();
  let looked = Number.NEGATIVE_INFINITY;
  let ids: readonly number[] = [];
  const left = new Map<number, number>();
  const look = async (): Promise<void> => {
    const all = await openRuns(database);
    for (const run of all) {
      const { id, seed, limitSeconds, course, exercises, numbers } = run;
      if (course !== own) {
        known.delete(id);
        if (!refused.has(id))
          err(
            `run ${id} (${run.paths.join(", ")}) was begun with other checks, or another grader or library: nothing of it is graded here. Bring this kit and the one that began it to the same version\n`,
          );
        refused.add(id);
        continue;
      }
      refused.delete(id);
      if (!known.has(id)) await prepareJudge(exercises.map((one) => exerciseById(one.id)));
      const gradeOne =
        known.get(id)?.gradeOne ??
        sandboxedGrading({
          sandbox,
          seed,
          ...(limitSeconds !== undefined && { seconds: limitSeconds }),
          ...(numbers && { numbers }),
        });
      known.set(id, { run, gradeOne });
    }
    ids = all.filter(({ course }) => course === own).map(({ id }) => id);
    for (const id of ids) left.set(id, await openAnswers(database, id));
    looked = performance.now();
  };
  return {
    refused: () => refused.size,
    together: (run: number, jobs: number): number =>
      Math.min(known.get(run)?.run.exercises.length ?? 1, (left.get(run) ?? 1) / jobs),
    async open(): Promise<readonly number[]> {
      if (performance.now() - looked > LOOK_AGAIN_MS) await look();
      return ids;
    },
    grading({ data: { run, exercise } }: Attempt): Grading {
      const { run: asked, gradeOne } = known.get(run) as { run: Run; gradeOne: Grading["gradeOne"] };
      const by = { checks: asked.checks[exercise] ?? "", sandbox: sandbox.tier };
      return { exercise: exerciseById(exercise), gradeOne, by };
    },
  };
}
