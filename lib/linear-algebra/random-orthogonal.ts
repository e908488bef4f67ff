import type { Random } from "../random/random.ts";

/**
 * A random n×n rotation or reflection, uniform (Haar measure) on the orthogonal group, row by row.
 *
 * The rows of a normal matrix, made orthonormal one after the other (Gram and Schmidt, each twice for accuracy).
 */
export function randomOrthogonal(n: number, stream: Random): Float64Array {
  const matrix = Float64Array.from(stream.normal(n * n));
  for (let row = 0; row < n; row++) {
    const own = matrix.subarray(row * n, (row + 1) * n);
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < row; other++) {
        const done = matrix.subarray(other * n, (other + 1) * n);
        let projection = 0;
        for (let i = 0; i < n; i++) projection += own[i] * done[i];
        for (let i = 0; i < n; i++) own[i] -= projection * done[i];
      }
    }
    const length = Math.hypot(...own);
    for (let i = 0; i < n; i++) own[i] /= length;
  }
  return matrix;
}
