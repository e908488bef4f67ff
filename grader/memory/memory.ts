/** Entries that outlive a kernel where they can be written, and last as long as it where they cannot. */

import { changeEntries, type Entries, type Form, readEntries } from "./file.ts";
import { memoryFolder } from "./place.ts";

export interface Memory<E> {
  /** All that is remembered; `note` says what is in the way, if anything is. */
  recall(): { readonly entries: Entries<E>; readonly note?: string };
  /**
   * @param next Gives the entry as it should be; undefined for none.
   * @returns What a learner should know about it, once.
   */
  change(id: string, next: (before: E | undefined) => E | undefined): string | undefined;
}

/**
 * @param what It is that will be lost if it cannot be written: "What you pass".
 * @param again What writes the file anew where it cannot be read: "the next check".
 */
export function createMemory<E>(form: Form<E>, what: string, again: string): Memory<E> {
  /** What this kernel knows, and what could not be written; undefined for what is to be forgotten. */
  let unwritten: Readonly<Record<string, E | undefined>> = {};
  /** What has been said: once is enough. */
  const said = new Set<string>();

  const withUnwritten = (entries: Entries<E>): Entries<E> => {
    const all = Object.entries({ ...entries, ...unwritten });
    return Object.fromEntries(all.filter((pair): pair is [string, E] => pair[1] !== undefined));
  };
  const recall = () => {
    const folder = memoryFolder();
    const { entries, unreadable } = folder === undefined ? { entries: {} } : readEntries(folder, form);
    return {
      entries: withUnwritten(entries),
      ...(unreadable !== undefined && {
        note: `progress/${form.file} cannot be read (${unreadable}); ${again} puts it aside and begins a new one`,
      }),
    };
  };
  const change: Memory<E>["change"] = (id, next) => {
    const folder = memoryFolder();
    const keepHere = () => {
      unwritten = { ...unwritten, [id]: next(recall().entries[id]) };
    };
    if (folder === undefined) return void keepHere();
    try {
      const aside = changeEntries(folder, form, (entries) => {
        const { [id]: before, ...others } = withUnwritten(entries);
        const entry = next(before);
        return entry === undefined ? others : { ...withUnwritten(entries), [id]: entry };
      });
      unwritten = {};
      return aside && `What the course remembered could not be read. It was put aside as ${aside}.`;
    } catch (error) {
      keepHere();
      const text = `${what} is remembered only until the kernel ends: ${folder} cannot be written (${(error as Error).message}).`;
      if (said.has(text)) return undefined;
      said.add(text);
      return text;
    }
  };
  return { recall, change };
}
