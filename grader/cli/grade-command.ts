/** Reads what was handed in, grades it in the sandbox, shows and writes the results. */

import { randomBytes } from "node:crypto";
import { CommanderError } from "commander";
import { collectExercises, runBatch } from "../batch/run.ts";
import { sandboxedGrading } from "../batch/sandboxed.ts";
import { findPoints } from "../by-hand/find.ts";
import { course, exerciseById } from "../course.ts";
import { readExports } from "../exports/asked.ts";
import { DatabaseFull } from "../gradebook/database/database.ts";
import { readClassFiles } from "../marks/class-files.ts";
import { plural } from "../plural.ts";
import { courseDigest } from "../record/course-digest.ts";
import { readRecord } from "../record/read.ts";
import { createRecord, RecordError } from "../record/write.ts";
import { type GradeArguments, gradeArguments } from "./arguments.ts";
import { boundary } from "./boundary.ts";
import { checkDestinations, recordPath } from "./destinations.ts";
import { earlierRun } from "./earlier.ts";
import { EXIT } from "./exit-codes.ts";
import { interruption, outliveTerminal } from "./interruption.ts";
import { createProgress } from "./progress.ts";
import { readAll } from "./reading.ts";
import { Refused } from "./refused.ts";
import { type ReadBefore, reportRun } from "./reports.ts";
import { screen } from "./screen.ts";

const terminal = screen();

async function main(argv: readonly string[]): Promise<number> {
  outliveTerminal();
  // npm runs scripts in the project's folder; paths are meant from where the person is.
  if (process.env.npm_lifecycle_event === "grade" && process.env.INIT_CWD)
    process.chdir(process.env.INIT_CWD);
  const [command = "", ...rest] = argv;
  // The database's programs are loaded only where one is asked for: they would double the time to begin.
  if (command === "worker") return (await import("./gradebook/worker.ts")).workerCommand(rest, terminal);
  if (command === "copy") return (await import("./gradebook/copy.ts")).copyCommand(rest, terminal);
  const options = gradeArguments(argv, terminal);
  checkAsked(options);
  await checkDestinations(options);
  const before = { ...(await readExports(options)), files: await readClassFiles(options) };
  // Before hours of grading, and again for what a person has entered in them.
  await findPoints(options);
  if (options.database !== undefined)
    return gradeWithGradebook({ ...options, database: options.database }, before);
  const { record, fault, release } =
    options.fromRecord === undefined
      ? await gradeAll(options)
      : { record: options.fromRecord, fault: false, release: () => {} };
  const run = await readRecord(record);
  try {
    const points = await findPoints(options);
    const code = await reportRun(run, { ...options, fromRecord: record }, terminal, points, before);
    return fault ? EXIT.fault : code;
  } finally {
    await run.close();
    release();
  }
}

async function gradeWithGradebook(
  options: GradeArguments & { readonly database: string },
  before: ReadBefore,
): Promise<number> {
  const { gradeIntoGradebook } = await import("./gradebook/grade-into.ts");
  const { run, place, fault, close } = await gradeIntoGradebook(options, before.files, terminal);
  try {
    const points = await findPoints(options);
    const code = await reportRun(run, { ...options, database: place }, terminal, points, before);
    return fault ? EXIT.fault : code;
  } finally {
    await close();
  }
}

/** What was asked for that cannot be, or not together. */
function checkAsked(options: GradeArguments): void {
  const { exercise, fromRecord, paths, resume, record, database, regrade } = options;
  for (const id of exercise) {
    try {
      exerciseById(id);
    } catch (error) {
      throw new Refused((error as Error).message);
    }
  }
  if (fromRecord !== undefined && (paths.length > 0 || resume !== undefined || record !== undefined))
    throw new Refused(
      "--from-record grades nothing: leave out paths, --resume and --record, or take --resume to grade what is missing",
    );
  if (database !== undefined && [fromRecord, resume, record].some((file) => file !== undefined))
    throw new Refused(
      "--database keeps all that a record does, and the same command goes on: leave out --record, --resume and --from-record",
    );
  if (options.anonymous && options.html === undefined && options.json === undefined)
    throw new Refused("--anonymous says how reports are written: name one with --html FOLDER or --json FILE");
  if (options.pseudonyms !== undefined && !options.anonymous)
    throw new Refused("--pseudonyms goes with --anonymous: add it, or leave it out");
  if (database === undefined && regrade.length > 0)
    throw new Refused("--regrade grades anew what is in a gradebook: name it with --database");
}

