// Exercise 08.bits: Bits per dimension, in three scalings
// What it asks for: notebooks/08-multiscale.ipynb, exercise 08.bits
// Check it with: npm run grade -- exercises/08-multiscale/bits.ts
// stub 6de06b2ab5ec

/** Whole numbers below `levels` with noise, spread over [0, 1). */
export function addNoise(pixels: number[], noise: number[], levels: number): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** Bits per dimension of a log-density in nats, of levels · y, of y, or of the logit of α + (1 − 2α)y. */
export function bitsPerNumber(
  logDensity: number,
  y: number[],
  levels: number,
  scaling: number,
  alpha: number,
): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** From the density of a pixel's logit to its bits, line by line. */
export function bitsSteps(): string[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
