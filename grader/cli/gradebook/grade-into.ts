/** `--database`: grades into the gradebook of a class, by which the same command goes on. */

import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { prepareJudge } from "../../batch/prepare.ts";
import { collectExercises } from "../../batch/run.ts";
import { sandboxedGrading } from "../../batch/sandboxed.ts";
import { course, exerciseById } from "../../course.ts";
import { maxPoints } from "../../exercise.ts";
import { type Database, DatabaseFull } from "../../gradebook/database/database.ts";
import { isAway } from "../../gradebook/database/outage.ts";
import { type Enqueued, enqueue } from "../../gradebook/enqueue.ts";
import { followRun } from "../../gradebook/follow.ts";
import { gradedRun } from "../../gradebook/graded-run.ts";
import { type Queue, startQueue } from "../../gradebook/queue.ts";
import { answersOf, openAnswers } from "../../gradebook/results.ts";
import { type Checks, closeRun, lastRun, runById, runKey } from "../../gradebook/run.ts";
import { work } from "../../gradebook/work.ts";
import type { ClassFiles } from "../../marks/class-files.ts";
import { exerciseVersion } from "../../memory/version.ts";
import { plural } from "../../plural.ts";
import { boundLayout } from "../../record/bounded.ts";
import { courseDigest } from "../../record/course-digest.ts";
import type { GradedRun } from "../../record/read.ts";
import type { Sandbox } from "../../sandbox/detect.ts";
import type { GradeArguments } from "../arguments.ts";
import { boundary } from "../boundary.ts";
import { interruption } from "../interruption.ts";
import { createProgress } from "../progress.ts";
import { readAll } from "../reading.ts";
import { Refused } from "../refused.ts";
import type { Screen } from "../screen.ts";
import { explainAway, reachDatabase } from "./reach.ts";
import { regradeOf } from "./regrade.ts";

export interface GradedHere {
  readonly run: GradedRun;
  /** The gradebook as a command names it, without a password. */
  readonly place: string;
  /** The run had to end before all was graded. */
  readonly fault: boolean;
  /** Closes the gradebook, and gives Ctrl-C back to the system. */
  close(): Promise<void>;
}

/** @throws DatabaseFull if nothing more can be asked, also not to report: the process has to end. */
export async function gradeIntoGradebook(
  options: GradeArguments & { readonly database: string },
  files: ClassFiles,
  terminal: Screen,
): Promise<GradedHere> {
  const database = await reachDatabase(options.database, terminal);
  const { signal, release } = interruption(terminal);
  let queue: Queue | undefined;
  const close = async (): Promise<void> => {
    release();
    await queue?.stop();
    await database.close();
  };
  try {
    queue = await startQueue(database, {
      onError: (error) => {
        if (!isAway(error) && !database.isHalted()) terminal.err(`the gradebook's queue: ${error.message}\n`);
      },
    });
    const asked = await ask(database, queue, options, files, terminal);
    const fault = await workOff(database, queue, asked, { ...options, signal }, terminal);
    const place = database.engine === "server" ? database.name : options.database;
    const { milliseconds } = (await runById(database, asked.run.id)) ?? asked.run;
    return { run: await gradedRun(database, { ...asked.run, milliseconds }), place, fault, close };
  } catch (error) {
    // Of a server that is away nothing can be asked, and what stood in the way is to be told.
    if (!database.isHalted()) await close().catch(() => {});
    throw explainAway(error, database);
  }
}

interface AskedFor extends Enqueued {
  readonly sandbox: Sandbox;
}

/** Reads what was handed in, and asks for what is not graded; without paths, for what the last run has left. */
async function ask(
  database: Database,
  queue: Queue,
  options: GradeArguments,
  files: ClassFiles,
  terminal: Screen,
): Promise<AskedFor> {
  const { paths, exercise, layout, limitSeconds } = options;
  if (paths.length === 0) return askAgain(database, queue, options, terminal);
  const { submissions, layouts, numbers } = await readAll(paths, options, terminal);
  const sandbox = await boundary(paths, options, terminal);
  const found = collectExercises(submissions, course);
  const absolute = paths.map((path) => resolve(path));
  const key = runKey({
    paths: absolute,
    exercises: exercise,
    ...(layout !== undefined && { layout }),
    ...(options.seed !== undefined && { seed: options.seed }),
    ...(limitSeconds !== undefined && { limitSeconds }),
  });
  const begun = {
    seed: options.seed ?? randomBytes(4).toString("hex"),
    sandbox: sandbox.tier,
    startedAt: new Date().toISOString(),
    paths: absolute,
    ...(limitSeconds !== undefined && { limitSeconds }),
    layouts: layouts.map(boundLayout),
    exercises: found.map((one) => ({ id: one.id, maxPoints: maxPoints(one) })),
    ...(await versionsOf(found.map(({ id }) => id))),
    ...(numbers && { numbers }),
  };
  const regrade = await regradeOf(options, submissions, files);
  return { ...(await enqueue(database, queue, key, begun, submissions, regrade)), sandbox };
}

