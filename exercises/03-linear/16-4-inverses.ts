// Exercise 16.4: Inverses and determinants by hand
// What it asks for: notebooks/03-linear.ipynb, exercise 16.4
// Check it with: npm run grade -- exercises/03-linear/16-4-inverses.ts
// stub fcd85ef24d23

/** The inverse of the diagonal matrix Ω₁, row by row. */
export function inverse1(): number[][] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The determinant of Ω₁, with its sign. */
export function determinant1(): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The inverse of the lower triangular matrix Ω₂, row by row. */
export function inverse2(): number[][] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The determinant of Ω₂, with its sign. */
export function determinant2(): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
