// Exercise 07.invert: The inverse of a residual layer, with a proof of how near it is
// What it asks for: notebooks/07-residual.ipynb, exercise 07.invert
// Check it with: npm run grade -- exercises/07-residual/invert.ts
// stub 5ce10895c0de

/** The largest last change that proves an error of epsilon. */
export function allowedChange(epsilon: number, L: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The z with z + V tanh(W z + c) = y, within epsilon, and a proven bound of its error. */
export function invertBlock(
  W: number[][],
  c: number[],
  V: number[][],
  L: number,
  y: number[],
  epsilon: number,
): { z: number[]; bound: number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
