/**
 * Which exercise a `.ts` file answers: by what its first lines say, by its place, by its name.
 */

import type { Listed } from "./submission.ts";

export type Identified = { readonly id: string } | { readonly unknown: string } | undefined;

/** `// exercise: 16.1` within the first five lines. */
const DECLARATION = /^[ \t]*(?:\/\/|\/\*+|\*)[ \t]*exercise[ \t]*:?[ \t]*([\w.-]*\w)/im;
/** No more of a line is searched: a line of blanks as long as the file would take minutes. */
const MAX_LINE = 200;
/** What browsers, file managers and learning platforms append to a second copy. */
const MAX_MARK = 24;
const COPY = /(?:\s*\(\d+\)|\s*-\s*copy|\s+copy|-\d+)$/i;

/**
 * @param path With `/`; the last folder counts, whatever is above it does not.
 * @returns `unknown` if the file names an exercise that the course does not have; undefined if nothing says which it is.
 */
export function identify(path: string, code: string, course: readonly Listed[]): Identified {
  const head = code.split("\n", 5).map((line) => line.slice(0, MAX_LINE));
  const declared = DECLARATION.exec(head.join("\n"))?.[1];
  const found =
    course.find(({ id }) => id === declared) ??
    byPlace(path, course) ??
    byName(path, course) ??
    byNumber(path, course);
  if (found) return { id: found.id };
  // "// Exercise on flows" declares nothing; it matters only where nothing else says which exercise this is.
  return declared === undefined ? undefined : { unknown: declared };
}

/** True where the path alone says that this is part of the course's own layout. */
export function inCourseLayout(path: string, course: readonly Listed[]): boolean {
  if (path.endsWith(".ipynb")) return isChapter(stem(path), course);
  return byPlace(path, course) !== undefined || byName(path, course) !== undefined;
}

export function isChapter(name: string, course: readonly Listed[]): boolean {
  const wanted = name.toLowerCase();
  return course.some(({ path }) => path.split("/")[0]?.toLowerCase() === wanted);
}

/** The file's name without folders, ending and the mark of a copy. */
function stem(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
  return name.slice(0, -MAX_MARK) + name.slice(-MAX_MARK).replace(COPY, "");
}

function byPlace(path: string, course: readonly Listed[]): Listed | undefined {
  const chapter = path.split("/").at(-2)?.toLowerCase();
  const whole = course.filter((exercise) => exercise.path.split("/")[0]?.toLowerCase() === chapter);
  return byName(path, whole);
}

function byName(path: string, course: readonly Listed[]): Listed | undefined {
  const full = path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
  const named = (name: string) =>
    course.filter((e) => e.path.split("/").at(-1)?.toLowerCase() === name.toLowerCase());
  const found = [named(full), named(stem(path))].find((hits) => hits.length > 0) ?? [];
  return found.length === 1 ? found[0] : undefined;
}

/** `16-1.ts`, `16_1_final.ts`, `p16.1 density.ts`: the exercise's number at the start of the name, the longest that fits. */
function byNumber(path: string, course: readonly Listed[]): Listed | undefined {
  const name = dashed(path.slice(path.lastIndexOf("/") + 1).replace(/\.ts$/i, "")).replace(
    /^(?:p|ex|exercise|problem)-?(?=\d)/,
    "",
  );
  const fits = course.filter(
    ({ id }) => name === dashed(id) || (/^\d/.test(id) && name.startsWith(`${dashed(id)}-`)),
  );
  return fits.toSorted((a, b) => b.id.length - a.id.length)[0];
}

const dashed = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