interface Graded {
  /** The file that holds all that was graded. */
  readonly record: string;
  /** The run had to end before all was graded. */
  readonly fault: boolean;
  /** Gives Ctrl-C back to the system. */
  release(): void;
}

async function gradeAll(options: GradeArguments): Promise<Graded> {
  const { submissions, layouts, numbers } = await readAll(options.paths, options, terminal);
  const earlier = options.resume === undefined ? undefined : await earlierRun(options.resume, options);
  const random = randomBytes(4).toString("hex");
  const seed = options.seed ?? earlier?.seed ?? random;
  const { limitSeconds } = options;
  const exercises = collectExercises(submissions, course);
  const sandbox = await boundary(exercises.length > 0 ? options.paths : [], options, terminal);
  const startedAt = new Date();
  const path = await recordPath(options, startedAt, random);
  const conditions = {
    seed,
    sandbox: sandbox.tier,
    startedAt: startedAt.toISOString(),
    course: await courseDigest(),
    ...(limitSeconds !== undefined && { limitSeconds }),
  };
  const record = await createRecord(path, { ...conditions, layouts, exercises }, submissions);
  terminal.err(`each result is kept in ${path} as soon as it is there\n`);
  if (earlier) terminal.err(`not graded again: ${plural(earlier.answers, "answer")} in ${options.resume}\n`);
  const { signal, release } = interruption(terminal);
  // They are there at once: as work of this run they would make its rate.
  const known = new Set(submissions.filter((one) => earlier?.holds(one)).map(({ name }) => name));
  const progress = createProgress(submissions.length, terminal, known.size);
  try {
    await runBatch(submissions, {
      exercises,
      gradeOne: sandboxedGrading({
        sandbox,
        seed,
        ...(limitSeconds !== undefined && { seconds: limitSeconds }),
        ...(numbers && { numbers }),
      }),
      jobs: options.jobs,
      record,
      ...(earlier && { earlier: earlier.find, spent: earlier.milliseconds }),
      signal,
      onSubmission: (result) => {
        if (!known.has(result.submission)) progress.advance(result);
      },
    });
    return { record: path, fault: false, release };
  } catch (error) {
    terminal.err(`what was graded is in ${path}; --from-record makes reports of it, --resume goes on\n`);
    if (!(error instanceof RecordError)) throw error;
    terminal.err(`the run had to end: ${error.message}\n`);
    return { record: path, fault: true, release };
  } finally {
    progress.stop();
    await earlier?.close();
  }
}

/** Errors that are the person's to mend; any other is ours, and its stack is shown. */
const EXPECTED = [
  "Refused",
  "NoRecord",
  "RecordError",
  "ReportFolderError",
  "PointsError",
  "ExportError",
  "TableError",
  "SecretError",
  "CourseFileError",
  "FolderInUse",
  "DatabaseFull",
  "NoDatabase",
];

function fail(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.graded : EXIT.fault;
  const expected = error instanceof Error && EXPECTED.includes(error.name);
  terminal.err(
    `${expected ? error.message : `The grader failed: ${error instanceof Error ? error.stack : error}`}\n`,
  );
  return EXIT.fault;
}

// What is thrown where nobody waits for it; its text, too, has to go through the filter.
process.on("uncaughtException", (error) => process.exit(fail(error)));
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const code = fail(error);
  // A database that may be asked nothing more would keep the process: its end is all that is left.
  if (error instanceof DatabaseFull) process.exit(code);
  process.exitCode = code;
}
