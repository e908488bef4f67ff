/**
 * The result of a runner of GitHub Classroom, which ended in August 2026, for workflows that still use its reporter: a line of the step's
 * output, in base64.
 */

import type { SubmissionExport } from "../export.ts";
import { checkVerdict, scoredIn, waitingIn, waitingText, whyNothing } from "./words.ts";

export const githubClassroom: SubmissionExport = {
  kind: "submission",
  name: "github-classroom",
  description: "a step's output for GitHub Classroom's reporter (>> $GITHUB_OUTPUT)",
  ending: ".txt",
  write(result, mark) {
    checkVerdict(result, "github-classroom");
    const scored = scoredIn(result, mark);
    const tests = scored.map(({ name, passed, points, maxPoints, text, seconds = 0 }) => ({
      name,
      status: passed ? "pass" : "fail",
      score: points,
      max_score: maxPoints,
      message: text,
      test_code: "",
      filename: "",
      line_no: 0,
      execution_time: `${seconds}s`,
    }));
    const waiting = waitingIn(result).map((text) => ({
      name: `${text.exercise} text, which waits for a person`,
      status: "pass",
      score: 0,
      max_score: 0,
      message: waitingText(text),
      test_code: "",
      filename: "",
      line_no: 0,
      execution_time: "0s",
    }));
    const file = {
      version: 1,
      status: scored.length > 0 && scored.every(({ passed }) => passed) ? "pass" : "fail",
      max_score: scored.reduce((sum, { maxPoints }) => sum + maxPoints, 0),
      tests: [...tests, ...waiting],
    };
    const why = whyNothing(result);
    return {
      content: `result=${Buffer.from(JSON.stringify(file)).toString("base64")}\n`,
      notes: why === undefined ? [] : [`${result.submission}: ${why}`],
    };
  },
};
