/**
 * Which exercise a `.ts` file answers: by what its first lines say, by its place, by its name.
 */

import type { Listed } from "./submission.ts";

export type Identified = { readonly id: string } | { readonly unknown: string } | undefined;

/** `// exercise: 16.1` within the first five lines. */
const DECLARATION = /^\s*(?:\/\/|\/\*+|\*)\s*exercise\s*:?\s*([\w.-]*\w)/im;
/** What browsers, file managers and learning platforms append to a second copy. */
const COPY = /(?:\s*\(\d+\)|\s*-\s*copy|\s+copy|-\d+)$/i;

/**
 * @param path With `/`; the last folder counts, whatever is above it does not.
 * @returns `unknown` if the file names an exercise that the course does not have; undefined if nothing says which it is.
 */
export function identify(path: string, code: string, course: readonly Listed[]): Identified {
  const declared = DECLARATION.exec(code.split("\n", 5).join("\n"))?.[1];
  if (declared !== undefined) {
    const found = course.find(({ id }) => id === declared);
    return found ? { id: found.id } : { unknown: declared };
  }
  const found = byPlace(path, course) ?? byName(path, course) ?? byNumber(path, course);
  return found && { id: found.id };
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
  return name.replace(COPY, "");
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
