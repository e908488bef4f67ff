// Exercise 05.affine: An affine coupling, there and back
// What it asks for: notebooks/05-coupling.ipynb, exercise 05.affine
// Check it with: npm run grade -- exercises/05-coupling/affine.ts
// stub 73e45c1c33c0

/** An affine coupling: the first d numbers stay, and steer a scale and a shift for each of the others. */
export function affineCoupling(
  S: number[][],
  p: number[],
  T: number[][],
  q: number[],
): {
  forward(z: number[]): number[];
  inverse(x: number[]): number[];
  logDet(z: number[]): number;
  inverseLogDet(x: number[]): number;
} {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
