// Exercise 05.sign: The sign of s
// What it asks for: notebooks/05-coupling.ipynb, exercise 05.sign
// Check it with: npm run grade -- exercises/05-coupling/log-density.ts
// stub 24d0406b6b87

/** The log-density that an affine coupling of the plane gives to (x1, x2), line by line. */
export function logDensitySteps(): string[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
