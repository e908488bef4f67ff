/** Submissions × exercises as a table for a terminal, aligned for names of any script. */

import stringWidth from "string-width";
import type { AboutRun } from "../../grading/result.ts";
import type { SubmissionSummary } from "../../record/summary.ts";
import { exerciseColumns, handText, marksText, namesIn, pointsText, STATUS } from "../points.ts";
import { printableLine } from "../printable.ts";
import { shortNames } from "../short-names.ts";
import type { Paint } from "./paint.ts";

export interface TableOptions {
  /** In columns. */
  readonly width: number;
  /** Exercise ids in the course's order. */
  readonly order?: readonly string[];
}

interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

export function table(
  about: Pick<AboutRun, "exercises">,
  submissions: readonly SubmissionSummary[],
  paint: Paint,
  { width, order }: TableOptions,
): string {
  const ids = exerciseColumns(about, submissions, order);
  const whole = namesIn(submissions).map(printableLine);
  const columns = ids.map((id) => ({
    head: printableLine(id),
    cells: submissions.map((s) => exerciseCell(s, id, paint)),
  }));
  columns.push({ head: "total", cells: submissions.map((s) => totalCell(s, paint)) });
  if (submissions.some(({ marks }) => marks))
    columns.push({ head: "mark", cells: submissions.map(({ marks }) => ({ text: marksText(marks) })) });
  const nameWidth = widthOfNames(whole, columns, width);
  const names = shortNames(whole, nameWidth);
  const named = { head: "submission", cells: names.map((text) => ({ text })) };
  return blocks(columns, width - nameWidth)
    .map((block) => draw([named, ...block], nameWidth, paint))
    .join("\n\n");
}

/** Long names are cut before the table is cut in two, as long as something of them is left. */
function widthOfNames(names: readonly string[], columns: readonly Column[], width: number): number {
  const longest = Math.max(10, ...names.map((name) => stringWidth(name)));
  const beside = width - columns.reduce((sum, column) => sum + columnWidth(column) + 2, 0);
  const ENOUGH = 20;
  return Math.min(longest, beside >= ENOUGH ? beside : Math.max(16, Math.floor(width * 0.4)));
}

interface Column {
  readonly head: string;
  readonly cells: readonly Cell[];
}

const columnWidth = ({ head, cells }: Column): number =>
  Math.max(stringWidth(head), ...cells.map(({ text }) => stringWidth(text)));

/** Columns in as many tables below each other as the terminal's width asks for. */
function blocks(columns: readonly Column[], width: number): Column[][] {
  const found: Column[][] = [[]];
  let used = 0;
  for (const column of columns) {
    const needed = columnWidth(column) + 2;
    if (used + needed > width && found.at(-1)?.length) {
      found.push([]);
      used = 0;
    }
    found.at(-1)?.push(column);
    used += needed;
  }
  return found;
}

function draw(columns: readonly Column[], nameWidth: number, paint: Paint): string {
  const widths = columns.map((column, i) => (i === 0 ? nameWidth : columnWidth(column)));
  const line = (texts: readonly Cell[], all?: (text: string) => string) =>
    texts
      .map(({ text, paint: own }, i) => {
        const shown = fitText(text, widths[i] as number);
        const space = " ".repeat((widths[i] as number) - stringWidth(shown));
        const painted = (own ?? all ?? String)(shown);
        return i === 0 ? painted + space : `  ${space}${painted}`;
      })
      .join("")
      .trimEnd();
  const rows = columns[0]?.cells.map((_, row) => line(columns.map(({ cells }) => cells[row] as Cell))) ?? [];
  return [
    line(
      columns.map(({ head }) => ({ text: head })),
      paint.dim,
    ),
    ...rows,
  ].join("\n");
}

/** Cut to a width, by what a reader sees as characters. */
export function fitText(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let shown = "";
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += stringWidth(segment);
    if (used > width - 1) break;
    shown += segment;
  }
  return `${shown}…`;
}

function exerciseCell(submission: SubmissionSummary, id: string, paint: Paint): Cell {
  const result = submission.exercises.find(({ exercise }) => exercise === id);
  if (!result) {
    const handedIn = submission.sources?.some(({ exerciseId }) => exerciseId === id);
    return handedIn ? { text: "!", paint: paint.magenta } : { text: STATUS.absent.sign, paint: paint.dim };
  }
  const colors = { passed: paint.green, partial: paint.yellow, failed: paint.red, unsolved: paint.dim };
  const { points, maxPoints, manual, byHand, status } = result;
  const text = `${pointsText(points)}${handText(byHand)}/${pointsText(maxPoints)} ${STATUS[status].sign}${manual?.waits ? "*" : ""}`;
  return { text, paint: colors[status] };
}

function totalCell(
  { points, pointsByHand = 0, maxPoints, exercises, problem }: SubmissionSummary,
  paint: Paint,
): Cell {
  if (problem !== undefined && exercises.length === 0) return { text: "not graded !", paint: paint.magenta };
  return {
    text: `${pointsText(points + pointsByHand)}/${pointsText(maxPoints)}${problem === undefined ? "" : " !"}`,
    paint: paint.bold,
  };
}
