// Exercise 16.5: Mean and covariance of a linear map
// What it asks for: notebooks/03-linear.ipynb, exercise 16.5
// Check it with: npm run grade -- exercises/03-linear/16-5-moments.ts
// stub 25283ddce358

/** From E(A*z + b) to A*mu + b, line by line. */
export function meanSteps(): string[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** From the covariance of x to A*Sigma*A', line by line. */
export function covarianceSteps(): string[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** Mean and covariance of x = A z + b, from those of z. */
export function moments(
  A: number[][],
  b: number[],
  mean: number[],
  covariance: number[][],
): { mean: number[]; covariance: number[][] } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
