// Exercise 06.jacobi: All at once, again and again
// What it asks for: notebooks/06-autoregressive.ipynb, exercise 06.jacobi
// Check it with: npm run grade -- exercises/06-autoregressive/jacobi.ts
// stub f9a943d36b69

/** All numbers anew, each under what the old ones before it say. */
export function jacobiStep(
  A: number[][],
  a: number[],
  M: number[][],
  m: number[],
  z: number[],
  x: number[],
): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** Steps from x = z until the largest difference between the latents of x and z is within the tolerance. */
export function jacobiSolve(
  A: number[][],
  a: number[],
  M: number[][],
  m: number[],
  z: number[],
  tolerance: number,
): { x: number[]; steps: number; residual: number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** After how many steps every number is exact: the length of the longest chain of numbers, each steered by the one before. */
export function stepsNeeded(depends: number[][]): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
