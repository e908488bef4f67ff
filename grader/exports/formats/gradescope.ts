/** Gradescope's `results.json`, by its autograder specification. */

import { toNumber } from "../../marks/fraction.ts";
import { printable } from "../../report/printable.ts";
import type { SubmissionExport } from "../export.ts";
import { accountOf, checkVerdict, scoredIn, waitingIn, waitingText, whyNothing } from "./words.ts";

export const gradescope: SubmissionExport = {
  kind: "submission",
  name: "gradescope",
  description: "Gradescope's results.json",
  ending: ".json",
  write(result, mark) {
    checkVerdict(result, "gradescope");
    const tests = scoredIn(result, mark).map(
      ({ name, exercise, number, passed, points, maxPoints, text }) => ({
        score: points,
        max_score: maxPoints,
        status: passed ? "passed" : "failed",
        name,
        ...(number !== undefined && { number }),
        ...(text !== "" && { output: text }),
        tags: [exercise],
      }),
    );
    // Without a score it is no zero: its points are given in Gradescope, or come with the next upload.
    const waiting = waitingIn(result).map((text) => ({
      max_score: text.maxPoints,
      name: `${text.exercise} text, which waits for a person`,
      output: waitingText(text),
      tags: [text.exercise],
    }));
    const account = accountOf(mark);
    const said = [whyNothing(result), ...(result.notes ?? []), ...account].filter((one) => one !== undefined);
    const file = {
      ...(mark && account.length > 0 && { score: toNumber(mark.final) }),
      ...(tests.length === 0 && { score: 0 }),
      execution_time: Math.round(result.milliseconds / 1000),
      ...(said.length > 0 && { output: printable(said.join("\n")) }),
      output_format: "text",
      test_output_format: "text",
      test_name_format: "text",
      visibility: "visible",
      stdout_visibility: "hidden",
      extra_data: { seed: result.exercises[0]?.seed ?? "" },
      tests: [...tests, ...waiting],
    };
    return { content: `${JSON.stringify(file, undefined, 2)}\n`, notes: [] };
  },
};
