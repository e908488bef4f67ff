// Exercise 04.piecewise: A piecewise linear map and its inverse
// What it asks for: notebooks/04-elementwise.ipynb, exercise 04.piecewise
// Check it with: npm run grade -- exercises/04-elementwise/piecewise-map.ts
// stub 83b80e5d7f35

/** Equation 16.12: the piecewise linear map of [0, 1] with bins of the heights φ. */
export function piecewiseForward(h: number, phi: number[]): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The h that it takes to x. */
export function piecewiseInverse(x: number, phi: number[]): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
