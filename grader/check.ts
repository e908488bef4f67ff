/** `await check("16.1", { density })`: the check cell of a notebook. */

import { randomBytes } from "node:crypto";
import { display, escapeHtml, html } from "flowlab/notebook";
import { course, exerciseById } from "./course.ts";
import type { AtWork } from "./drivers/at-work.ts";
import { checkFileInNotebook } from "./drivers/file-in-notebook.ts";
import { runInNotebook } from "./drivers/run-in-notebook.ts";
import { type AnyExercise, askedNames, type FileAnswer } from "./exercise.ts";
import type { ExerciseResult } from "./grading/result.ts";
import { heldBackText } from "./kit/held-back.ts";
import { remember } from "./memory/remember.ts";
import { withOwn } from "./own-code/given-out.ts";
import { rememberChecked } from "./own-code/last-checked.ts";
import { passed } from "./own-code/passed.ts";
import { train } from "./own-code/train.ts";
import { assembleHandedIn, type HandedIn, type Host, savedNotebook } from "./program/handed-in.ts";
import type { Rerun } from "./repair/search.ts";
import { cardHTML, cardText } from "./report/card/card.ts";

const shows: unique symbol = Symbol.for("Jupyter.display") as never;

/** A result that shows itself as a card. */
export interface Checked extends ExerciseResult {
  [shows](): { "text/html": string; "text/plain": string };
}

/**
 * Runs an exercise's checks on the functions given, in this process, with fresh random numbers.
 *
 * @param seed Repeats an earlier run; every result carries its own.
 * @throws RangeError if the course has no such exercise. A learner's mistake never throws: it is a failed check.
 */
export async function check(
  id: string,
  implementation: Readonly<Record<string, unknown>>,
  { seed = randomBytes(4).toString("hex") }: { seed?: string } = {},
): Promise<Checked> {
  const exercise = exerciseById(id);
  if (exercise.file) return checkFile({ ...exercise, file: exercise.file }, implementation, seed);
  const page = await notebookPage(exercise, implementation);
  const own = withOwn(implementation);
  const rerun = page && ((work: AtWork) => rerunOf(exercise, page, work));
  const graded = await runInNotebook(exercise, own, { seed, ...(rerun && { rerun }) });
  rememberChecked(id, { implementation: own, status: graded.status });
  if (page?.differs !== true) await say(remember(exercise, graded));
  await say(heldBackText(id));
  const warning = page && warningText(page);
  const result = warning === undefined ? graded : { ...graded, warning };
  return {
    ...result,
    [shows]: () => ({
      "text/html": cardHTML(result, { hints: exercise.hints, live: !warning?.includes("was edited") }),
      "text/plain": plainText(result),
    }),
  };
}

check.passed = passed;
check.train = train;

/** Whatever the notebook's cells are: what is graded is the file. */
async function checkFile(
  exercise: AnyExercise & { readonly file: FileAnswer },
  makers: Readonly<Record<string, unknown>>,
  seed: string,
): Promise<Checked> {
  const result = await checkFileInNotebook(exercise, makers, { seed });
  await say(remember(exercise, result));
  await say(heldBackText(exercise.id));
  return {
    ...result,
    [shows]: () => ({
      "text/html": cardHTML(result, { hints: exercise.hints }),
      "text/plain": plainText(result),
    }),
  };
}

/** Longer lists of what differs tell no more than to look at the cells. */
const MOST_WARNINGS = 3;

/** What will be graded after the deadline, as far as the kernel knows. */
async function notebookPage(
  exercise: AnyExercise,
  implementation: Readonly<Record<string, unknown>>,
): Promise<HandedIn | undefined> {
  const host = (globalThis as Record<symbol, unknown>)[Symbol.for("flowlab.notebook")] as Host | undefined;
  if (!host?.executed) return undefined;
  const asked = { id: exercise.id, names: askedNames(exercise) };
  return assembleHandedIn(asked, implementation, course, host, savedNotebook());
}

/** Where what the grader will say differs from what is said here. */
function warningText({ warnings, differs }: HandedIn): string | undefined {
  if (warnings.length === 0) return undefined;
  const texts = warnings.slice(0, MOST_WARNINGS);
  return [...texts, ...(differs ? ["Until then, progress() leaves this check out."] : [])].join(" ");
}

/** Above the card: what is remembered is no part of the result. */
async function say(note: string | undefined): Promise<void> {
  if (note !== undefined) await display(html(escapeHtml(note), note));
}

/** Variants of the learner's code run in a process of their own: one of them may never end. */
function rerunOf(exercise: AnyExercise, { warnings, program }: HandedIn, work: AtWork): Rerun | undefined {
  // Lines of another program than the one that was checked would lead astray.
  if (!program || warnings.length > 0) return undefined;
  return {
    program,
    async open(changed, signatures) {
      const { openSandboxedSession } = await import("./drivers/sandboxed.ts");
      return work.watch(
        await openSandboxedSession({ source: changed, exercise: { ...exercise, signatures } }),
        ", looking for the place in your code",
      );
    },
  };
}

/** nbgrader takes a cell's points from its result's plain text, and full points if that is no number. */
function plainText(result: ExerciseResult): string {
  return process.env.NBGRADER_EXECUTION ? String(result.points) : cardText(result);
}
