/** The columns of nbgrader's own export of grades, so that programs that read it read this. */

import { add, fractionText } from "../../marks/fraction.ts";
import { type Mark, stateOf } from "../../marks/mark.ts";
import { plural } from "../../plural.ts";
import type { GradedRun } from "../../record/read.ts";
import { writeCell } from "../../tables/cells.ts";
import { asText } from "../../tables/formulas.ts";
import type { ClassExport, ExportOptions } from "../export.ts";

const COLUMNS = [
  ...["assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"],
  ...["raw_score", "late_submission_penalty", "score", "max_score"],
];

export const nbgrader: ClassExport = {
  kind: "class",
  name: "nbgrader",
  description: "a CSV with the columns of nbgrader export",
  write({ marks }, options, run) {
    const notes: string[] = [];
    const rows = marks.map((mark) => rowOf(mark, options, run, notes));
    const absent = marks.filter((mark) => stateOf(mark) === "nothing handed in").length;
    if (absent > 0)
      notes.push(`0 for who handed in nothing, as nbgrader itself gives: ${plural(absent, "learner")}`);
    const lines = [COLUMNS, ...rows].map((row) => row.map((cell) => writeCell(cell)).join(","));
    return { content: `${lines.join("\n")}\n`, notes };
  },
};

/** Unlike nbgrader's own, a mark that is not certain yet is empty, and no zero. */
function rowOf(
  mark: Mark,
  { assignment, provisional }: ExportOptions,
  run: GradedRun,
  notes: string[],
): string[] {
  const { learner, submissions, final, penalty, maxFinal, open } = mark;
  const state = stateOf(mark);
  const times = submissions.flatMap((index) => run.summaries[index]?.sender?.at ?? []);
  const [last, first] = namesOf(mark);
  const id = learner.id ?? learner.login ?? learner.email ?? learner.canvas ?? learner.moodle ?? learner.name;
  const who = [assignment, "", times.toSorted().at(-1) ?? "", id, last, first, learner.email ?? ""].map(
    asText,
  );
  const isShown = provisional && submissions.length > 0;
  if (state === "open")
    notes.push(`${isShown ? "so far" : "no"} mark for ${learner.name}: ${open.join("; ")}`);
  if (state === "nothing handed in") return [...who, "0", "0", fractionText(final), fractionText(maxFinal)];
  if (state === "open" && !isShown) return [...who, "", "", "", fractionText(maxFinal)];
  return [...who, ...[add(final, penalty), penalty, final, maxFinal].map((value) => fractionText(value))];
}

/** The last word is the last name, where nothing says which it is. */
function namesOf({ learner: { name, first, last } }: Mark): [string, string] {
  if (last !== undefined) return [last, first ?? ""];
  const words = name.split(" ");
  return [words.at(-1) ?? "", words.slice(0, -1).join(" ")];
}
