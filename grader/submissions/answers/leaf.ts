/** What one file answers. */

import { askedNames } from "../../exercise.ts";
import type { Budget } from "../budget.ts";
import { decodeText } from "../files/text.ts";
import type { Leaf } from "../files/tree.ts";
import { type Findings, type Listed, TooCostly } from "../submission.ts";
import { sizeOf, weight } from "../weight.ts";
import { isFlowFile, readFlowLeaf } from "./flow-file.ts";
import { identify } from "./identify.ts";
import { readNotebookBytes, readScriptText } from "./reader.ts";
import { type Hints, whichOf } from "./which.ts";

/** What reading one person's files takes: the exercises that there are, and how much may be read yet. */
export interface Reading extends Hints {
  readonly course: readonly Listed[];
  readonly budget: Budget;
}

/**
 * A `.ts` file, a notebook or a saved flow.
 *
 * @param place Its path as the person named it.
 * @param origin Its name for messages.
 * @throws Unreadable
 */
export async function readLeaf(
  leaf: Leaf,
  place: string,
  origin: string,
  reader: Reading,
): Promise<Findings> {
  if (isFlowFile(leaf.path)) return readFlowLeaf(leaf, origin, reader);
  const bytes = await leaf.read();
  const read = /\.ipynb$/i.test(leaf.path)
    ? readNotebookBytes(bytes, origin, reader.course)
    : readScript(place, decodeText(bytes, origin), origin, reader);
  const found = await read.catch((error: unknown) => {
    if (error instanceof TooCostly) reader.budget.overrun();
    throw error;
  });
  for (const source of found.sources) reader.budget.text(weight(source), origin);
  const taken = found.sources.length > 0 || (found.strays ?? []).length > 0;
  return {
    ...found,
    files: [{ path: origin, ...(!taken && { reason: found.notes[0] ?? "holds no answer" }) }],
  };
}

async function readScript(
  path: string,
  code: string,
  origin: string,
  { course, budget, ...hints }: Reading,
): Promise<Findings> {
  const found = identify(path, code, course);
  if (found && "id" in found) {
    const exercise = course.find(({ id }) => id === found.id) as Listed;
    return answerTo(exercise, code, origin, found.note);
  }
  if (found && "unknown" in found)
    return {
      sources: [],
      notes: [`${origin} says that it is exercise ${found.unknown}, which this course does not have`],
    };
  const which = found && (await whichOf(found.among, { place: path, code, origin }, hints));
  if (which && "exercise" in which) return answerTo(which.exercise, code, origin, which.note);
  if (/^\s*\/\/ %%/m.test(code.slice(0, 4096)))
    return { sources: [], notes: [`${origin} is the source of a notebook, not an answer`] };
  if (!budget.beside(sizeOf(code)))
    return { sources: [], notes: [`${origin} is no exercise of this course and was not kept`] };
  return { sources: [], notes: [], strays: [{ code, origin, ...which }] };
}

async function answerTo(
  exercise: Listed,
  code: string,
  origin: string,
  note: string | undefined,
): Promise<Findings> {
  const { answered, imports } = await readScriptText(code, origin, askedNames(exercise));
  const notes = note === undefined ? [] : [note];
  return { sources: [{ exerciseId: exercise.id, code, origin, answered }], notes, imports };
}
