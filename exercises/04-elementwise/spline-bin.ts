// Exercise 04.bin: A rational-quadratic bin and its inverse
// What it asks for: notebooks/04-elementwise.ipynb, exercise 04.bin
// Check it with: npm run grade -- exercises/04-elementwise/spline-bin.ts
// stub e91447c87f79

/** The share of a rational-quadratic bin's height at the position ξ in it, both from 0 to 1. */
export function binForward(xi: number, s: number, first: number, second: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The position with that share. */
export function binInverse(share: number, s: number, first: number, second: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
