// Exercise 06.maf: A masked autoregressive flow
// What it asks for: notebooks/06-autoregressive.ipynb, exercise 06.maf
// Check it with: npm run grade -- exercises/06-autoregressive/maf.ts
// stub 8c256883e479

/** Log-scale and shift of each number, computed from the numbers before it. */
export function conditioner(
  A: number[][],
  a: number[],
  M: number[][],
  m: number[],
  x: number[],
): { alpha: number[]; mu: number[] } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** From x to z: all at once. */
export function latents(A: number[][], a: number[], M: number[][], m: number[], x: number[]): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The log-density of x on a standard normal base, in nats. */
export function logDensity(A: number[][], a: number[], M: number[][], m: number[], x: number[]): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** From z to x: one number after the other. */
export function generate(A: number[][], a: number[], M: number[][], m: number[], z: number[]): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
