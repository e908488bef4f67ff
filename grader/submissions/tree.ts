/**
 * A folder or an archive as one flat list of files that may hold answers. Contents are read one at a time, into memory only.
 */

import { ending, MAX_BYTES } from "./limits.ts";

/** One file of a folder or of an archive. */
export interface Leaf {
  /** Inside the folder or archive, with `/`. */
  readonly path: string;
  /** @throws Unreadable */
  read(): Promise<Uint8Array>;
}

export interface Tree {
  readonly leaves: readonly Leaf[];
  /** Files that cannot hold an answer: enough to know that somebody handed in something. */
  readonly others: readonly string[];
  /** What was left out for a reason that a person should know. */
  readonly notes: readonly { readonly path: string; readonly text: string }[];
}

const NOISE = new Set(["__macosx", "node_modules", "dist", "thumbs.db", "desktop.ini"]);

/** Files of tools and systems: hidden ones, checkpoints, resource forks, installed packages. */
export function isNoise(path: string): boolean {
  return path
    .split("/")
    .some((part) => part.startsWith(".") || part.startsWith("~$") || NOISE.has(part.toLowerCase()));
}

/** True for a file that is opened at all. */
export function isCandidate(path: string): boolean {
  return ending(path) in MAX_BYTES && !/\.d\.ts$/i.test(path) && !isNoise(path);
}
