/** An answer that is a saved flow, in the notebook: the file beside it, looked at and read as the grader does. */

import { readFileSync, statSync } from "node:fs";
import { notebookHost } from "flowlab/notebook";
import type { AnyExercise, FileAnswer } from "../exercise.ts";
import { gradeExercise } from "../grading/grade-exercise.ts";
import type { ExerciseResult } from "../grading/result.ts";
import { LearnerError } from "../grading/session.ts";
import { UNSOLVED_MESSAGE } from "../harness/unsolved.ts";
import { atWork } from "./at-work.ts";
import { limitInNotebook } from "./notebook-limits.ts";
import type { FlowFile } from "./sandboxed.ts";
import { isBroken, savedFlowSession, tooLarge } from "./saved-flow.ts";

/** Jupyter starts a kernel in the notebook's folder: there the learner's code saves, and here it is looked for. */
export async function checkFileInNotebook(
  exercise: AnyExercise & { readonly file: FileAnswer },
  makers: Readonly<Record<string, unknown>>,
  { seed }: { readonly seed: string },
): Promise<ExerciseResult> {
  const { id, checks, file } = exercise;
  const step = (i: number) => `Checking ${id}: ${i + 1} of ${checks.length}`;
  const work = atWork(step(0));
  const limits = limitInNotebook(id, notebookHost());
  let done = 0;
  try {
    return await gradeExercise(
      exercise,
      async () => {
        const found = fileHere(file, makers);
        try {
          return work.watch(await savedFlowSession(exercise, found, limits));
        } catch (error) {
          if (!(error instanceof LearnerError) || !isBroken(found.bytes)) throw error;
          const call = `check.train("${id}", { ${Object.keys(file.makers).join(", ")} }, { again: true })`;
          throw new LearnerError("load", `${error.message}. To train again without a change: await ${call}`);
        }
      },
      { seed, onCheck: () => work.now(step(Math.min(++done, checks.length - 1))) },
    );
  } finally {
    work.done();
    limits?.done();
  }
}

/** Whether a stub is still in a function's place. */
export const isStub = (maker: unknown): boolean =>
  typeof maker !== "function" || String(maker).includes(UNSOLVED_MESSAGE);

function fileHere({ name, mostBytes }: FileAnswer, makers: Readonly<Record<string, unknown>>): FlowFile {
  const about = statSync(name, { throwIfNoEntry: false });
  const refuse = (why: string): never => {
    throw new LearnerError("load", why);
  };
  if (!about) {
    if (Object.values(makers).some(isStub)) throw new LearnerError("unsolved", UNSOLVED_MESSAGE);
    throw new LearnerError(
      "missing",
      `there is no ${name} beside this notebook: run the cell that trains; it has to end with saveFlow(model, ${JSON.stringify(name)})`,
    );
  }
  if (!about.isFile())
    refuse(`${name} is a folder, or something else that is no file: move it away, and save again`);
  if (about.size > mostBytes) refuse(tooLarge(name, about.size, mostBytes));
  try {
    return { name, bytes: readFileSync(name) };
  } catch (error) {
    return refuse(`${name} cannot be read: ${(error as Error).message}`);
  }
}
