/**
 * Which exercise a file answers whose name stands in several chapters: `train.ts`, out of its chapter's folder. What it declares
 * decides; else what the person who grades asked for; else the files beside it, where all of them are of one chapter.
 */

import { posix } from "node:path";
import { askedNames } from "../../exercise.ts";
import type { Listed } from "../submission.ts";
import { chapterOf, fileName } from "./file-name.ts";
import { readScriptText } from "./reader.ts";

export interface Hints {
  /** Only these exercises are asked for. */
  readonly only?: readonly string[];
  /** The chapter of the files beside one, where all that say so are of the same. */
  readonly chapterBeside?: (place: string) => string | undefined | Promise<string | undefined>;
}

export type Which =
  | { readonly exercise: Listed; readonly note?: string }
  | { readonly maybe: readonly string[]; readonly because: string };

/**
 * @param among The exercises that the name may mean.
 * @throws Unreadable if reading the code takes more than a file may.
 */
export async function whichOf(
  among: readonly Listed[],
  { place, code, origin }: { readonly place: string; readonly code: string; readonly origin: string },
  { only = [], chapterBeside }: Hints,
): Promise<Which> {
  const names = among.flatMap(askedNames);
  const { declared } = await readScriptText(code, origin, names);
  const owners = among.filter((exercise) => askedNames(exercise).some((name) => declared.includes(name)));
  const possible = owners.length > 0 ? owners : among;
  const [first, ...others] = possible;
  if (first && others.length === 0) return { exercise: first };
  const [wanted, ...more] = possible.filter(({ id }) => only.includes(id));
  if (wanted && more.length === 0) return { exercise: wanted };
  const chapter = await chapterBeside?.(place);
  const [near, ...far] = possible.filter((exercise) => chapterOf(exercise) === chapter);
  if (near && far.length === 0)
    return {
      exercise: near,
      note: `${origin} was taken for ${near.id}: the files beside it are of ${chapter}, and other chapters have a file of this name, too`,
    };
  return {
    maybe: possible.map(({ id }) => id),
    because:
      owners.length > 0
        ? `it defines functions of each (${declared.join(", ")})`
        : `it defines none of their functions (${names.join(", ")})`,
  };
}

/** For each folder of these paths, the one chapter that its files are of by their names. */
export function chaptersOfFolders(
  paths: readonly string[],
  course: readonly Listed[],
): (place: string) => string | undefined {
  const chapters = new Map<string, Set<string>>();
  for (const path of paths) {
    const { exercise, chapter = exercise && chapterOf(exercise) } = fileName(path, course);
    if (chapter === undefined) continue;
    const folder = posix.dirname(path);
    chapters.set(folder, (chapters.get(folder) ?? new Set()).add(chapter));
  }
  return (place) => {
    const [one, ...others] = chapters.get(posix.dirname(place)) ?? [];
    return others.length === 0 ? one : undefined;
  };
}
