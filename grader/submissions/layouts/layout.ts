/** How platforms lay out what a class handed in. */

import type { Known } from "../../grading/sender.ts";
import type { Listed } from "../submission.ts";

/** A folder or an archive as a list of paths, from the top or from its only folder on. */
export interface View {
  /** Of files, with `/`; files of tools and systems are left out. */
  readonly paths: readonly string[];
  /** Of folders, also empty ones. */
  readonly folders: readonly string[];
  /** Where files of tools and systems lie: `ada/.git`. */
  readonly noise: readonly string[];
}

export interface Person {
  /** Apart for different people, even of one name. */
  readonly id: string;
  /** As the platform calls her. */
  readonly name: string;
  /** What of this is a name, a number, a login; absent where it may be any of them. */
  readonly known?: Known;
}

/** What a platform's own list tells of one submission. */
export interface Told {
  /** What it is called. */
  readonly name: string;
  /** Several where a group handed in. */
  readonly people: readonly Known[];
  readonly at?: string;
  readonly attempts?: number;
}

/** Whose a file is. */
export interface Place {
  /** Absent: nobody's. */
  readonly person?: Person;
  /** What the person named it, as far as the platform tells. */
  readonly path: string;
  /** Of several tries of one person the last counts; they are ordered as text with numbers in it. */
  readonly attempt?: string;
  /** What the attempts are counted in, where one person's files belong to several assignments. */
  readonly task?: string;
  /** Orders files of one attempt in which the later one counts. */
  readonly order?: string;
  /** Why this is not a learner's work: the platform's own, the teacher's. */
  readonly aside?: string;
  /** When it was handed in, by ISO 8601; without a zone where the platform names none. */
  readonly at?: string;
  /** The platform marks it as late. */
  readonly late?: true;
}

export interface Layout {
  /** As `--layout` takes it. */
  readonly name: string;
  /** In one line, for a person who looks whether it was seen rightly. */
  readonly description: string;
  /**
   * Looks at a whole view, then tells of each path whose it is; undefined for one that is not named as this layout names files.
   * Folders are asked too, with a final `/`: an empty one may be all that somebody handed in.
   *
   * @param course To tell a person's name from an exercise's.
   */
  see(view: View, course: readonly Listed[]): (path: string) => Place | undefined;
  /** A file of the platform's that names people: where it is, and what it tells. */
  readonly names?: {
    /** @param path */
    readonly in: (path: string) => boolean;
    /** @returns What is told of each, by the person's id. */
    readonly read: (text: string) => ReadonlyMap<string, Told>;
  };
}

/** The first part of a path, and the rest; the rest is empty for a file at the top. */
export function cut(path: string): readonly [first: string, rest: string] {
  const at = path.indexOf("/");
  return at === -1 ? [path, ""] : [path.slice(0, at), path.slice(at + 1)];
}

export const person = (id: string, name = id, known?: Known): Person => ({
  id,
  name,
  ...(known && { known }),
});
