/** `await check.train("09.capstone", { trainGlow })`: runs what makes the file that answers an exercise, where that is needed. */

import { readFileSync, statSync } from "node:fs";
import { display, escapeHtml, html } from "flowlab/notebook";
import { exerciseById } from "../course.ts";
import { isStub } from "../drivers/file-in-notebook.ts";
import { isBroken, tooLarge } from "../drivers/saved-flow.ts";
import type { FileAnswer } from "../exercise.ts";
import { sizeText } from "../submissions/limits.ts";

/** The text of the function that made a file, or found it there. */
const made = new Map<string, string>();

export interface TrainOptions {
  /** Also where the file is there, and the code has not changed. */
  readonly again?: boolean;
}

/**
 * Runs the function, unless there is nothing to do: it is not written yet, or its file is there already and its code is what it was. So a
 * notebook may be run as a whole without training anew.
 *
 * @throws RangeError if the exercise is not answered by a file, or that function is not its. What the function throws is thrown on.
 */
export async function train(
  id: string,
  makers: Readonly<Record<string, unknown>>,
  { again = false }: TrainOptions = {},
): Promise<void> {
  const { file } = exerciseById(id);
  if (!file) throw new RangeError(`check.train: ${id} is answered by code, and not by a file: use check`);
  const [name = ""] = Object.keys(file.makers);
  const maker = makers?.[name];
  if (typeof maker !== "function")
    throw new RangeError(`check.train: expected the function ${name}: check.train("${id}", { ${name} })`);
  const text = String(maker);
  const before = there(file.name);
  if (isStub(maker)) return say(`○ ${name} is not written yet: there is nothing to train.`);
  const same = (made.get(file.name) ?? text) === text;
  if (before && same && !again) {
    made.set(file.name, text);
    const there = `${file.name} is there (${before.mtime.toTimeString().slice(0, 5)}, ${sizeText(before.size)})`;
    const again = `, or by check.train("${id}", { ${name} }, { again: true })`;
    const fault = faultOf(file, before.size);
    if (!fault) return say(`✓ ${there}, so ${name} was not run again. It will be if you change it${again}.`);
    const remedy = `It will be if you change it${fault.broken ? again : ""}.`;
    return say(`✗ ${there}, and cannot be scored: ${fault.text}. ${name} was not run again. ${remedy}`);
  }
  // nbgrader runs whole notebooks of a class: what was handed in counts, not what could be trained now.
  if (process.env.NBGRADER_EXECUTION === "autograde")
    return say(`○ ${file.name} was not handed in, and nothing is trained here.`);
  const began = performance.now();
  await maker();
  made.set(file.name, text);
  const after = there(file.name);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  if (!after || (before && after.mtimeMs === before.mtimeMs))
    return say(
      `✗ ${name} has ended after ${seconds} s, and saved no ${file.name}: let it end with saveFlow(model, ${JSON.stringify(file.name)}).`,
    );
  const fault = faultOf(file, after.size);
  return say(
    fault === undefined
      ? `✓ ${file.name} was saved: ${sizeText(after.size)}, after ${seconds} s.`
      : `✗ ${file.name} was saved after ${seconds} s, and cannot be scored: ${fault.text}.`,
  );
}

/** Why a file that is there will get no points, as the check and the grader will say it; broken, if the same code could mend it. */
function faultOf(
  { name, mostBytes, read }: FileAnswer,
  size: number,
): { readonly text: string; readonly broken: boolean } | undefined {
  if (size > mostBytes) return { text: tooLarge(name, size, mostBytes), broken: false };
  const bytes = readFileSync(name);
  try {
    read(bytes, name);
    return undefined;
  } catch (error) {
    return { text: (error as Error).message, broken: isBroken(bytes) };
  }
}

const there = (name: string) => {
  const about = statSync(name, { throwIfNoEntry: false });
  return about?.isFile() ? about : undefined;
};

async function say(text: string): Promise<void> {
  await display(html(`<div role="note" style="opacity:.85;font-size:.92em">${escapeHtml(text)}</div>`, text));
}
