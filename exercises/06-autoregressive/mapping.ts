// Exercise 06.mapping: An autoregressive flow, there and back
// What it asks for: notebooks/06-autoregressive.ipynb, exercise 06.mapping
// Check it with: npm run grade -- exercises/06-autoregressive/mapping.ts
// stub 0a7fed058074

/** Given: the heights of the next number's bins, positive and with sum 1, from the numbers before it and its own row of c. */
export function heightsAfter(before: number[], W: number[][], own: number[]): number[] {
  const raised = own.map((a, k) => Math.exp(before.reduce((sum, v, j) => sum + v * W[j][k], a)));
  const total = raised.reduce((sum, v) => sum + v, 0);
  return raised.map((v) => v / total);
}

/** Equation 16.16: each number goes through a piecewise linear map, whose heights depend on the numbers before it. */
export function autoregressiveForward(h: number[], W: number[][], c: number[][]): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** Equation 16.17: the h that it takes to x, one number after another. */
export function autoregressiveInverse(x: number[], W: number[][], c: number[][]): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** log |det ∂x/∂h| at h, in nats. */
export function autoregressiveLogDet(h: number[], W: number[][], c: number[][]): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
