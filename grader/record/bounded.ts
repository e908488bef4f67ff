/** How much of a text, and how many of many things, a result keeps: no submission can fill the disk or the memory of those who read it. */

import type { ExerciseResult, Failure, HandedIn, SeenLayout } from "../grading/result.ts";
import type { Known, Sender } from "../grading/sender.ts";

/** In UTF-16 units. */
const LENGTHS = {
  name: 1024,
  note: 600,
  problem: 2000,
  message: 4000,
  value: 2000,
  trace: 8000,
  output: 16 * 1024,
  code: 256 * 1024,
  answer: 64 * 1024,
  plot: 256 * 1024,
} as const;
/** Above what reading makes of one person's files: this holds whoever made the result. */
const MOST_NOTES = 100;
const MOST_FILES = 500;

const count = (number: number): string => number.toLocaleString("en");

/** The beginning of a text, and how much is missing. */
export function cut(text: string, kind: keyof typeof LENGTHS): string {
  const most = LENGTHS[kind];
  if (text.length <= most) return text;
  // Not between the halves of one character.
  const end = /[\ud800-\udbff]/.test(text[most - 1] as string) ? most - 1 : most;
  return `${text.slice(0, end)} … and ${count(text.length - end)} more characters`;
}

export function boundNotes(notes: readonly string[]): string[] {
  const kept = notes.slice(0, MOST_NOTES).map((note) => cut(note, "note"));
  return notes.length > MOST_NOTES ? [...kept, `and ${count(notes.length - MOST_NOTES)} more notes`] : kept;
}

/** Files that were not graded come first where not all can be named. */
export function boundFiles(files: readonly HandedIn[]): HandedIn[] {
  const order =
    files.length > MOST_FILES
      ? [
          ...files.filter(({ reason }) => reason !== undefined),
          ...files.filter((f) => f.reason === undefined),
        ]
      : files;
  const kept = order.slice(0, MOST_FILES).map(({ path, reason }) => ({
    path: cut(path, "name"),
    ...(reason !== undefined && { reason: cut(reason, "note") }),
  }));
  const more = files.length - MOST_FILES;
  return more > 0 ? [...kept, { path: `… and ${count(more)} more files`, reason: "too many to name" }] : kept;
}

export const boundLayout = ({ path, name, description, beside }: SeenLayout): SeenLayout => ({
  path: cut(path, "name"),
  name,
  description: cut(description, "note"),
  beside: boundFiles(beside),
});

/** A group has fewer members than that. */
const MOST_SENDERS = 50;

/** Whole or not at all: half a name would be somebody else's. */
export function boundSender({ entries, people, ...rest }: Sender): Sender {
  const isShort = (text: string) => text.length <= LENGTHS.name;
  const whole = (person: Known): Known =>
    Object.fromEntries(Object.entries(person).filter(([, text]) => isShort(text)));
  return { ...rest, entries: entries.filter(isShort), people: people.slice(0, MOST_SENDERS).map(whole) };
}

export function boundResult(result: ExerciseResult): ExerciseResult {
  const { checks, output, manual } = result;
  return {
    ...result,
    checks: checks.map((check) => ({
      ...check,
      ...(check.failure && { failure: boundFailure(check.failure) }),
      ...(check.found !== undefined && { found: cut(check.found, "note") }),
    })),
    ...(output !== undefined && { output: cut(output, "output") }),
    ...(manual && {
      manual: {
        ...manual,
        answer: cut(manual.answer, "answer"),
        ...(manual.missing !== undefined && { missing: cut(manual.missing, "message") }),
      },
    }),
  };
}

/** Texts of a failure that may be longer or have to be shorter than others. */
const OF_FAILURE: { readonly [key: string]: keyof typeof LENGTHS } = {
  input: "value",
  expected: "value",
  got: "value",
  trace: "trace",
};

function boundFailure({ plot, ...texts }: Failure): Failure {
  const drawn = plot !== undefined && JSON.stringify(plot).length <= LENGTHS.plot;
  return { ...(boundTexts(texts, "message") as Omit<Failure, "plot">), ...(drawn && { plot }) };
}

/** Every text in it, also in parts that this does not know. */
function boundTexts(value: unknown, kind: keyof typeof LENGTHS): unknown {
  if (typeof value === "string") return cut(value, kind);
  if (Array.isArray(value)) return value.map((part) => boundTexts(part, kind));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, boundTexts(part, OF_FAILURE[key] ?? kind)]),
  );
}
