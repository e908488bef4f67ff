/** One person in the record of a run. */

import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { writeWhole } from "../files/write-whole.ts";
import type { AnswerLine, Line, SubmissionLine } from "../record/lines.ts";
import { readRecord } from "../record/read.ts";
import { findHers, type Hers, type Who } from "./find.ts";
import { withoutNames } from "./layouts.ts";

export interface InRecord {
  readonly path: string;
  readonly found: readonly (Hers & {
    /** Of its lines. */
    readonly line: number;
    readonly handedIn: SubmissionLine;
    readonly answers: readonly AnswerLine[];
  })[];
}

/** @throws NoRecord, Refused */
export async function findInRecord(path: string, who: Who): Promise<InRecord> {
  const run = await readRecord(path);
  try {
    const sent = run.summaries.map(({ submission, sender }) => ({
      name: submission,
      ...(sender && { sender }),
    }));
    const found = [];
    for (const one of findHers(sent, who)) {
      const { handedIn, answers } = await run.lines(one.at);
      found.push({ ...one, line: handedIn.index, handedIn, answers });
    }
    return { path, found };
  } finally {
    await run.close();
  }
}

/**
 * Writes the record anew without her: all other lines stay the same bytes, with an empty one in the place of her submission, by which the
 * others are counted. The old one is replaced when the new one is whole.
 */
export async function removeFromRecord({ path, found }: InRecord, names: readonly string[]): Promise<void> {
  const gone = new Set(found.filter(({ shared }) => !shared).map(({ line }) => line));
  const shared = new Set(found.filter((one) => one.shared).map(({ line }) => line));
  await writeWhole(path, linesWithout(path, { gone, shared }, names));
  // What a crash left of an earlier writing.
  for (const name of await readdir(dirname(path)))
    if (name.startsWith(`${basename(path)}.`) && /\.[0-9a-f]{12}\.tmp$/.test(name))
      await rm(join(dirname(path), name));
}

interface Lines {
  readonly gone: ReadonlySet<number>;
  readonly shared: ReadonlySet<number>;
}

async function* linesWithout(path: string, { gone, shared }: Lines, names: readonly string[]) {
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: 0 })) {
    const line = parse(text);
    // Cut off, and no part of the record.
    if (!line) continue;
    if (line.kind === "run") yield lineOf(text, line, withoutNames(line, names));
    else if (line.kind === "submission" && gone.has(line.index))
      yield `${JSON.stringify(emptyLine(line.index))}\n`;
    else if (line.kind === "submission" && shared.has(line.index))
      yield lineOf(text, line, withoutPerson(line, names));
    else if (line.kind !== "answer" || !gone.has(line.index)) yield `${text}\n`;
  }
}

const lineOf = <L extends Line>(text: string, before: L, after: L): string =>
  `${after === before ? text : JSON.stringify(after)}\n`;

function parse(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}

const emptyLine = (index: number): SubmissionLine => ({
  kind: "submission",
  index,
  submission: randomBytes(4).toString("hex"),
  sources: [],
  notes: [],
  files: [],
  removed: true,
});

/** Of a group: the others' work stays. */
export function withoutPerson<Of extends Pick<SubmissionLine, "sender">>(
  of: Of,
  names: readonly string[],
): Of {
  const { sender } = of;
  if (!sender) return of;
  const lower = new Set(names.map((name) => name.toLowerCase()));
  const people = sender.people.filter(
    (one) => !Object.values(one).some((value) => lower.has(String(value).toLowerCase())),
  );
  return { ...of, sender: { ...sender, people } };
}
