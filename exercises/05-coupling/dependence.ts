// Exercise 05.masks: Masks that transform everything
// What it asks for: notebooks/05-coupling.ipynb, exercise 05.masks
// Check it with: npm run grade -- exercises/05-coupling/dependence.ts
// stub 0dd9220e384b

/** Which numbers of x depend on which numbers of z, after couplings with these masks: 1 where they do, else 0. */
export function dependence(masks: number[][]): number[][] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** After how many couplings each number depends on every other, if the masks are taken in turns; 0 if that never happens. */
export function couplingsNeeded(masks: number[][]): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
