/** A run as a record once more: for whoever reviews it and has neither the gradebook nor the names. */

import type { Line } from "./lines.ts";
import type { GradedRun } from "./read.ts";

/** The text of the record, in parts. It is read, and not gone on with: it holds no code that could be graded again. */
export async function* recordText({ about, summaries, submission }: GradedRun): AsyncIterable<string> {
  const { seed, sandbox, startedAt, layouts = [], exercises = [], milliseconds, interrupted } = about;
  yield lineOf({ kind: "run", format: 1, ...{ seed, sandbox, startedAt, course: "", layouts, exercises } });
  for (const index of summaries.keys()) {
    const whole = await submission(index);
    yield lineOf({
      kind: "submission",
      index,
      submission: whole.submission,
      sources: (whole.sources ?? []).map((source) => ({ ...source, digest: "" })),
      notes: whole.notes ?? [],
      files: whole.files ?? [],
      ...(whole.problem !== undefined && { problem: whole.problem }),
    });
  }
  for (const index of summaries.keys()) {
    const whole = await submission(index);
    for (const result of whole.exercises)
      yield lineOf({ kind: "answer", index, exercise: result.exercise, milliseconds: 0, result });
  }
  yield lineOf({ kind: "end", milliseconds, ...(interrupted && { interrupted }) });
}

const lineOf = (line: Line): string => `${JSON.stringify(line)}\n`;
