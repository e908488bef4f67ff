/** The linear maps that a check may hand to a learner's function: v ↦ A v, and nothing else is told of A. */

import type { LinearMapRef } from "./kinds.ts";

/**
 * Builds the function. It counts its products: what an algorithm promises is that it needs few.
 *
 * @throws Error where it is called more often than the check allows, or with anything but one number for each column of the matrix.
 */
export function buildLinearMap({ linearMap: rows, most }: LinearMapRef): (v: number[]) => number[] {
  const columns = rows[0].length;
  let asked = 0;
  return (v) => {
    if (!isNumbers(v, columns))
      throw new Error(
        `product: expected a list of ${columns} numbers, one for each dimension; got ${shapeOf(v)}`,
      );
    asked += 1;
    if (asked > most)
      throw new Error(
        `product: asked for a product number ${asked}; ${most} are enough here: keep A v instead of asking for it again`,
      );
    const image: number[] = [];
    for (let i = 0; i < rows.length; i++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += rows[i][j] * v[j];
      image[i] = sum;
    }
    return image;
  };
}

function isNumbers(v: unknown, length: number): v is ArrayLike<number> {
  const list = v as ArrayLike<unknown> | null | undefined;
  if (list === null || typeof list !== "object" || list.length !== length) return false;
  for (let i = 0; i < length; i++) if (typeof list[i] !== "number") return false;
  return true;
}

function shapeOf(v: unknown): string {
  const { length } = (v ?? {}) as { readonly length?: unknown };
  if (typeof v !== "object" || typeof length !== "number") return typeof v;
  const first = (v as ArrayLike<unknown>)[0];
  return typeof first === "object" ? `a list of ${length} lists` : `a list of ${length}`;
}
