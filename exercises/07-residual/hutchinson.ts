// Exercise 07.hutchinson: Hutchinson's estimator of a trace
// What it asks for: notebooks/07-residual.ipynb, exercise 07.hutchinson
// Check it with: npm run grade -- exercises/07-residual/hutchinson.ts
// stub 387681e54790

/** The mean of εᵀ A ε over the vectors of the noise; `product` gives A v. */
export function estimateTrace(product: (v: number[]) => number[], noise: number[][]): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** A sign for each uniform number: −1 below ½, else 1. */
export function drawSigns(u: number[]): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The variance of the estimate with so many vectors of standard normal numbers. */
export function gaussianVariance(A: number[][], samples: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The variance of the estimate with so many vectors of signs. */
export function rademacherVariance(A: number[][], samples: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
