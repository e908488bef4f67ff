// Exercise 07.train: Train a small i-ResNet of your own
// What it asks for: notebooks/07-residual.ipynb, exercise 07.train
// Check it with: npm run grade -- exercises/07-residual/train.ts
// stub 0753660cf17c

/** Residual blocks of the plane, each a contraction beside the identity, fitted to data. */
export function fitResidual(data: number[][]): {
  forward(z: number[]): number[];
  inverse(x: number[]): number[];
  path(x: number[]): number[][];
  logDensity(points: number[][]): number[];
} {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
