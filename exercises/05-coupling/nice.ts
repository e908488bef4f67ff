// Exercise 05.nice: What an additive coupling does to volume
// What it asks for: notebooks/05-coupling.ipynb, exercise 05.nice
// Check it with: npm run grade -- exercises/05-coupling/nice.ts
// stub 37708484ff1a

/** NICE with one additive coupling and a scale for each number. */
export function niceFlow(
  W: number[][],
  c: number[],
  V: number[][],
  sigma: number[],
): { jacobian(z: number[]): number[][]; logDensity(x: number[]): number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
