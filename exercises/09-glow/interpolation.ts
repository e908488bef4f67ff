// Exercise 09.interpolation: Between two latents, and along an attribute
// What it asks for: notebooks/09-glow.ipynb, exercise 09.interpolation
// Check it with: npm run grade -- exercises/09-glow/interpolation.ts
// stub 824da3744992

/** The point at t on the straight line between two latents: `from` at 0, `to` at 1. */
export function straightBetween(from: number[], to: number[], t: number): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The same along the arc between their directions, with constant angular speed. */
export function sphericalBetween(from: number[], to: number[], t: number): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** From the mean latent of those without an attribute (0) to the mean latent of those with it (1). */
export function attributeVector(latents: number[][], labels: number[]): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
