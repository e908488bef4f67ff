// Exercise 03.reflections: An orthogonal flow of reflections
// What it asks for: notebooks/03-linear.ipynb, exercise 03.reflections
// Check it with: npm run grade -- exercises/03-linear/reflections.ts
// stub 5a9269af9a64

/** h, mirrored by each of the vectors in turn, the first one first. */
export function reflectAll(vectors: number[][], h: number[]): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The h that reflectAll takes to x. */
export function reflectBack(vectors: number[][], x: number[]): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
