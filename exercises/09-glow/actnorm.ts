// Exercise 09.actnorm: ActNorm
// What it asks for: notebooks/09-glow.ipynb, exercise 09.actnorm
// Check it with: npm run grade -- exercises/09-glow/actnorm.ts
// stub 6e8ee6ea43ad

/** Scale and shift of each channel that give the first batch, over all pictures and places, mean 0 and deviation 1. */
export function firstScales(batch: number[][], channels: number): { s: number[]; b: number[] } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** A picture on its way to z, with log|det ∂z/∂x| in nats. */
export function normalizeChannels(x: number[], s: number[], b: number[]): { z: number[]; logDet: number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The way back, from z to x. */
export function generateChannels(z: number[], s: number[], b: number[]): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
