/**
 * A folder or an archive as one flat list of the files in it. Contents are read one at a time, into memory only.
 */

import { ending, MAX_BYTES } from "../limits.ts";

/** One file of a folder or of an archive. */
export interface Leaf {
  /** Inside the folder or archive, with `/`. */
  readonly path: string;
  /** Why it is not read: a link, a password, a size. */
  readonly refusal?: string;
  /** In bytes, unpacked. */
  readonly size: number;
  /** @param most The size from which it is refused. @throws Unreadable */
  read(most?: number): Promise<Uint8Array>;
  /** Its files, if it is an archive; to be closed. @param origin Its name for messages. @throws Unreadable */
  archive(origin: string): Promise<Tree>;
}

export interface Tree {
  /** In natural order of their paths. */
  readonly leaves: readonly Leaf[];
  /** Folders, also empty ones: somebody may have handed in an empty one. */
  readonly folders: readonly string[];
  /** Where files of tools and systems lie: the uppermost such folder or file. */
  readonly noise: readonly string[];
  /** What was left out for a reason that a person should know. */
  readonly notes: readonly { readonly path: string; readonly text: string }[];
  close?(): Promise<void>;
}

const NOISE = new Set(["__macosx", "node_modules", "dist", "thumbs.db", "desktop.ini", "__pycache__"]);

/** The part of a path that ends with a file or folder of a tool or system (hidden ones, resource forks, installed packages). */
export function noiseIn(path: string): string | undefined {
  const parts = path.split("/");
  const at = parts.findIndex(
    (part) => part.startsWith(".") || part.startsWith("~$") || NOISE.has(part.toLowerCase()),
  );
  return at === -1 ? undefined : parts.slice(0, at + 1).join("/");
}

/** True for a file that is opened at all. */
export function isCandidate(path: string): boolean {
  return ending(path) in MAX_BYTES && !/\.d\.ts$/i.test(path);
}

/** Numbers inside names count as numbers: `student 2` comes before `student 10`. */
export const compare = new Intl.Collator("en", { numeric: true }).compare;
