// Exercise 02.chain: The log-determinant of a chain
// What it asks for: notebooks/02-general-case.ipynb, exercise 02.chain
// Check it with: npm run grade -- exercises/02-general-case/chain-log-determinant.ts
// stub 17a83ebf2d28

/** x and log|det ∂x/∂z| of the flow h ← asinh(Ωh + β), one row [a, b, c, d, e, f] for each layer. */
export function chain(layers: number[][], z: number[]): { x: number[]; logDet: number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** z and log|det ∂z/∂x| of the same flow. */
export function unchain(layers: number[][], x: number[]): { z: number[]; logDet: number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
