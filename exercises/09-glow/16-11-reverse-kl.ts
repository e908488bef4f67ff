// Exercise 16.11: A student that learns from a density
// What it asks for: notebooks/09-glow.ipynb, exercise 16.11
// Check it with: npm run grade -- exercises/09-glow/16-11-reverse-kl.ts
// stub 490d509c7007

/** From the divergence of the student's draws to what is minimised, line by line. */
export function klSteps(): string[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The average over z of log Pr(z) − log |f′(z)| − log q(f(z)), for a standard normal base. */
export function reverseLoss(
  z: number[],
  f: (z: number) => number,
  slope: (z: number) => number,
  q: (x: number) => number,
): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The derivatives of this average by a and b, for f(z) = eᵃ z + b. */
export function reverseGradient(
  z: number[],
  a: number,
  b: number,
  q: (x: number) => number,
  qSlope: (x: number) => number,
): { a: number; b: number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** Is the inverse computed? Has every x to come from one z? Has the integral of q to be 1? */
export function needed(): { inverse: boolean; oneToOne: boolean; integral: boolean } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** Of the map that folds: the mass by the formula with one z, and by how many nats the loss is too small. */
export function fold(): { mass: number; gap: number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** Must the network be invertible, and why? For a person to read. */
export function reasoning(): string {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
