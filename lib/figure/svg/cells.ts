import { pngAddress } from "../png.ts";
import type { Trace } from "../types.ts";
import { channels, colorScale, valuesOf } from "./color-scale.ts";
import type { Place } from "./place.ts";
import { attributes } from "./text.ts";

/** Above this many cells, a heatmap of equal ones is one embedded picture: rectangles would weigh a megabyte. */
const MANY_CELLS = 1500;

/** A heatmap (or a contour plot, shown by its values): a rectangle per cell, or a picture if there are many. */
export function drawCells(trace: Trace, place: Place): string {
  const rows = valuesOf(trace);
  const { color } = colorScale(trace);
  const columns = edges(trace.x, rows[0]?.length ?? 0).map((edge) => place.x.scale(edge));
  const lines = edges(trace.y, rows.length).map((edge) => place.y.scale(edge));
  if (rows.flat().length > MANY_CELLS && isEven(columns) && isEven(lines)) {
    return drawPicture(rows, color, columns, lines);
  }
  const cells = rows.flatMap((row, i) =>
    row.map((value, j) => {
      if (!Number.isFinite(value)) return "";
      const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = [columns[j], columns[j + 1], lines[i], lines[i + 1]];
      // A hair wider than the cell, or the seams between cells show.
      const box = {
        x: Math.min(x0, x1),
        y: Math.min(y0, y1),
        width: Math.abs(x1 - x0) + 0.3,
        height: Math.abs(y1 - y0) + 0.3,
      };
      return `<rect${attributes({ ...box, fill: color(value) })}/>`;
    }),
  );
  return `<g>${cells.join("")}</g>`;
}

function isEven(edges: readonly number[]): boolean {
  const step = (edges.at(-1) ?? 0) - (edges[0] ?? 0);
  const even = step / (edges.length - 1);
  return edges.every((edge, i) => Math.abs(edge - (edges[0] ?? 0) - i * even) < 0.01 * Math.abs(even));
}

/** Cells as the pixels of an embedded picture; those without a value are as white as the paper. */
function drawPicture(
  rows: readonly number[][],
  color: (value: number) => string,
  columns: readonly number[],
  lines: readonly number[],
): string {
  const [left = 0, right = 0, first = 0, last = 0] = [columns[0], columns.at(-1), lines[0], lines.at(-1)];
  const downward = first < last ? rows : rows.toReversed();
  const ordered = left < right ? downward : downward.map((row) => row.toReversed());
  const pixels = ordered
    .flat()
    .flatMap((value) => (Number.isFinite(value) ? channels(color(value)) : [255, 255, 255]));
  const picture = { width: columns.length - 1, height: rows.length, data: Uint8Array.from(pixels) };
  const box = {
    x: Math.min(left, right),
    y: Math.min(first, last),
    width: Math.abs(right - left),
    height: Math.abs(last - first),
  };
  return `<image${attributes({ ...box, preserveAspectRatio: "none", href: pngAddress(picture) })}/>`;
}

/** Edges between cells, from their centres or as given. */
function edges(given: Trace["x"], count: number): number[] {
  const values =
    given === undefined ? [...Array(count).keys()] : Array.from<number | string | null>(given).map(Number);
  if (values.length === count + 1) return values;
  const step = values.length > 1 ? (values[1] ?? 1) - (values[0] ?? 0) : 1;
  const inner = values.slice(1).map((value, index) => (value + (values[index] ?? 0)) / 2);
  return [(values[0] ?? 0) - step / 2, ...inner, (values.at(-1) ?? 0) + step / 2];
}
