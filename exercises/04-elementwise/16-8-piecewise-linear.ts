// Exercise 16.8: The Jacobian of a piecewise linear flow
// What it asks for: notebooks/04-elementwise.ipynb, exercise 16.8
// Check it with: npm run grade -- exercises/04-elementwise/16-8-piecewise-linear.ts
// stub 1619f2a8053c

/** ∂f/∂h, row by row, for the piecewise linear f with bins of the heights φ in each dimension. */
export function jacobian(h: number[], phi: number[]): number[][] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** det ∂f/∂h */
export function determinant(h: number[], phi: number[]): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
