/** Exercism's results.json of a test runner, version 3: an exercise is a task, and of what was printed 500 characters are shown. */

import type { SubmissionResult } from "../../grading/result.ts";
import { printable } from "../../report/printable.ts";
import type { SubmissionExport } from "../export.ts";
import { scoredIn, whyNothing, whyNoVerdict } from "./words.ts";

const MOST_OUTPUT = 500;
const CUT = "\n… and more was printed";

export const exercism: SubmissionExport = {
  kind: "submission",
  name: "exercism",
  description: "Exercism's results.json, version 3",
  ending: ".json",
  write(result, mark) {
    // An answer that no verdict is possible on is an error there, and no failure.
    const why = whyNoVerdict(result) ?? whyNothing(result);
    const file =
      why === undefined ? verdictOf(result, mark) : { version: 3, status: "error", message: printable(why) };
    return { content: `${JSON.stringify(file, undefined, 2)}\n`, notes: [] };
  },
};

function verdictOf(result: SubmissionResult, mark: Parameters<SubmissionExport["write"]>[1]) {
  const tasks = [...new Set(result.exercises.map(({ exercise }) => exercise))];
  const shown = new Set<string>();
  const tests = scoredIn(result, mark)
    .filter(({ number }) => number !== undefined)
    .map(({ name, exercise, passed, text }) => {
      const output = shown.has(exercise) ? "" : outputOf(result, exercise);
      shown.add(exercise);
      return {
        name,
        status: passed ? "pass" : "fail",
        message: text === "" ? null : text,
        output: output === "" ? null : output,
        test_code: "",
        task_id: tasks.indexOf(exercise) + 1,
      };
    });
  const status = tests.every((test) => test.status === "pass") ? "pass" : "fail";
  return { version: 3, status, message: null, tests };
}

/** With the first test of its exercise: what was printed is the answer's, not a test's. */
function outputOf(result: SubmissionResult, exercise: string): string {
  const output = result.exercises.find((one) => one.exercise === exercise)?.output ?? "";
  const text = printable(output).toWellFormed();
  return text.length <= MOST_OUTPUT
    ? text
    : `${text.slice(0, MOST_OUTPUT - CUT.length).toWellFormed()}${CUT}`;
}