const versionsOf = async (ids: readonly string[]): Promise<{ course: string; checks: Checks }> => ({
  course: await courseDigest(),
  checks: Object.fromEntries(ids.map((id) => [id, exerciseVersion(exerciseById(id))])),
});

async function askAgain(
  database: Database,
  queue: Queue,
  options: GradeArguments,
  terminal: Screen,
): Promise<AskedFor> {
  const found = await lastRun(database);
  if (!found) throw new Refused(`the gradebook ${database.name} is empty; name what was handed in`);
  const given = [...options.regrade, ...options.exercise, options.layout, options.seed, options.limitSeconds];
  if (given.some((one) => one !== undefined))
    throw new Refused(
      "without paths the last run of the gradebook is gone on with as it is: give the paths, too, or leave out --regrade, --exercise, --layout, --seed and --limit-seconds",
    );
  terminal.err(`the last run of the gradebook: ${found.paths.join(", ")}\n`);
  const versions = await versionsOf(found.exercises.map(({ id }) => id));
  const open = await openAnswers(database, found.id);
  if (open > 0 && found.course !== versions.course)
    throw new Refused(
      `${plural(open, "answer")} of this run ${open === 1 ? "waits" : "wait"} for another version of the grader; name the paths, and this one grades them`,
    );
  await queue.prepare(found.id);
  const answers = await answersOf(database, found.id);
  const sandbox = await boundary(open > 0 ? undefined : [], options, terminal);
  return { run: { ...found, ...versions }, answers, graded: answers - open, sandbox };
}

/** @returns Whether the run had to end before all was graded. */
async function workOff(
  database: Database,
  queue: Queue,
  { run, answers, graded, sandbox }: AskedFor,
  { jobs, signal }: Pick<GradeArguments, "jobs"> & { readonly signal: AbortSignal },
  terminal: Screen,
): Promise<boolean> {
  const started = performance.now();
  // Nobody else has it open: who took them has been killed.
  if (database.engine === "embedded") await queue.giveBackAll(run.id, "its grader has ended");
  terminal.err(
    `gradebook ${database.name}: ${graded} of ${plural(answers, "answer")} ${graded === 1 ? "is" : "are"} graded; the same command goes on, however this one ends\n`,
  );
  if (graded === answers) return false;
  await prepareJudge(run.exercises.map(({ id }) => exerciseById(id)));
  const gradeOne = sandboxedGrading({
    sandbox,
    seed: run.seed,
    ...(run.limitSeconds !== undefined && { seconds: run.limitSeconds }),
    ...(run.numbers && { numbers: run.numbers }),
  });
  const follow = await followRun(database, run);
  const progress = createProgress(follow.total, terminal, follow.done);
  const stopFollowing = follow.start((result) => progress.advance(result));
  let faults = 0;
  let left = answers - graded;
  try {
    await work(database, queue, {
      jobs,
      together: () => Math.min(run.exercises.length, left / jobs),
      runs: async () => [run.id],
      grading: ({ data: { exercise } }) => ({
        exercise: exerciseById(exercise),
        gradeOne,
        by: { checks: run.checks[exercise] ?? "", sandbox: sandbox.tier },
      }),
      isDone: async () => (await openAnswers(database, run.id)) === 0,
      finish: signal,
      abort: signal,
      onEnded: (ended) => {
        if (ended === "fault") faults += 1;
        if (ended !== "again") left -= 1;
      },
      onAway: (error) =>
        terminal.err(`\nthe database is away (${error.message}); trying again, nothing is lost\n`),
      onBack: () => terminal.err("the database is back\n"),
    });
    return false;
  } catch (error) {
    if (!(error instanceof DatabaseFull) || database.isHalted()) throw error;
    terminal.err(`\nthe run had to end: ${error.message}\n`);
    return true;
  } finally {
    if (!database.isHalted()) {
      await stopFollowing();
      await closeRun(database, run.id, performance.now() - started).catch(() => {});
    }
    progress.stop();
    if (faults > 0)
      terminal.err(
        `${plural(faults, "answer")} could not be graded, by a fault; the same command tries again\n`,
      );
  }
}
