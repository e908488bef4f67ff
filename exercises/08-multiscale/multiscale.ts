// Exercise 08.multiscale: A multiscale flow, there and back
// What it asks for: notebooks/08-multiscale.ipynb, exercise 08.multiscale
// Check it with: npm run grade -- exercises/08-multiscale/multiscale.ts
// stub 38c667a5f6f8

/** A multiscale flow of square grey pictures, with a row of log-scales and one of shifts for each level. */
export function multiscaleFlow(
  S: number[][],
  T: number[][],
): {
  inverse(x: number[]): number[];
  forward(z: number[]): number[];
  logDensity(x: number[]): number;
} {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
