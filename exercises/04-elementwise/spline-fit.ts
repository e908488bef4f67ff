// Exercise 04.spline: A spline flow of your own
// What it asks for: notebooks/04-elementwise.ipynb, exercise 04.spline
// Check it with: npm run grade -- exercises/04-elementwise/spline-fit.ts
// stub 1130e0f5e2dc

/** A spline flow, fitted to data: x = forward(z) with a standard normal z. */
export function fitSpline(data: number[]): {
  forward(z: number[]): number[];
  inverse(x: number[]): number[];
  logDensity(x: number[]): number[];
} {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
