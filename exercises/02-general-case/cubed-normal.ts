// Exercise 02.cube: Differentiable is not enough
// What it asks for: notebooks/02-general-case.ipynb, exercise 02.cube
// Check it with: npm run grade -- exercises/02-general-case/cubed-normal.ts
// stub 5a7f7f0fd8ab

/** Density of x = f(z) for a standard normal z, for every x but 0. */
export function density(x: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** Probability that |x| is below the radius. */
export function massWithin(radius: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
