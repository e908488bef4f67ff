// Exercise 16.6: A normal density stays normal
// What it asks for: notebooks/03-linear.ipynb, exercise 16.6
// Check it with: npm run grade -- exercises/03-linear/16-6-normal.ts
// stub 22794048e790

/** From the change of variables to the normal density of x, line by line. */
export function steps(): string[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** log Pr(x) of x = A z + b in the plane, for a normal z, in nats. */
export function logDensity(
  x: number[],
  A: number[][],
  b: number[],
  mean: number[],
  covariance: number[][],
): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
