/**
 * How much is read. Generous for work done by hand, small enough that no archive can fill the memory or the night.
 */

import { Unreadable } from "./submission.ts";

const KB = 1024;
const MB = 1024 * KB;

/** Largest file that is read, by ending; other files are never opened. */
export const MAX_BYTES: { readonly [ending: string]: number } = {
  ".ts": 256 * KB,
  ".ipynb": 32 * MB,
  ".zip": 256 * MB,
};
export const MAX_ENTRIES = 20_000;
/** Of a path inside an archive, in characters; a zip could hold 65,535. */
export const MAX_PATH = 1024;
/** Of all entries of an archive that are unpacked together. */
export const MAX_UNPACKED_BYTES = 1024 * MB;
/** Unpacked over packed, for entries above 1 MB. Text reaches about 20, deflate at most 1032. */
export const MAX_RATIO = 200;
/** A class as an archive of archives, as a learning platform downloads it. */
export const MAX_ARCHIVE_DEPTH = 2;
export const MAX_FOLDER_DEPTH = 12;

export function ending(path: string): string {
  return /\.[a-z]+$/i.exec(path)?.[0].toLowerCase() ?? "";
}

/** @throws Unreadable if a file of this name may not be so long. */
export function checkSize(path: string, bytes: number): void {
  const most = MAX_BYTES[ending(path)] ?? 0;
  if (bytes > most) {
    throw new Unreadable(`${path} has ${sizeText(bytes)}; at most ${sizeText(most)} are read`);
  }
}

export function sizeText(bytes: number): string {
  return bytes >= MB ? `${(bytes / MB).toFixed(1)} MB` : `${Math.ceil(bytes / KB)} kB`;
}
