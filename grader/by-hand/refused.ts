/** Tables of points that cannot be taken as they are. */

import { plural } from "../plural.ts";
import { pointsText } from "../report/points.ts";

/** The message names row, value and remedy. */
export class PointsError extends Error {
  override readonly name = "PointsError";
}

/** Nobody reads more at once. */
const MOST_ROWS = 50;

/**
 * All that is wrong at once: whoever corrects a table should not have to ask again for each row.
 *
 * @param wrong Each with its row; if there is none, nothing happens.
 * @param remedy What to do about all of them, where it is the same.
 * @throws PointsError
 */
export function refuse(path: string, wrong: readonly string[], remedy?: string): void {
  if (wrong.length === 0) return;
  const shown = wrong.slice(0, MOST_ROWS).map((text) => `${path}, ${text}`);
  const more = wrong.length > MOST_ROWS ? [`${path}: … and ${wrong.length - MOST_ROWS} more such rows`] : [];
  throw new PointsError([...shown, ...more, ...(remedy === undefined ? [] : [remedy])].join("\n"));
}

export const tooMany = (row: number, exercise: string, points: number, most: number): string =>
  `row ${row}: expected at most ${plural(most, "point")} for ${exercise}; got ${pointsText(points)}. Correct the column points`;
