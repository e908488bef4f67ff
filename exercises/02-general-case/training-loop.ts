// Exercise 02.training: A training loop by hand
// What it asks for: notebooks/02-general-case.ipynb, exercise 02.training
// Check it with: npm run grade -- exercises/02-general-case/training-loop.ts
// stub bd348ff6882b

/** The a and c of z = a x + c after so many steps of gradient descent from a = 1, c = 0. */
export function train(data: number[], rate: number, steps: number): { a: number; c: number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The x that z = a x + c takes to these z. */
export function generate(z: number[], a: number, c: number): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
