/** What a child answered: its value, or its trouble in words for a learner, with the place in her own code. */

import { LearnerError } from "../grading/session.ts";
import { SUBMISSION } from "../harness/address.ts";
import { frame } from "../harness/frame.ts";
import { type Program, withShownNames } from "../harness/program.ts";
import type { Answer } from "../harness/protocol.ts";

/** @throws LearnerError */
export function usable(answer: Answer, program: Program): unknown {
  if (answer.ok) return answer.value;
  const { trouble, message, trace } = answer;
  // What a typed array says when the kernel refuses it memory.
  if (/^RangeError: (Array buffer allocation failed|WebAssembly\.Memory)/.test(message)) {
    throw new LearnerError(
      "memory",
      `asked for more memory than an exercise may use (${message})`,
      trim(trace, program),
    );
  }
  // In the notebook another cell may have declared it.
  const alone = /^ReferenceError: .* is not defined$/.test(message)
    ? "; nothing that could be carried along declares it: put it into this cell or file"
    : "";
  throw new LearnerError(trouble, `${message}${alone}`, trim(trace, program));
}

/** Frames of a stack that are shown: an endless recursion has ten thousand. */
const MOST_FRAMES = 8;

/** The line of the learner's code that a stack begins with, and her own frames, with the file by its name. */
function trim(trace: string | undefined, { modules }: Program): string | undefined {
  const own = trace?.split("\n").filter((line) => line.includes(SUBMISSION));
  if (!own || own.length === 0) return undefined;
  const place = new RegExp(`${SUBMISSION}([^\\s:()]+):(\\d+):(\\d+)`).exec(own[0] as string);
  const module = modules.find(({ path }) => path === place?.[1]);
  const excerpt =
    module && place ? [frame(module.code, { line: Number(place[2]), column: Number(place[3]) })] : [];
  return [...excerpt, ...own.slice(0, MOST_FRAMES).map((line) => withShownNames(line).trim())].join("\n");
}
