// Exercise 03.whitening: A linear flow of your own, fitted to data
// What it asks for: notebooks/03-linear.ipynb, exercise 03.whitening
// Check it with: npm run grade -- exercises/03-linear/whitening.ts
// stub 2e72401b3d45

/** The linear flow x = β + Ω z, with a standard normal z, under which the rows of the data are most likely. */
export function fitWhitening(data: number[][]): {
  forward(z: number[]): number[];
  inverse(x: number[]): number[];
  logDensity(x: number[]): number;
} {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
