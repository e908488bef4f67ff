/** PrairieLearn's results of an external grader: a share of the points, and at most 1 MB. */

import type { SubmissionResult } from "../../grading/result.ts";
import { divide, toNumber } from "../../marks/fraction.ts";
import type { Mark } from "../../marks/mark.ts";
import { printable } from "../../report/printable.ts";
import { ExportError, type SubmissionExport } from "../export.ts";
import { accountOf, scoredIn, waitingIn, waitingText, whyNothing, whyNoVerdict } from "./words.ts";

const MOST_BYTES = 1024 * 1024;
/** Of one text, in characters, if all together would be too long. */
const SHORT = 1000;

export const prairielearn: SubmissionExport = {
  kind: "submission",
  name: "prairielearn",
  description: "PrairieLearn's results.json",
  ending: ".json",
  write(result, mark) {
    const content = textOf(result, mark, Number.POSITIVE_INFINITY);
    if (Buffer.byteLength(content) <= MOST_BYTES) return { content, notes: [] };
    const short = textOf(result, mark, SHORT);
    if (Buffer.byteLength(short) > MOST_BYTES)
      throw new ExportError(
        `prairielearn: ${result.submission}: expected at most ${MOST_BYTES} bytes; got ${Buffer.byteLength(short)}. Grade fewer exercises at a time, by --exercise`,
      );
    return {
      content: short,
      notes: [`${result.submission}: texts were cut, so that PrairieLearn takes them`],
    };
  },
};

function textOf(result: SubmissionResult, mark: Mark | undefined, most: number): string {
  const cut = (text: string) => printable(text.length > most ? `${text.slice(0, most)} …` : text);
  return `${JSON.stringify(fileOf(result, mark, cut), undefined, 2)}\n`;
}

function fileOf(result: SubmissionResult, mark: Mark | undefined, cut: (text: string) => string) {
  const why = whyNoVerdict(result) ?? whyNothing(result);
  // Counts as no attempt: nothing was found out about the answer.
  if (why !== undefined) return { gradable: false, score: 0, message: cut(why), output: "", tests: [] };
  const scored = scoredIn(result, mark);
  const most = scored.reduce((sum, { maxPoints }) => sum + maxPoints, 0);
  const points = scored.reduce((sum, one) => sum + one.points, 0);
  const account = accountOf(mark);
  const share =
    mark && account.length > 0 && mark.maxFinal.over > 0n ? divide(mark.final, mark.maxFinal) : undefined;
  const tests = scored.map(({ name, points, maxPoints, text }) => ({
    name: cut(name),
    description: "",
    points,
    max_points: maxPoints,
    message: cut(text),
    output: "",
  }));
  const waiting = waitingIn(result).map((text) => ({
    name: `${text.exercise} text, which waits for a person`,
    description: "",
    points: 0,
    max_points: 0,
    message: waitingText(text),
    output: "",
  }));
  const printed = result.exercises.flatMap(({ exercise, output }) =>
    output ? [`${exercise}:\n${output}`] : [],
  );
  return {
    gradable: true,
    score: share ? toNumber(share) : most === 0 ? 0 : points / most,
    message: cut([...(result.notes ?? []), ...account].join("\n")),
    output: cut(printed.join("\n")),
    tests: [...tests, ...waiting],
  };
}
