// Exercise 09.conv: A 1×1 convolution by PLU
// What it asks for: notebooks/09-glow.ipynb, exercise 09.conv
// Check it with: npm run grade -- exercises/09-glow/conv.ts
// stub 3b1b0be38228

/** The matrix W = P L (U + diag(s)). */
export function mixingMatrix(order: number[], lower: number[][], upper: number[][], s: number[]): number[][] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The 1×1 convolution with W, from x to z, with log|det ∂z/∂x| of the whole picture in nats. */
export function mixChannels(
  x: number[],
  order: number[],
  lower: number[][],
  upper: number[][],
  s: number[],
): { z: number[]; logDet: number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The way back, from z to x. */
export function unmixChannels(
  z: number[],
  order: number[],
  lower: number[][],
  upper: number[][],
  s: number[],
): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
