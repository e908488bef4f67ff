/**
 * One person's work or a class, where no platform has named the files: by what stands at the top, and, where all of it is loose
 * files, by what they answer.
 */

import { fileName, keysOf, personIn } from "../answers/file-name.ts";
import { isCandidate } from "../files/tree.ts";
import { cut, type Layout, type View } from "../layouts/layout.ts";
import { isCourseCopy, isCourseFolder, onePerson, ownFolder } from "../layouts/own-folder.ts";
import { files, folders } from "../layouts/plain.ts";
import type { Listed } from "../submission.ts";

/** Several layouts are possible, and they give points to different people. */
export interface Doubt {
  readonly why: string;
  readonly layouts: readonly Layout[];
}

/** @param look Reads a loose file. */
export async function plainLayout(
  view: View,
  course: readonly Listed[],
  look: Look,
): Promise<Layout | Doubt> {
  const candidates = view.paths.filter(isCandidate);
  const loose = candidates.filter((path) => !path.includes("/"));
  const archives = loose.filter((path) => /\.zip$/i.test(path));
  const texts = loose.filter((path) => !/\.zip$/i.test(path));
  const inFolders = candidates.filter((path) => path.includes("/"));
  const own = isCourseCopy(view, course);
  const peoples = new Set([
    ...inFolders.filter((path) => mayBeWork(path, course)).map((path) => cut(path)[0]),
    ...archives,
  ]);
  if (own) for (const folder of [...peoples]) if (isCourseFolder(folder, course)) peoples.delete(folder);
  if (own && peoples.size < 2) return ownFolder;
  if (texts.length === 0) {
    if (inFolders.length === 0 && archives.length === 0)
      return new Set(view.folders.map((folder) => cut(folder)[0])).size > 1 ? folders(course) : onePerson;
    return folders(course);
  }
  if (peoples.size >= 2) return folders(course);
  if (peoples.size === 1) return oneBeside([...peoples][0] as string, texts, inFolders, course, look);
  return looseFiles(texts, course, look);
}

/** A file that says by its name that it is course work; also every notebook and archive. */
function mayBeWork(path: string, course: readonly Listed[]): boolean {
  return !/\.ts$/i.test(path) || keysOf(path, course).length > 0;
}

/** The exercises that a loose file is for, and whether it answers any. */
export interface LooseFile {
  readonly exercises: readonly string[];
  readonly answered: boolean;
}

type Look = (path: string) => Promise<LooseFile>;

/** One folder or archive beside loose files: somebody's backup, or one of two people, or one person beside what was handed out. */
async function oneBeside(
  other: string,
  texts: readonly string[],
  inFolders: readonly string[],
  course: readonly Listed[],
  look: Look,
): Promise<Layout | Doubt> {
  const keys = (paths: readonly string[]) => new Set(paths.flatMap((path) => keysOf(path, course)));
  const theirs = keys(inFolders.filter((path) => cut(path)[0] === other));
  const shared = [...keys(texts)].some((key) => theirs.has(key));
  if (!shared && !/\.zip$/i.test(other)) return onePerson;
  const answered = await Promise.all(texts.map(async (path) => (await look(path)).answered));
  if (texts.every((path, i) => fileName(path, course).own && !answered[i])) return folders(course);
  return {
    why: `${other} and the files beside it may be one person's or two people's`,
    layouts: [onePerson, folders(course)],
  };
}

async function looseFiles(
  texts: readonly string[],
  course: readonly Listed[],
  look: Look,
): Promise<Layout | Doubt> {
  const read = await Promise.all(
    texts.map(async (path) => {
      const name = fileName(path, course);
      const { exercises, answered } = await look(path);
      const meant = name.exercise?.id ?? name.chapter;
      // What may be several exercises is the one that its code answers.
      const key = meant ?? (name.among && exercises[0]);
      const maybe = exercises.length > 0 ? [] : (name.among ?? []).map(({ id }) => id);
      const keys = [...exercises, ...(meant === undefined ? maybe : [meant])];
      return { path, person: name.person, copy: name.copy, answered, key, keys };
    }),
  );
  const doubt = (why: string): Doubt => ({ why, layouts: [onePerson, files(course)] });
  const unnamed = read.filter(({ person }) => person === "");
  // A script with some other name that is for no exercise is somebody's helper or note; a notebook never is.
  const named = read.filter(
    (file) => file.person !== "" && (file.keys.length > 0 || /\.ipynb$/i.test(file.path)),
  );
  const people = new Set(named.map(({ person }) => person.toLowerCase()));
  const strays = read.length - unnamed.length - named.length;
  const twice = findRepeated(unnamed);
  if (people.size > 1) return files(course);
  if (people.size === 1 && unnamed.length === 0)
    return strays === 0 ? onePerson : doubt("the files may be one person's or several people's");
  if (people.size === 1) {
    const theirs = new Set(named.flatMap(({ keys }) => keys));
    if (unnamed.some(({ keys }) => keys.some((key) => theirs.has(key)))) return files(course);
    return doubt(`${named[0]?.path} and the other files may be one person's or two people's`);
  }
  if (twice) return doubt(`${twice.join(", ")} may be one person's copies or several people's`);
  if (unnamed.length === 0) return strays > 1 ? files(course) : onePerson;
  return strays > 1 && strays > unnamed.length
    ? doubt("the files may be one person's or several people's")
    : onePerson;
}

/** Files of one name, told apart only by a copy's number. */
function findRepeated(
  files: readonly { path: string; key: string | undefined; copy: number }[],
): string[] | undefined {
  for (const { key } of files) {
    const same = files.filter((file) => key !== undefined && file.key === key);
    if (same.length > 1 && same.some(({ copy }) => copy > 0)) return same.map(({ path }) => path).slice(0, 4);
  }
  return undefined;
}

/** The same exercise or notebook lies under two names that are neither the course's nor a version's. */
export function isCrowd(inside: readonly string[], course: readonly Listed[]): boolean {
  const owners = new Map<string, Set<string>>();
  for (const path of inside) {
    const [first] = cut(path);
    const who = path.includes("/") ? personIn(first) : fileName(path, course).person;
    if (!/\p{L}/u.test(who) || (path.includes("/") && isCourseFolder(first, course))) continue;
    const named = keysOf(path, course);
    // In folders of her own one person may have a file of this name for each of several chapters.
    const keys = named.length > 1 && path.includes("/") ? [] : named;
    if (keys.length === 0 && !/\.ts$/i.test(path)) keys.push(path.slice(path.lastIndexOf(".")));
    for (const key of keys) owners.set(key, (owners.get(key) ?? new Set()).add(who));
  }
  return [...owners.values()].some((people) => people.size > 1);
}
