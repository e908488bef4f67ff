/** A file of `progress/`: read, and changed under a lock, whole or not at all. */

import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { basename, join } from "node:path";
import { withLockSync } from "../files/lock.ts";
import { writeWholeSync } from "../files/write-whole.ts";

/** What one file holds: entries by the id of what they are of. */
export interface Form<E> {
  /** Its name. */
  readonly file: string;
  /** The word under which the entries stand in it. */
  readonly of: string;
  isEntry(value: unknown): value is E;
}

export type Entries<E> = { readonly [id: string]: E };

export interface Found<E> {
  readonly entries: Entries<E>;
  /** Why the file could not be read, where there is one. */
  readonly unreadable?: string;
}

export function readEntries<E>(folder: string, form: Form<E>): Found<E> {
  let text: string;
  try {
    text = readFileSync(join(folder, form.file), "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { entries: {}, ...(code !== "ENOENT" && code !== "ENOTDIR" && { unreadable: message }) };
  }
  try {
    return { entries: parseEntries(text, form) };
  } catch (error) {
    return { entries: {}, unreadable: (error as Error).message };
  }
}

/**
 * @param change Gives the entries as they should be.
 * @returns Where an unreadable file was put aside, if there was one.
 * @throws Error of the file system where the folder cannot be written.
 */
export function changeEntries<E>(
  folder: string,
  form: Form<E>,
  change: (entries: Entries<E>) => Entries<E>,
): string | undefined {
  mkdirSync(folder, { recursive: true });
  return withLockSync(join(folder, "lock"), () => {
    const { entries, unreadable } = readEntries(folder, form);
    const aside = unreadable === undefined ? undefined : putAside(folder, form.file);
    const whole = { form: FORM, [form.of]: change(entries) };
    writeWholeSync(join(folder, form.file), `${JSON.stringify(whole, null, 2)}\n`);
    return aside;
  });
}

const FORM = 1;

/** @throws SyntaxError for anything that this program has not written. */
function parseEntries<E>(text: string, { of, isEntry }: Form<E>): Entries<E> {
  const found = JSON.parse(text) as { [key: string]: unknown } | null;
  const entries = found?.[of];
  if (found?.form !== FORM || typeof entries !== "object" || entries === null || Array.isArray(entries))
    throw new SyntaxError(`expected { "form": ${FORM}, "${of}": … }`);
  for (const [id, entry] of Object.entries(entries))
    if (!isEntry(entry)) throw new SyntaxError(`what it says of ${id} is not what this course remembers`);
  return entries as Entries<E>;
}

/** What cannot be read is somebody's all the same. */
function putAside(folder: string, file: string): string {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  const name = `unreadable-${basename(file, ".json")}-${stamp}`;
  for (let attempt = 1; ; attempt++) {
    const aside = join(folder, `${name}${attempt === 1 ? "" : `-${attempt}`}.json`);
    if (existsSync(aside)) continue;
    renameSync(join(folder, file), aside);
    return aside;
  }
}
