/** An exercise as it was handed out: its file in `exercises/`, and its cell in the notebook. */

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnyExercise } from "../exercise.ts";
import { stripSolution } from "./strip-solution.ts";

/** Of a stub: in its file's third line, so that it can be told whether somebody has written in it. */
export const stubDigest = (stub: string): string =>
  createHash("sha256").update(stub).digest("hex").slice(0, 12);

const FILE = /^\/\/ stub ([0-9a-f]+)\n\n([\s\S]*)$/m;

/** Whether a file of `exercises/` is what an earlier build wrote, with nothing of a learner's in it. */
export function untouchedStub(present: string): boolean {
  const [, written, stub] = FILE.exec(present) ?? [];
  return stub !== undefined && written === stubDigest(stub);
}

/** Code of a file as a notebook's cell has it: a cell exports nothing. */
export const asCell = (code: string): string => code.replace(/^export /gm, "").trim();

/**
 * The cell of an exercise as it was handed out: from its solution; in a kit, which has none, from the copy that it keeps; in another copy
 * of the course without solutions, from its file in `exercises/`, if nobody has written in that.
 *
 * @returns Undefined if neither is to be had.
 */
export function stubCell({ path }: AnyExercise, root: string): string | undefined {
  const solution = `solutions/${path}.ts`;
  if (existsSync(join(root, solution)))
    return asCell(stripSolution(readFileSync(join(root, solution), "utf8"), solution));
  const exercise = [`grader/handed-out/${path}.ts`, `exercises/${path}.ts`].find((file) =>
    existsSync(join(root, file)),
  );
  if (exercise === undefined) return undefined;
  const present = readFileSync(join(root, exercise), "utf8").replaceAll("\r\n", "\n");
  return untouchedStub(present) ? asCell(FILE.exec(present)?.[2] ?? "") : undefined;
}
