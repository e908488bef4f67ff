// Exercise 03.plu: A linear flow in PLU form
// What it asks for: notebooks/03-linear.ipynb, exercise 03.plu
// Check it with: npm run grade -- exercises/03-linear/plu.ts
// stub 48282342415b

/** The flow x = P L (U + D) z of equation 16.9. */
export function pluFlow(
  order: number[],
  lower: number[][],
  upper: number[][],
  d: number[],
): { forward(z: number[]): number[]; inverse(x: number[]): number[]; logDet(): number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
