/**
 * Which exercise a `.ts` file answers: by its place and name, or by a line that says so.
 */

import type { Listed } from "../submission.ts";
import { chapterOf, fileName } from "./file-name.ts";

export type Identified =
  | { readonly id: string; readonly note?: string }
  | { readonly among: readonly Listed[] }
  | { readonly unknown: string }
  | undefined;

/** A comment that says nothing else; one that only mentions an exercise declares nothing. */
const DECLARATION = /^[ \t]*(?:\/\/|\/\*+|\*)[ \t]*exercise[ \t]*:?[ \t]*([\w.-]*\w)[ \t]*(?:\*\/)?[ \t]*$/im;
/** The first two lines of a file that was handed out. */
const HEADER = /^\s*\/\/ Exercise ([\w.-]*\w): .*\n\/\/ Check it with: /;
/** No more of a line is searched: a line of blanks as long as the file would take minutes. */
const MAX_LINE = 200;

/**
 * @param path With `/`; the last folder counts, whatever is above it does not.
 * @returns `among` if the name stands in several chapters and nothing else says which is meant; `unknown` if the file names an exercise that the course does not have; undefined if nothing says which it is.
 */
export function identify(path: string, code: string, course: readonly Listed[]): Identified {
  const head = code
    .split("\n", 5)
    .map((line) => line.slice(0, MAX_LINE))
    .join("\n");
  const declared = DECLARATION.exec(head)?.[1];
  const handedOut = HEADER.exec(head)?.[1];
  const knownId = (id: string | undefined) => course.find((exercise) => exercise.id === id)?.id;
  const { exercise, among } = fileName(path, course);
  const named = exercise?.id;
  if (named !== undefined) {
    const other = knownId(declared);
    if (other === undefined || other === named) return { id: named };
    return {
      id: named,
      note: `${path} says that it is exercise ${other}, but is named as ${named}, and was taken for that`,
    };
  }
  const said = knownId(declared) ?? knownId(handedOut);
  if (said !== undefined) return { id: said };
  if (declared !== undefined && /\d/.test(declared)) return { unknown: declared };
  return among && { among };
}

export function isChapter(name: string, course: readonly Listed[]): boolean {
  const wanted = name.toLowerCase();
  return course.some((exercise) => chapterOf(exercise).toLowerCase() === wanted);
}
