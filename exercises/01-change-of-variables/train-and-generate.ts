// Exercise 1D.train: A flow of your own, from its loss to new data
// What it asks for: notebooks/01-change-of-variables.ipynb, exercise 1D.train
// Check it with: npm run grade -- exercises/01-change-of-variables/train-and-generate.ts
// stub 5507414819bd

/** What one number adds to the loss of x = eᵃ z + b, from equation 16.1, line by line. */
export function lossSteps(): string[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The a and b of x = eᵃ z + b after so many steps of gradient descent. */
export function train(data: number[], rate: number, steps: number): { a: number; b: number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** New data: the x of these z under x = eᵃ z + b. */
export function generate(z: number[], a: number, b: number): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
