// Exercise 06.iaf: An inverse autoregressive flow
// What it asks for: notebooks/06-autoregressive.ipynb, exercise 06.iaf
// Check it with: npm run grade -- exercises/06-autoregressive/iaf.ts
// stub d1ab1e5fd529

/** From z to x, all at once, and the log-density of x on a standard normal base, in nats. */
export function iafSample(
  A: number[][],
  a: number[],
  M: number[][],
  m: number[],
  z: number[],
): { x: number[]; logDensity: number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The log-density of a given x: its z is found one number after the other. */
export function iafLogDensity(A: number[][], a: number[], M: number[][], m: number[], x: number[]): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
