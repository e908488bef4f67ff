/**
 * How much is read. Generous for work done by hand, small enough that no archive can fill the memory or the night.
 */

import { Unreadable } from "./submission.ts";

const KB = 1024;
const MB = 1024 * KB;

/** Largest file that is read into memory, by ending; other files are never opened. */
export const MAX_BYTES: { readonly [ending: string]: number } = {
  ".ts": 256 * KB,
  ".ipynb": 32 * MB,
  ".zip": 64 * MB,
  ".safetensors": 128 * KB,
};
/** Of an archive on disk, which is read piece by piece. */
export const MAX_ARCHIVE_BYTES = 16 * 1024 * MB;
/** Of a folder or an archive, installed packages and other noise included. */
export const MAX_ENTRIES = 2_000_000;
/** Of those, files that somebody handed in. */
export const MAX_FILES = 300_000;
/** Of a path inside an archive, in characters; a zip could hold 65,535. */
export const MAX_PATH = 1024;
/** Unpacked over packed, for entries above 1 MB. Text reaches about 20, deflate at most 1032. */
export const MAX_RATIO = 200;
/** Archives inside what one person handed in. */
export const MAX_ARCHIVE_DEPTH = 2;
export const MAX_FOLDER_DEPTH = 16;
/** Submissions of one run. */
export const MAX_PEOPLE = 10_000;

/** Of one person, across all that lies in what she handed in. */
export const PERSON = {
  bytes: 128 * MB,
  text: 4 * MB,
  beside: MB,
  archives: 32,
  files: 5000,
  // Kept as they are until they are graded: a few attempts of a few people, one of each of ten thousand.
  flows: MB,
};
/** Of all people of a path together: each may use an equal share of it, up to what one person may. */
export const EVERYBODY = {
  bytes: 64 * 1024 * MB,
  text: 256 * MB,
  beside: 32 * MB,
  archives: 100_000,
  files: 500_000,
  flows: 1280 * MB,
};

/** Of what is said about one person's files. */
export const MAX_NOTES = 20;
export const MAX_NOTE = 400;
export const MAX_LISTED = 100;
export const MAX_LISTED_PATH = 240;

/** Of a notebook's JSON without outputs: containers and values cost many times the bytes that they are written with. */
export const MAX_JSON = { containers: 100_000, values: 500_000 };

/** Of a platform's own list of names. */
export const MAX_METADATA_BYTES = 8 * MB;

export function ending(path: string): string {
  return /\.[a-z]+$/i.exec(path)?.[0].toLowerCase() ?? "";
}

/** @throws Unreadable if a file of this name may not be so long. */
export function checkSize(path: string, bytes: number, most = MAX_BYTES[ending(path)] ?? 0): void {
  if (bytes > most) {
    throw new Unreadable(`${path} has ${sizeText(bytes)}; at most ${sizeText(most)} are read`);
  }
}

export function sizeText(bytes: number): string {
  if (bytes >= 1024 * MB) return `${(bytes / (1024 * MB)).toFixed(1)} GB`;
  return bytes >= MB ? `${(bytes / MB).toFixed(1)} MB` : `${Math.ceil(bytes / KB)} kB`;
}
