/** What a learner has written for an exercise, as far as the kernel can know it: what the file has, and what has run. */

import { type AnyExercise, askedNames } from "../exercise.ts";
import { factsOf } from "../program/facts.ts";
import type { ExecutedCell, Host, SavedNotebook } from "../program/handed-in.ts";
import { gradeId, purposeOf } from "../program/notebook.ts";

export interface Written {
  readonly text: string;
  /** How it is known, for a person. */
  readonly from: string;
}

/**
 * Every version once, the newest first; the stub is none.
 *
 * @param course By whose ids cells are known.
 */
export function writtenTexts(
  exercise: AnyExercise,
  course: readonly { readonly id: string }[],
  host: Host | undefined,
  saved: SavedNotebook | undefined,
  stub: string,
): Written[] {
  const cells = (saved?.cells ?? []).filter((cell) => {
    const purpose = cell.type === "code" ? purposeOf(cell, course) : undefined;
    return purpose?.exercise === exercise.id && purpose.role === "answer";
  });
  const ids = new Set([`ex-${gradeId(exercise.id)}-code`, ...cells.map(({ id }) => id)]);
  const ran = (host?.executed?.cells ?? [])
    .filter(({ id, code }) => (id === undefined ? declaresAny(code, exercise) : ids.has(id)))
    .toReversed();
  const versions = [
    ...cells.map(({ text }) => ({ text, from: "as the notebook was saved" })),
    ...ran.map(({ code, at }: ExecutedCell) => ({ text: code, from: `as it ran at ${clock(at)}` })),
  ];
  const seen = new Set([stub.trim()]);
  return versions.filter(({ text }) => {
    const fresh = text.trim() !== "" && !seen.has(text.trim());
    seen.add(text.trim());
    return fresh;
  });
}

function declaresAny(code: string, exercise: AnyExercise): boolean {
  const declared = factsOf(code)?.declares;
  return declared !== undefined && askedNames(exercise).some((name) => declared.has(name));
}

const clock = (at: number): string => new Date(at).toTimeString().slice(0, 8);
