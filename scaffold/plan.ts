/** What a skeleton would write: new files, and lines in files that list what there is. Nothing is written before all is known. */

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeAtomically } from "../lib/ground/write-atomically.ts";

export interface Plan {
  /** Path from the course's folder, and the text. */
  readonly created: Readonly<Record<string, string>>;
  readonly changed: Readonly<Record<string, string>>;
  /** What is to be done next, in order. */
  readonly next: readonly string[];
}

/** A wish that cannot be granted: the message is for the person who has it. */
export class Refused extends Error {}

/** What is already in the course. */
export interface Course {
  readonly root: string;
  read(path: string): string;
  has(path: string): boolean;
}

export function courseIn(root: string): Course {
  return {
    root,
    read: (path) => readFileSync(join(root, path), "utf8"),
    has: (path) => existsSync(join(root, path)),
  };
}

/**
 * Puts lines into a file, before the first place that a pattern finds.
 *
 * @throws Refused if there is no such place: the file has changed its form, and the line has to be written by hand.
 */
export function insertBefore(
  course: Course,
  path: string,
  place: RegExp,
  lines: string,
  text?: string,
): string {
  const whole = text ?? course.read(path);
  const at = whole.search(place);
  if (at >= 0) return whole.slice(0, at) + lines + whole.slice(at);
  throw new Refused(
    `${path}: found no place for\n${lines.trimEnd()}\n→ scaffold/ expects ${place} there; correct it, or write the line by hand`,
  );
}

/** @throws Refused if one of the new files exists: nothing is overwritten. */
export function refuseToOverwrite(course: Course, { created }: Plan): void {
  const present = Object.keys(created).filter((path) => course.has(path));
  if (present.length === 0) return;
  throw new Refused(
    `${present.join(", ")}: ${present.length === 1 ? "this file exists" : "these files exist"}, and nothing is overwritten\n→ choose another name, or delete ${present.length === 1 ? "it" : "them"} first`,
  );
}

/** Writes everything, each file whole; where that fails, what was written is taken back. */
export function carryOut({ root, read }: Course, { created, changed }: Plan): void {
  const before = new Map(Object.keys(changed).map((path) => [path, read(path)]));
  const done: string[] = [];
  try {
    for (const [path, text] of Object.entries({ ...created, ...changed })) {
      done.push(path);
      writeWhole(join(root, path), text);
    }
  } catch (error) {
    for (const path of done) {
      const old = before.get(path);
      if (old === undefined) rmSync(join(root, path), { force: true });
      else writeWhole(join(root, path), old);
    }
    throw error;
  }
}

function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeAtomically(file, text);
}
