/** `kit.json`: what a kit for learners is made of. The course itself, from which kits are made, has none. */

import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { courseFolder } from "../files/course-folder.ts";

export const KIT = "kit.json";

/** Of the manifest's form: a kit of a later one is not read. */
export const FORMAT = 1;

export interface KitManifest {
  readonly format: typeof FORMAT;
  readonly name: string;
  readonly version: string;
  /** Whose it is, where exercises have numbers of each learner's own. */
  readonly learner?: string;
  /** Of the course that it was made from, where git knew it; `+` if files had been changed since. */
  readonly commit?: string;
  readonly node: string;
  /** Slugs, in their order. */
  readonly chapters: readonly string[];
  readonly exercises: { readonly [id: string]: KitExercise };
  /** Of each notebook its cells as they were handed out, in their order. */
  readonly notebooks: { readonly [path: string]: readonly HandedOutCell[] };
  /** SHA-256 of every file but this one, by its path. */
  readonly files: { readonly [path: string]: string };
}

export interface KitExercise {
  readonly path: string;
  readonly version: string;
  /** Checks that are in the course and not in the kit. */
  readonly heldBack?: { readonly checks: number; readonly points: number };
  /** The learner's own numbers, which her statement says, and the mark that binds them to her. */
  readonly variant?: { readonly numbers: unknown; readonly mark: string };
}

export interface HandedOutCell {
  readonly id: string;
  readonly type: "code" | "markdown";
  /** SHA-256 of its source. */
  readonly source: string;
  /** The exercise or the guess that is written in it: what stands there is the learner's, however little of it. */
  readonly answers?: true;
}

export const sha256 = (content: string | Uint8Array): string =>
  createHash("sha256").update(content).digest("hex");

/** What was read last: each check and each line of `progress()` asks. */
let last: { readonly file: string; readonly at: number; readonly manifest: KitManifest } | undefined;

/**
 * @returns Undefined in the course itself.
 * @throws Error if the file is no manifest of a form that this course reads.
 */
export function kitManifest(root: string = courseFolder()): KitManifest | undefined {
  const file = join(root, KIT);
  const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (at === undefined) return undefined;
  if (last?.file !== file || last.at !== at)
    last = { file, at, manifest: parseManifest(readFileSync(file, "utf8"), file) };
  return last.manifest;
}

/**
 * @param from Where it was read, for the message.
 * @throws Error if this is no manifest, or of another form.
 */
export function parseManifest(text: string, from: string): KitManifest {
  const parsed = parseJson(text) as Partial<KitManifest> | undefined;
  if (parsed?.format === undefined || !parsed.files || !parsed.notebooks || !parsed.exercises)
    throw new Error(`${from} is no manifest of a kit; unpack the kit again`);
  if (parsed.format !== FORMAT)
    throw new Error(
      `${from} has the form ${parsed.format}; this kit reads form ${FORMAT}: unpack the new kit into another folder`,
    );
  return parsed as KitManifest;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
