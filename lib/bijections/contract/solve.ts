import { luDecomposition, luInverse } from "../../linear-algebra/lu.ts";

/** The solution of A x = b in double precision. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = right.length;
  const inverse = luInverse(luDecomposition(matrix.flat(), n), n);
  return right.map((_, i) => right.reduce((sum, v, j) => sum + inverse[i * n + j] * v, 0));
}
