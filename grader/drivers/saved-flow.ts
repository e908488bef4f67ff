/** The saved flow that answers an exercise, as a session: in the sandbox for what was handed in, in this process for a learner's own. */

import { decodeSafetensors } from "flowlab";
import type { AnyExercise, FileAnswer } from "../exercise.ts";
import { LearnerError, type Session } from "../grading/session.ts";
import { UNSOLVED_MESSAGE } from "../harness/unsolved.ts";
import { sizeText } from "../submissions/limits.ts";
import type { Source } from "../submissions/submission.ts";
import { inProcessSession } from "./in-process.ts";
import type { NotebookLimits } from "./notebook-limits.ts";
import type { FlowFile } from "./sandboxed.ts";

/**
 * The file of an answer.
 *
 * @throws LearnerError if there is none, or none that can be read: `unsolved` where nothing was written either.
 */
export function flowFileOf(file: FileAnswer, { flow, answered }: Source): FlowFile {
  if (flow && "bytes" in flow) return flow;
  if (flow)
    throw new LearnerError(
      "load",
      flow.size !== undefined && flow.size > file.mostBytes
        ? `${flow.problem}. ${smaller(file.mostBytes)}, and hand in what it saves`
        : `${flow.problem}. Hand the file in anew: the code that saves it is not run in its place`,
    );
  if (answered === false) throw new LearnerError("unsolved", UNSOLVED_MESSAGE);
  throw new LearnerError(
    "missing",
    `${file.name} was not handed in: the answer is that file, and not the code that saves it. Run the cell that trains, and hand the file in beside the notebook`,
  );
}

/** Why a file of so many bytes is not read, and what makes a smaller one. */
export const tooLarge = (name: string, size: number, most: number): string =>
  `${name} has ${sizeText(size)}; at most ${sizeText(most)} are read. ${smaller(most)}`;

/** Four bytes for each weight. */
const smaller = (most: number): string =>
  `That is room for some ${(Math.floor(most / 4000) * 1000).toLocaleString("en")} weights. Give the networks fewer hidden channels (half as many have a quarter of the weights between them) or the flow fewer steps, and train that`;

/** @returns Whether the same training, run once more, could leave a file that can be read: this one is broken, and not only unfit. */
export function isBroken(bytes: Uint8Array): boolean {
  try {
    decodeSafetensors(bytes);
    return false;
  } catch {
    return true;
  }
}

/** @throws LearnerError if the bytes are no flow that can be asked. */
export async function savedFlowSession(
  { signatures, file }: Pick<AnyExercise, "signatures"> & { readonly file?: FileAnswer },
  { name, bytes }: FlowFile,
  limits?: NotebookLimits,
): Promise<Session> {
  if (!file) throw new RangeError("this exercise is answered by code, and not by a file");
  let provided: object;
  try {
    provided = file.read(bytes, name);
  } catch (error) {
    throw new LearnerError("load", (error as Error).message);
  }
  return inProcessSession({ ...provided }, signatures, limits);
}
