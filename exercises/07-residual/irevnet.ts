// Exercise 07.irevnet: A block that can be undone, and its determinant
// What it asks for: notebooks/07-residual.ipynb, exercise 07.irevnet
// Check it with: npm run grade -- exercises/07-residual/irevnet.ts
// stub 9f2225131b54

/** Two halves, each of which gets a residual that is computed from the other one. */
export function reversibleBlock(
  W1: number[][],
  b1: number[],
  W2: number[][],
  b2: number[],
): { forward(h: number[]): number[]; inverse(x: number[]): number[] } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The determinant of the block's Jacobian, line by line, for any two networks. */
export function determinantSteps(): string[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
