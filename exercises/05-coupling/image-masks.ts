// Exercise 05.image-masks: Checkerboards and channels
// What it asks for: notebooks/05-coupling.ipynb, exercise 05.image-masks
// Check it with: npm run grade -- exercises/05-coupling/image-masks.ts
// stub a14a87f5e0ec

/** 1 for each number of an image that changes under a checkerboard mask, else 0; row by row, pixel by pixel. */
export function checkerboard(height: number, width: number, channels: number, parity: number): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The same for one half of the channels, the first if `half` is 0, the second if it is 1. */
export function channelHalf(height: number, width: number, channels: number, half: number): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** Six masks, one in each row: three checkerboards, and three halves of the channels of the squeezed image. */
export function realNVPMasks(height: number, width: number, channels: number): number[][] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
