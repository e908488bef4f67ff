// Exercise 16.7: Leaky ReLU as a flow
// What it asks for: notebooks/04-elementwise.ipynb, exercise 16.7
// Check it with: npm run grade -- exercises/04-elementwise/16-7-leaky-relu.ts
// stub ed6459905d8f

/** The z that the leaky ReLU takes to x. */
export function leakyInverse(x: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** One over the absolute determinant of the Jacobian of the leaky ReLU of each number of z. */
export function inverseDeterminant(z: number[]): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
