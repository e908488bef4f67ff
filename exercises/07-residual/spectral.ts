// Exercise 07.spectral: The spectral norm by power iteration
// What it asks for: notebooks/07-residual.ipynb, exercise 07.spectral
// Check it with: npm run grade -- exercises/07-residual/spectral.ts
// stub bdb02959235d

/** One step of the power iteration: v from Wᵀu, u from Wv, both of length 1, and |Wv|. */
export function powerStep(weights: number[][], u: number[]): { u: number[]; v: number[]; norm: number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The norm after so many steps, each from the u of the one before. */
export function spectralNorm(weights: number[][], u: number[], steps: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** Bounds of the spectral norm: by all entries, and by sums over rows and columns. */
export function crudeBounds(weights: number[][]): { frobenius: number; rowsAndColumns: number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The weights, scaled down to the limit if their norm is above it. */
export function limitNorm(weights: number[][], norm: number, limit: number): number[][] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
