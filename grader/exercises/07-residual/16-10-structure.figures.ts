/** Judges a drawn matrix by which of its entries are 0. */

import type { Expect } from "../../grading/expect.ts";
import type { PlainFigure } from "../../harness/kinds.ts";
import type { Matrix } from "../../oracle/matrices.ts";

/** Where there is a number other than 0, of all heatmaps of the figure together: rows as they are listed. */
export function drawnPattern({ data }: PlainFigure): number[][] | undefined {
  const maps = data.flatMap(({ z }) =>
    Array.isArray(z) && z.length > 0 && z.every((row) => Array.isArray(row)) ? [z as unknown[][]] : [],
  );
  if (maps.length === 0) return undefined;
  const [rows, columns] = [0, 1].map((axis) =>
    Math.max(...maps.map((z) => (axis === 0 ? z.length : Math.max(...z.map(({ length }) => length))))),
  );
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) =>
      maps.some((z) => typeof z[i]?.[j] === "number" && z[i][j] !== 0) ? 1 : 0,
    ),
  );
}

const hasTitle = (axis: unknown): boolean => {
  const title = (axis as { title?: unknown } | undefined)?.title;
  const text = typeof title === "object" && title !== null ? (title as { text?: unknown }).text : title;
  return typeof text === "string" && text.trim() !== "";
};

/** The block in which an entry of two halves lies. */
const blockNames = ["∂h₁′/∂h₁", "∂h₁′/∂h₂", "∂h₂′/∂h₁", "∂h₂′/∂h₂"];

export function judgePattern(shown: PlainFigure, want: Matrix, expect: Expect): void {
  const got = drawnPattern(shown);
  if (!got) {
    expect.that(false, "the figure has no heatmap with a list of rows; patternFigure draws one");
    return;
  }
  const n = want.length;
  if (got.length !== n || got[0].length !== n) {
    expect.that(false, `the figure is to show ${n} rows and ${n} columns, ${n / 2} numbers in each half`, {
      got: [got.length, got[0].length],
    });
    return;
  }
  const places = want.flatMap((row, i) => row.map((_, j) => [i, j] as const));
  const wrong = places.filter(([i, j]) => got[i][j] !== Number(want[i][j] !== 0));
  const half = n / 2;
  const [row, column] = wrong[0] ?? [0, 0];
  const block = blockNames[2 * Number(row >= half) + Number(column >= half)];
  expect.that(
    wrong.length === 0,
    `${wrong.length} of ${n * n} entries are shown wrongly: row ${row + 1}, column ${column + 1}, in the block ${block}, is ` +
      (got[row][column] === 0 ? "shown as 0 and need not be" : "not shown as 0 and always is"),
    { got },
  );
  const { xaxis, yaxis } = shown.layout;
  expect.that(hasTitle(xaxis) && hasTitle(yaxis), "give both axes a title");
}
