/** Everybody's marks as a table of our own: a row for each learner, a column for each exercise. */

import { fractionText } from "../../marks/fraction.ts";
import { type Mark, stateOf } from "../../marks/mark.ts";
import { writeCell } from "../../tables/cells.ts";
import { asText } from "../../tables/formulas.ts";
import type { ClassExport } from "../export.ts";

const COLUMNS = [
  ...["name", "id", "login", "email", "group", "section"],
  ...["state", "points", "of", "mark", "mark_of", "note"],
];

export const csv: ClassExport = {
  kind: "class",
  name: "csv",
  description: "a table of our own: everybody's points, mark and exercises",
  write({ marks, exercises, strays }, { provisional }) {
    const rows = marks.map((mark) => [...rowOf(mark, provisional), ...pointsOf(mark, exercises)]);
    const nobody = strays.map(({ name, why }) => [
      name,
      ...Array(5).fill(""),
      "nobody's",
      ...Array(4).fill(""),
      why,
    ]);
    const head = [...COLUMNS, ...exercises.map(asText)];
    const lines = [head, ...rows, ...nobody].map((row) => row.map((cell) => writeCell(cell)).join(","));
    // With a mark by which spreadsheets take it as UTF-8.
    return { content: `\ufeff${lines.join("\r\n")}\r\n`, notes: [] };
  },
};

function rowOf(mark: Mark, provisional: boolean): string[] {
  const { learner, submissions, points, maxPoints, final, maxFinal, open, account } = mark;
  const { name, id, canvas, moodle, login = "", email = "", group = "", section = "" } = learner;
  const state = stateOf(mark);
  const handedIn = submissions.length > 0;
  const isShown = state === "graded" || (provisional && state === "open" && handedIn);
  const who = [name, id ?? canvas ?? moodle ?? "", login, email, group, section].map(asText);
  return [
    ...who,
    state,
    handedIn ? fractionText(points) : "",
    fractionText(maxPoints),
    isShown ? fractionText(final) : "",
    fractionText(maxFinal),
    asText([...open, ...account].join("; ")),
  ];
}

/** Nothing where there is no verdict: an answer that was not graded is no zero. */
function pointsOf({ parts }: Mark, exercises: readonly string[]): string[] {
  return exercises.map((id) => {
    const part = parts.find(({ exercise }) => exercise === id);
    return !part || part.status === "open" || part.status === "absent" ? "" : fractionText(part.points);
  });
}
