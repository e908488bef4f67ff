/** Classroom 50's `result.json` (classroom50/result/v1), as its runner reads it from where an autograder ran. Its points are whole. */

import { ExportError, type SubmissionExport } from "../export.ts";
import { accountOf, checkVerdict, scoredIn, waitingIn, waitingText, whyNothing } from "./words.ts";

/** Set by its runner, and looked at again when results are collected. */
const NEEDED = ["CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL"] as const;

export const classroom50: SubmissionExport = {
  kind: "submission",
  name: "classroom50",
  description: "Classroom 50's result.json, where its runner has set CLASSROOM, ASSIGNMENT …",
  ending: ".json",
  write(result, mark, { environment }) {
    checkVerdict(result, "classroom50");
    const set = (name: string) => environment[name] ?? "";
    const missing = [...NEEDED, ...(set("OWNER") || set("USERNAME") ? [] : ["OWNER"])].filter(
      (name) => set(name) === "",
    );
    if (missing.length > 0)
      throw new ExportError(
        `classroom50: expected the variables that Classroom 50's runner sets; there is no ${missing.join(", no ")}. Run it from its autograder.py, or set them`,
      );
    if (accountOf(mark).length > 0)
      throw new ExportError(
        `classroom50: ${result.submission} has a mark by the rules of the course's file, which whole points of checks cannot tell. Grade without --course: Classroom 50 marks late work itself`,
      );
    const tests = scoredIn(result, mark).map(({ name, passed, points, maxPoints, text }) => {
      if (!Number.isInteger(points))
        throw new ExportError(
          `classroom50: ${result.submission}: expected whole points; got ${points} for "${name}". Classroom 50 has no others: give whole ones`,
        );
      return {
        "test-name": name,
        passed,
        score: points,
        "max-score": maxPoints,
        ...(text !== "" && { output: text }),
      };
    });
    const waiting = waitingIn(result).map((text) => ({
      "test-name": `${text.exercise} text, which waits for a person`,
      passed: false,
      score: 0,
      "max-score": 0,
      output: waitingText(text),
    }));
    const now = `${new Date().toISOString().slice(0, 19)}Z`;
    const type = set("ASSIGNMENT_TYPE") || "individual";
    const file = {
      schema: "classroom50/result/v1",
      classroom: set("CLASSROOM"),
      assignment: set("ASSIGNMENT"),
      assignment_type: type,
      owner: set("OWNER") || set("USERNAME"),
      submission: set("SUBMISSION_TAG"),
      commit: set("COMMIT_URL"),
      release: set("RELEASE_URL"),
      review: set("REVIEW_URL") || set("COMMIT_URL"),
      // The runner puts the commit's own time here.
      datetime: now,
      graded_at: now,
      score: tests.reduce((sum, { score }) => sum + score, 0),
      "max-score": tests.reduce((sum, one) => sum + one["max-score"], 0),
      tests: [...tests, ...waiting],
    };
    const why = whyNothing(result);
    return {
      content: `${JSON.stringify(file, undefined, 2)}\n`,
      notes: why === undefined ? [] : [`${result.submission}: ${why}`],
    };
  },
};
