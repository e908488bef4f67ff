/** Reads the record of a run, also of one that was killed: what a gradebook, a report and a resumed run begin with. */

import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { AboutRun, SubmissionResult } from "../grading/result.ts";
import { assembleRecord } from "./assemble.ts";
import type { AnswerLine, EndLine, Line, RunLine, SubmissionLine } from "./lines.ts";
import { type SubmissionSummary, summary } from "./summary.ts";

/** A run from which reports are written: everybody in brief, and each as a whole when asked for. */
export interface GradedRun {
  readonly about: AboutRun;
  /** In the order in which they were read. */
  readonly summaries: readonly SubmissionSummary[];
  submission(index: number): Promise<SubmissionResult>;
}

export interface RecordedRun extends GradedRun {
  readonly head: RunLine;
  /** All lines about one submission. */
  lines(
    index: number,
  ): Promise<{ readonly handedIn: SubmissionLine; readonly answers: readonly AnswerLine[] }>;
  close(): Promise<void>;
}

/** No record, or a damaged one; the message says where. */
export class NoRecord extends Error {
  override readonly name = "NoRecord";
}

interface Place {
  readonly offset: number;
  readonly length: number;
}

/**
 * A last line that is cut off is left out: the run was killed while it wrote.
 *
 * @throws NoRecord
 */
export async function readRecord(path: string): Promise<RecordedRun> {
  const { head, end, ...all } = await scan(path);
  // Of whom everything was deleted nothing is told.
  const kept = [...all.submissions.keys()].filter((line) => !all.removed.has(line));
  const submissions = kept.map((line) => all.submissions[line] as Place);
  const answers = kept.map((line) => all.answers[line] ?? []);
  const file = await open(path);
  const read = async <L extends Line>({ offset, length }: Place): Promise<L> => {
    const bytes = Buffer.alloc(length);
    await file.read(bytes, 0, length, offset);
    return JSON.parse(bytes.toString("utf8")) as L;
  };
  const lines = async (index: number) => {
    const handedIn = await read<SubmissionLine>(submissions[index] as Place);
    const found: AnswerLine[] = [];
    for (const place of answers[index] ?? []) found.push(await read<AnswerLine>(place));
    return { handedIn, answers: found };
  };
  const unfinished = end?.interrupted ? "the run was interrupted" : "the run was ended before";
  const submission = async (index: number): Promise<SubmissionResult> => {
    const { handedIn, answers } = await lines(index);
    return assembleRecord(head.exercises, handedIn, answers, unfinished);
  };
  const summaries: SubmissionSummary[] = [];
  for (let index = 0; index < submissions.length; index++) summaries.push(summary(await submission(index)));
  const { seed, sandbox, startedAt, exercises, layouts } = head;
  const about: AboutRun = {
    version: 1,
    seed,
    sandbox,
    startedAt,
    milliseconds: end?.milliseconds ?? summaries.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    exercises,
    layouts,
    ...(!end || end.interrupted ? { interrupted: true as const } : {}),
  };
  return { head, about, summaries, lines, submission, close: () => file.close() };
}

async function scan(path: string) {
  let head: RunLine | undefined;
  let end: EndLine | undefined;
  const submissions: Place[] = [];
  const answers: Place[][] = [];
  const removed = new Set<number>();
  for await (const { line, number, ...place } of linesOf(path)) {
    if (number === 1) {
      if (line.kind !== "run" || line.format !== 1)
        throw new NoRecord(
          `${path} is not the record of a run that this grader can read: its first line is another`,
        );
      head = line;
    } else if (line.kind === "submission" && line.index === submissions.length) {
      submissions.push(place);
      answers.push([]);
      if (line.removed) removed.add(line.index);
    } else if (line.kind === "answer" && answers[line.index]) answers[line.index]?.push(place);
    else if (line.kind === "end") end = line;
    else throw new NoRecord(`${path} is damaged: line ${number} is not one that may stand there`);
  }
  if (!head) throw new NoRecord(`${path} is not the record of a run: it holds no whole line`);
  return { head, end, submissions, answers, removed };
}

async function* linesOf(
  path: string,
): AsyncIterable<Place & { readonly line: Line; readonly number: number }> {
  const NEWLINE = 0x0a;
  let pending: Buffer[] = [];
  let offset = 0;
  let number = 0;
  const chunks = createReadStream(path);
  try {
    for await (const chunk of chunks as AsyncIterable<Buffer>) {
      let start = 0;
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, start)) {
        const bytes = Buffer.concat([...pending, chunk.subarray(start, at)]);
        pending = [];
        start = at + 1;
        number += 1;
        yield { line: parse(bytes, path, number), number, offset, length: bytes.length };
        offset += bytes.length + 1;
      }
      pending.push(chunk.subarray(start));
    }
  } catch (error) {
    if (error instanceof NoRecord) throw error;
    throw new NoRecord(`${path} cannot be read as the record of a run: ${(error as Error).message}`);
  }
}

function parse(bytes: Buffer, path: string, number: number): Line {
  try {
    return JSON.parse(bytes.toString("utf8")) as Line;
  } catch {
    throw new NoRecord(`${path} is not the record of a run, or is damaged: line ${number} is no JSON`);
  }
}
