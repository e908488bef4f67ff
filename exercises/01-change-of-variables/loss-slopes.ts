// Exercise 1D.slopes: The slopes of the loss, line by line
// What it asks for: notebooks/01-change-of-variables.ipynb, exercise 1D.slopes
// Check it with: npm run grade -- exercises/01-change-of-variables/loss-slopes.ts
// stub fd42aa2fd233

/** The derivative by a of what one number adds to the loss, line by line. */
export function slopeOfA(): string[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The derivative by b of the same. */
export function slopeOfB(): string[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
