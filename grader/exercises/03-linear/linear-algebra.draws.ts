/** What the regions of this chapter are made of: vectors with special entries in them, triangular matrices. */

import { normals, type Random } from "../../random.ts";

/** A number of either sign whose size lies between the two. */
export const ofEitherSign = (random: Random, low: number, high: number): number =>
  (random.integer(2) === 0 ? 1 : -1) * random.uniform(low, high);

/** The value at the beginning, at the end or somewhere in a vector of so many numbers. */
export function withEntry(random: Random, n: number, value: number, where: number): number[] {
  const at = [0, n - 1, random.integer(n)][where % 3];
  return normals(random, n).with(at, value);
}

/** A vector of at least two numbers in which two neighbours, and two others, are equal. */
export function withRepeats(random: Random, n: number): number[] {
  const [first, second] = normals(random, 2);
  return Array.from({ length: n }, (_, i) => (i % 4 < 2 ? first : second));
}

/**
 * Lower triangular, its diagonal of either sign and of sizes from ½ to 2. What stands below is smaller the larger the matrix is, so that
 * the solution of L z = x stays of the size of x.
 */
export function lowerTriangular(random: Random, n: number): number[][] {
  const beside = 1 / Math.sqrt(n);
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) =>
      j < i ? beside * random.normal() : j === i ? ofEitherSign(random, 0.5, 2) : 0,
    ),
  );
}

/** The matrix with another diagonal. */
export const withDiagonal = (
  a: readonly (readonly number[])[],
  diagonal: (i: number) => number,
): number[][] => a.map((row, i) => row.with(i, diagonal(i)));
