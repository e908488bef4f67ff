// Exercise 02.lazy: The exact log-determinant against a lazy one
// What it asks for: notebooks/02-general-case.ipynb, exercise 02.lazy
// Check it with: npm run grade -- exercises/02-general-case/exact-and-lazy.ts
// stub fbb8e1393987

/** log|det J| in nats, by Gaussian elimination with row exchanges. */
export function exactLogDet(J: number[][]): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** What is left of it if only the diagonal is looked at: the sum of log|J_ii|. */
export function lazyLogDet(J: number[][]): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The b with which the matrix of the exercise makes areas larger by this factor. */
export function fooled(factor: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
