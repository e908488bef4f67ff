// Exercise 03.substitution: The inverse of a triangular flow
// What it asks for: notebooks/03-linear.ipynb, exercise 03.substitution
// Check it with: npm run grade -- exercises/03-linear/forward-substitution.ts
// stub 83b24ee245e9

/** The z with L z = x, for a lower triangular L. */
export function solveLower(L: number[][], x: number[]): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** log |det L| of a lower triangular L, in nats. */
export function logAbsDet(L: number[][]): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
