/** What has been checked, over the end of a kernel. */

import type { AnyExercise } from "../exercise.ts";
import type { ExerciseResult } from "../grading/result.ts";
import type { Entries, Entry } from "./entry.ts";
import { changeProgress, readProgress } from "./file.ts";
import { memoryFolder } from "./place.ts";
import { exerciseVersion } from "./version.ts";

/** What this kernel knows, and what could not be written. */
let unwritten: Entries = {};
/** What has been said: once is enough. */
const said = new Set<string>();

/** What is remembered of all exercises; `note` says what is in the way, if anything is. */
export function recall(): { readonly entries: Entries; readonly note?: string } {
  const folder = memoryFolder();
  if (folder === undefined) return { entries: unwritten };
  const { entries, unreadable } = readProgress(folder);
  return {
    entries: { ...entries, ...unwritten },
    ...(unreadable !== undefined && {
      note: `progress/progress.json cannot be read (${unreadable}); the next check puts it aside and begins a new one`,
    }),
  };
}

/**
 * Remembers the result of a check. An untouched stub tells nothing, and changes nothing.
 *
 * @returns What a learner should know about it, once.
 */
export function remember(
  exercise: AnyExercise,
  { status, points, maxPoints }: ExerciseResult,
): string | undefined {
  if (status === "unsolved") return undefined;
  const at = new Date().toISOString();
  return change(exercise.id, (before) => {
    const passed = before?.passed ?? (status === "passed" ? at : undefined);
    return {
      points,
      maxPoints,
      at,
      version: exerciseVersion(exercise),
      ...(passed !== undefined && { passed }),
      failures: (before?.failures ?? 0) + (status === "passed" ? 0 : 1),
    };
  });
}

/** The exercise was put back: it has no points now. That it was passed, and how often it failed, stays. */
export function rememberPutBack({ id }: AnyExercise): string | undefined {
  return change(
    id,
    (before) => before && { ...before, points: 0, putBack: true, at: new Date().toISOString() },
  );
}

function change(id: string, next: (before: Entry | undefined) => Entry | undefined): string | undefined {
  const withNext = (entries: Entries): Entries => {
    const entry = next(entries[id]);
    return entry === undefined ? entries : { ...entries, [id]: entry };
  };
  const folder = memoryFolder();
  try {
    if (folder === undefined) {
      unwritten = withNext(unwritten);
      return undefined;
    }
    const aside = changeProgress(folder, (entries) => withNext({ ...entries, ...unwritten }));
    unwritten = {};
    return aside && `What the course remembered could not be read. It was put aside as ${aside}.`;
  } catch (error) {
    const entry = next(recall().entries[id]);
    if (entry !== undefined) unwritten = { ...unwritten, [id]: entry };
    return once(
      `What you pass is remembered only until the kernel ends: ${folder} cannot be written (${(error as Error).message}).`,
    );
  }
}

function once(text: string): string | undefined {
  if (said.has(text)) return undefined;
  said.add(text);
  return text;
}
