/**
 * Whose file is whose: splits a folder or an archive into submissions.
 *
 * It is *one* submission if it holds course files where the course has them: `<chapter>/<exercise>.ts` (under `exercises/` or not),
 * an exercise's own file name or a chapter's notebook at the top. A single folder at the top is looked into first. Otherwise it is
 * a *class*: each folder, archive or file at the top belongs to one person. The names that Moodle and Canvas give to downloads are
 * taken apart, so that several files of one person come together.
 */

import { inCourseLayout, isChapter } from "./identify.ts";
import type { Listed } from "./submission.ts";
import type { Leaf, Tree } from "./tree.ts";

/** Of files that hold no answer, so many are named. */
const MOST_NOTES = 3;

export interface Group extends Tree {
  /** Who, relative to the folder or archive; empty if all of it is one submission. */
  readonly name: string;
}

export function groups(tree: Tree, course: readonly Listed[]): Group[] {
  const top = descend(tree, course);
  const inside = (path: string) => path.slice(top.length);
  if (tree.leaves.some(({ path }) => isCourseFile(inside(path), course))) {
    return [{ name: top.replace(/\/$/, ""), ...tree }];
  }
  const people = new Map<string, { leaves: Leaf[]; others: string[]; notes: Tree["notes"][number][] }>();
  const of = (path: string) => {
    // What was left out may lie outside the folder that the files are in.
    const name = path.startsWith(top) ? `${top}${person(inside(path))}` : person(path);
    const found = people.get(name) ?? { leaves: [], others: [], notes: [] };
    people.set(name, found);
    return found;
  };
  for (const leaf of tree.leaves) of(leaf.path).leaves.push(leaf);
  for (const note of tree.notes) of(note.path).notes.push(note);
  for (const path of tree.others.filter((other) => inside(other).includes("/"))) {
    const { leaves, others, notes } = of(path);
    others.push(path);
    const text = `${path} is no .ts file, notebook or zip archive`;
    if (leaves.length === 0 && notes.length < MOST_NOTES) notes.push({ path, text });
  }
  return [...people].map(([name, found]) => ({ name, ...found }));
}

/** The path of the only folder at the top, and the only one in that, with a final `/`; empty if there is more beside it. */
function descend(tree: Tree, course: readonly Listed[]): string {
  let top = "";
  while (true) {
    const rest = tree.leaves.map(({ path }) => path.slice(top.length));
    if (rest.length === 0 || rest.some((path) => isCourseFile(path, course))) return top;
    const folders = new Set(
      rest.map((path) => (path.includes("/") ? path.slice(0, path.indexOf("/") + 1) : "")),
    );
    const [only] = folders;
    // A platform's folder is a person's, even when only one person handed in.
    if (folders.size !== 1 || !only || person(only) !== only.slice(0, -1)) return top;
    top += only;
  }
}

function isCourseFile(path: string, course: readonly Listed[]): boolean {
  const parts = path.replace(/^(?:exercises|notebooks|solutions)\//i, "").split("/");
  if (parts.length === 1) return inCourseLayout(path, course);
  return parts.length === 2 && isChapter(parts[0] ?? "", course);
}

/** Moodle's folder or file, `Ada Lovelace_4711_assignsubmission_file_`; Canvas's file, `lovelaceada_LATE_4711_998877_name.ts`. */
function person(path: string): string {
  const first = path.split("/", 1)[0] ?? "";
  const moodle = /^(.+?)_assignsubmission_(?:file|onlinetext)(?:_|$)/.exec(first);
  if (moodle) return moodle[1] as string;
  const canvas = /^([^_/]+)_(?:LATE_)?(\d+)_\d+_.+\.\w+$/i.exec(first);
  if (canvas && !path.includes("/")) return `${canvas[1]}_${canvas[2]}`;
  return first;
}

/** A file's name without what a platform put before it. */
export function ownName(path: string): string {
  const cut = path.lastIndexOf("/") + 1;
  const name = path
    .slice(cut)
    .replace(/^.+?_assignsubmission_file_(?=.)/, "")
    .replace(/^[^_/]+_(?:LATE_)?\d+_\d+_(?=.)/i, "");
  return path.slice(0, cut) + name;
}
