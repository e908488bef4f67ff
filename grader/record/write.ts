/** Writes the record of a run. */

import { createHash } from "node:crypto";
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { type AnyExercise, maxPoints } from "../exercise.ts";
import type { Source, Submission } from "../submissions/submission.ts";
import { boundFiles, boundLayout, boundNotes, boundResult, boundSender, cut } from "./bounded.ts";
import type { Answer, EndLine, Line, Outcome, RunLine, SubmissionLine } from "./lines.ts";

/** The record cannot be written; nothing that is graded from now on would be kept. */
export class RecordError extends Error {
  override readonly name = "RecordError";
}

export interface RunRecord {
  readonly path: string;
  /** Resolves when the line is on the disk. @throws RecordError */
  answer(answer: Answer): Promise<void>;
  /** Ends the record. @throws RecordError */
  end(line: Omit<EndLine, "kind">): Promise<void>;
}

export interface RecordedRun extends Omit<RunLine, "kind" | "format" | "exercises"> {
  readonly exercises: readonly AnyExercise[];
}

/**
 * Begins a record: when it resolves, what everybody handed in is on the disk.
 *
 * @throws RecordError also if there is a file at `path`.
 */
export async function createRecord(
  path: string,
  { exercises, layouts, ...run }: RecordedRun,
  submissions: readonly Submission[],
): Promise<RunRecord> {
  const asked = exercises.map((exercise) => ({ id: exercise.id, maxPoints: maxPoints(exercise) }));
  const file = await openFile(path);
  let before: Promise<void> = Promise.resolve();
  let broken = false;
  const write = (texts: Iterable<string>): Promise<void> => {
    const written = before.then(async () => {
      // After a line that is cut off, another would be read as its end.
      if (broken) throw new RecordError(`${path} could not be written to`);
      try {
        for (const text of texts) await file.appendFile(text);
        await file.datasync();
      } catch (error) {
        broken = true;
        throw new RecordError(`${path} cannot be written to: ${(error as Error).message}`);
      }
    });
    before = written.catch(() => {});
    return written;
  };
  const head: RunLine = {
    kind: "run",
    format: 1,
    ...run,
    layouts: layouts.map(boundLayout),
    exercises: asked,
  };
  await write([lineOf(head)]);
  await write(submissionLines(submissions));
  return {
    path,
    answer: (answer) => write([lineOf({ kind: "answer", ...boundOutcome(answer) })]),
    async end(line) {
      await write([lineOf({ kind: "end", ...line })]);
      await file.close();
    },
  };
}

async function openFile(path: string) {
  try {
    await mkdir(dirname(path), { recursive: true });
    return await open(path, "ax");
  } catch (error) {
    const there = (error as NodeJS.ErrnoException).code === "EEXIST";
    const why = there
      ? "there is a file of that name, and no record is ever overwritten"
      : (error as Error).message;
    throw new RecordError(
      `${path} cannot be begun as the record of this run: ${why}; name another place with --record`,
    );
  }
}

const lineOf = (line: Line): string => `${JSON.stringify(line)}\n`;

function* submissionLines(submissions: readonly Submission[]): Iterable<string> {
  for (const [index, submission] of submissions.entries())
    yield lineOf({ kind: "submission", index, ...handedInBy(submission) });
}

/** What is kept of what somebody handed in, within bounds. */
export function handedInBy({
  name,
  sources,
  notes,
  files,
  sender,
  problem,
}: Submission): Omit<SubmissionLine, "kind" | "index"> {
  return {
    submission: cut(name, "name"),
    sources: sources.map((source) => ({
      exerciseId: source.exerciseId,
      origin: cut(source.origin, "name"),
      code: cut(source.code, "code"),
      digest: digestOf(source),
    })),
    notes: boundNotes(notes),
    files: boundFiles(files),
    ...(sender && { sender: boundSender(sender) }),
    ...(problem !== undefined && { problem: cut(problem, "problem") }),
  };
}

/** By which an answer is known again: its code, what is run with it, the saved flow that it may be, and its learner's own numbers. */
export const digestOf = ({
  code,
  program,
  flow,
  numbers,
}: Pick<Source, "code" | "program" | "flow" | "numbers">): string => {
  const hash = createHash("sha256").update(JSON.stringify([code, program]));
  // With other numbers it is another answer: what was graded by them is not its verdict.
  if (numbers) hash.update(JSON.stringify(numbers));
  if (flow) hash.update(flow.name).update("bytes" in flow ? flow.bytes : flow.problem);
  return hash.digest("base64url");
};

/** What came of an answer, within bounds. */
export const boundOutcome = <O extends Outcome>(outcome: O): O =>
  "result" in outcome
    ? { ...outcome, result: boundResult(outcome.result) }
    : { ...outcome, fault: cut(outcome.fault, "problem") };
