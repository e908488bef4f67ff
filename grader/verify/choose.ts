/** Which exercises `npm run verify -- …` was asked to look at. */

import type { AnyExercise } from "../exercise.ts";
import { nearNames } from "../near-names.ts";

/**
 * @param asked Ids (`16.1`), and paths as far as they are written (`01-change-of-variables/16-1-square`, `01`), in any of the folders
 *   that hold exercises or of any of their files; all exercises, if there is none.
 * @returns Each once, in the course's order.
 * @throws RangeError if one means no exercise; names those that look like it.
 */
export function chooseExercises(course: readonly AnyExercise[], asked: readonly string[]): AnyExercise[] {
  if (asked.length === 0) return [...course];
  const chosen = new Set(asked.flatMap((one) => meant(course, one)));
  return course.filter((exercise) => chosen.has(exercise));
}

function meant(course: readonly AnyExercise[], asked: string): AnyExercise[] {
  const begun = asked
    .replaceAll("\\", "/")
    .replace(/^(\.\/)?((grader\/exercises|solutions|exercises|notebooks)\/)?/, "")
    .replace(/(\.\w+)?\.(ts|ipynb)$/, "");
  const exact = course.filter(({ id, path }) => id === asked || path === begun);
  if (exact.length > 0) return exact;
  // One digit may be the beginning of ten chapters.
  const under = begun.length < 2 ? [] : course.filter(({ path }) => path.startsWith(begun));
  if (under.length > 0) return under;
  throw new RangeError(
    `verify: no exercise is called "${asked}", and no path begins so; ${advice(course, asked)}`,
  );
}

function advice(course: readonly AnyExercise[], asked: string): string {
  const names = course.flatMap(({ id, path }) => [id, path]);
  const near = new Set(nearNames(asked, names));
  const told = course.filter(({ id, path }) => near.has(id) || near.has(path));
  if (told.length > 0) return `did you mean ${told.map(({ id, path }) => `${id} (${path})`).join(", ")}?`;
  const chapters = new Set(course.map(({ path }) => path.split("/")[0]));
  return `expected an id such as ${course[0]?.id}, or a path in ${[...chapters].join(", ")}`;
}
