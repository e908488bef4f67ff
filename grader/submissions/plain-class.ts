/**
 * One person's work or a class, where no platform has named the files: by what stands at the top, and, where all of it is loose
 * files, by what they answer.
 */

import { fileName, personIn } from "./file-name.ts";
import { cut, type Layout, type View } from "./layouts/layout.ts";
import { isCourseCopy, isCourseFolder, onePerson, ownFolder } from "./layouts/own-folder.ts";
import { files, folders } from "./layouts/plain.ts";
import type { Listed } from "./submission.ts";
import { isCandidate } from "./tree.ts";

/** Several layouts are possible, and they give points to different people. */
export interface Doubt {
  readonly why: string;
  readonly layouts: readonly Layout[];
}

/**
 * @param answers The exercises that a loose file answers; an untouched one answers none.
 */
export async function plainLayout(
  view: View,
  course: readonly Listed[],
  answers: (path: string) => Promise<readonly string[]>,
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
  if (peoples.size === 1) return oneBeside([...peoples][0] as string, texts, inFolders, course);
  return looseFiles(texts, course, answers);
}

/** A file that says by its name that it is course work; also every notebook and archive. */
function mayBeWork(path: string, course: readonly Listed[]): boolean {
  return !/\.ts$/i.test(path) || fileName(path, course).exercise !== undefined;
}

/** One folder or archive beside loose files: somebody's backup, or one of two people. */
function oneBeside(
  other: string,
  texts: readonly string[],
  inFolders: readonly string[],
  course: readonly Listed[],
): Layout | Doubt {
  const keys = (paths: readonly string[]) => new Set(paths.flatMap((path) => keyOf(path, course) ?? []));
  const theirs = keys(inFolders.filter((path) => cut(path)[0] === other));
  const shared = [...keys(texts)].some((key) => theirs.has(key));
  if (!shared && !/\.zip$/i.test(other)) return onePerson;
  return {
    why: `${other} and the files beside it may be one person's or two people's`,
    layouts: [onePerson, folders(course)],
  };
}

function keyOf(path: string, course: readonly Listed[]): string | undefined {
  const { exercise, chapter } = fileName(path, course);
  return exercise?.id ?? chapter;
}

async function looseFiles(
  texts: readonly string[],
  course: readonly Listed[],
  answers: (path: string) => Promise<readonly string[]>,
): Promise<Layout | Doubt> {
  const read = await Promise.all(
    texts.map(async (path) => ({ path, ...fileName(path, course), answers: await answers(path) })),
  );
  const doubt = (why: string): Doubt => ({ why, layouts: [onePerson, files(course)] });
  const unnamed = read.filter(({ person }) => person === "");
  // A file with some other name that answers nothing is somebody's helper or note.
  const named = read.filter(
    (file) =>
      file.person !== "" && (file.answers.length > 0 || (file.exercise ?? file.chapter) !== undefined),
  );
  const people = new Set(named.map(({ person }) => person.toLowerCase()));
  const strays = read.length - unnamed.length - named.length;
  const twice = repeated(unnamed.map((file) => ({ ...file, key: file.exercise?.id ?? file.chapter })));
  if (people.size === 0) {
    if (twice) return doubt(`${twice.join(", ")} may be one person's copies or several people's`);
    return strays > 1 && strays > unnamed.length && unnamed.length > 0
      ? doubt("the files may be one person's or several people's")
      : unnamed.length === 0 && strays > 1
        ? files(course)
        : onePerson;
  }
  if (unnamed.length === 0) return people.size > 1 ? files(course) : onePerson;
  const answered = named.flatMap((file) => [file.exercise?.id ?? file.chapter ?? "", ...file.answers]);
  const both = unnamed.some((file) =>
    [file.exercise?.id ?? file.chapter ?? "", ...file.answers].some(
      (key) => key !== "" && answered.includes(key),
    ),
  );
  if (both || people.size > 1) return files(course);
  return doubt(`${named[0]?.path} and the other files may be one person's or two people's`);
}

/** Files of one name, told apart only by a copy's number. */
function repeated(
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
    const key = keyOf(path, course) ?? (/\.ts$/i.test(path) ? undefined : path.slice(path.lastIndexOf(".")));
    if (key !== undefined) owners.set(key, (owners.get(key) ?? new Set()).add(who));
  }
  return [...owners.values()].some((people) => people.size > 1);
}
