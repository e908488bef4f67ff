// Exercise 05.realnvp: Train a RealNVP of your own layers
// What it asks for: notebooks/05-coupling.ipynb, exercise 05.realnvp
// Check it with: npm run grade -- exercises/05-coupling/realnvp.ts
// stub 89dbf77e7d16

/** A RealNVP of the plane, fitted to data. */
export function fitRealNVP(data: number[][]): {
  forward(z: number[]): number[];
  inverse(x: number[]): number[];
  logDensity(points: number[][]): number[];
} {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
