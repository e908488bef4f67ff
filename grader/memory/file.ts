/** `progress/progress.json`: read, and changed under a lock, whole or not at all. */

import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { withLockSync } from "../files/lock.ts";
import { writeWholeSync } from "../files/write-whole.ts";
import { type Entries, entriesText, readEntries } from "./entry.ts";

const fileIn = (folder: string): string => join(folder, "progress.json");

export interface Found {
  readonly entries: Entries;
  /** Why the file could not be read, where there is one. */
  readonly unreadable?: string;
}

export function readProgress(folder: string): Found {
  let text: string;
  try {
    text = readFileSync(fileIn(folder), "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { entries: {}, ...(code !== "ENOENT" && code !== "ENOTDIR" && { unreadable: message }) };
  }
  try {
    return { entries: readEntries(text) };
  } catch (error) {
    return { entries: {}, unreadable: (error as Error).message };
  }
}

/**
 * @param change Gives the entries as they should be.
 * @returns Where an unreadable file was put aside, if there was one.
 * @throws Error of the file system where the folder cannot be written.
 */
export function changeProgress(folder: string, change: (entries: Entries) => Entries): string | undefined {
  mkdirSync(folder, { recursive: true });
  return withLockSync(join(folder, "lock"), () => {
    const { entries, unreadable } = readProgress(folder);
    const aside = unreadable === undefined ? undefined : putAside(folder);
    writeWholeSync(fileIn(folder), entriesText(change(entries)));
    return aside;
  });
}

/** What cannot be read is somebody's all the same. */
function putAside(folder: string): string {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  for (let attempt = 1; ; attempt++) {
    const aside = join(folder, `unreadable-${stamp}${attempt === 1 ? "" : `-${attempt}`}.json`);
    if (existsSync(aside)) continue;
    renameSync(fileIn(folder), aside);
    return aside;
  }
}
