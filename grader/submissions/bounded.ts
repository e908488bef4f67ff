/** What is said about one person's files stays readable, whatever they hold. */

import { MAX_LISTED, MAX_LISTED_PATH, MAX_NOTE, MAX_NOTES } from "./limits.ts";
import type { HandedIn } from "./submission.ts";

/** The first notes, each cut, and how many more there were. */
export function boundNotes(notes: readonly string[]): string[] {
  const distinct = [...new Set(notes.slice(0, 100 * MAX_NOTES))];
  const kept = distinct.slice(0, MAX_NOTES).map((note) => cut(note, MAX_NOTE));
  const more =
    notes.length - (notes.length > 100 * MAX_NOTES ? 0 : notes.length - distinct.length) - kept.length;
  return more > 0 ? [...kept, `… and ${more} more notes`] : kept;
}

/** Graded files first: they are never among those that are only counted. */
export function boundFiles(files: readonly HandedIn[]): HandedIn[] {
  const order = [
    ...files.filter(({ reason }) => reason === undefined),
    ...files.filter(({ reason }) => reason !== undefined),
  ];
  const kept = order.slice(0, MAX_LISTED).map(({ path, reason }) => ({
    path: cut(path, MAX_LISTED_PATH),
    ...(reason !== undefined && { reason: cut(reason, MAX_NOTE) }),
  }));
  const more = order.length - kept.length;
  return more > 0 ? [...kept, { path: `… and ${more} more files`, reason: "not listed one by one" }] : kept;
}

/** A text of its own: a part of a long one would keep all of it in memory. */
function cut(text: string, most: number): string {
  return Buffer.from(text.length > most ? `${text.slice(0, most - 1)}…` : text).toString();
}
