// Exercise 07.series: A truncated log-determinant
// What it asks for: notebooks/07-residual.ipynb, exercise 07.series
// Check it with: npm run grade -- exercises/07-residual/series.ts
// stub 94e04b1b5f6e

/** Σ (−1)^{k+1} tr(A^k)/k for k up to `terms`, from products with the unit vectors. */
export function seriesLogDet(product: (v: number[]) => number[], dimensions: number, terms: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The same with estimates of the traces, from products with the vectors of `noise`. */
export function estimateLogDet(product: (v: number[]) => number[], noise: number[][], terms: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** How far the first terms may be from log det(I + A), if A lengthens no vector by more than `norm`. */
export function remainderBound(norm: number, dimensions: number, terms: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
