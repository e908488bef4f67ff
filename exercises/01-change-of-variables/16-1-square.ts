// Exercise 16.1: The density of a squared uniform variable
// What it asks for: notebooks/01-change-of-variables.ipynb, exercise 16.1
// Check it with: npm run grade -- exercises/01-change-of-variables/16-1-square.ts
// stub 1caff734d195

/** Density of x = f(z). */
export function density(x: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
