// Exercise 08.train: Train a multiscale flow of your own
// What it asks for: notebooks/08-multiscale.ipynb, exercise 08.train
// Check it with: npm run grade -- exercises/08-multiscale/train.ts
// stub 51cc13946378

/** A multiscale flow of pictures of 8 × 8 pixels, fitted to data. */
export function fitMultiscale(pictures: number[][]): {
  inverse(x: number[]): number[];
  forward(z: number[]): number[];
  logDensity(pictures: number[][]): number[];
} {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
