// Exercise 08.squeeze: Squeeze, and back
// What it asks for: notebooks/08-multiscale.ipynb, exercise 08.squeeze
// Check it with: npm run grade -- exercises/08-multiscale/squeeze.ts
// stub 694fe8444f78

/** The image with each block of 2 × 2 pixels as one place of four times as many channels, in one of three orders. */
export function squeezeImage(image: number[], width: number, channels: number, order: number): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The image again; width and channels are those before squeezing. */
export function unsqueezeImage(squeezed: number[], width: number, channels: number, order: number): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
