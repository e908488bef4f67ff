// Exercise 07.fixed-point: The same map again and again
// What it asks for: notebooks/07-residual.ipynb, exercise 07.fixed-point
// Check it with: npm run grade -- exercises/07-residual/fixed-point.ts
// stub 715bbc1b0096

/** z₀ and what the map makes of it, again and again: count + 1 numbers. */
export function iterates(f: (z: number) => number, start: number, count: number): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** Iterates until a step changes z by no more than the tolerance, or so many steps are taken. */
export function fixedPoint(
  f: (z: number) => number,
  start: number,
  tolerance: number,
  most: number,
): { z: number; change: number; steps: number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The smallest k with slopeᵏ · distance ≤ tolerance. */
export function stepsNeeded(slope: number, distance: number, tolerance: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
