// Exercise 02.planar: A planar flow by the determinant lemma
// What it asks for: notebooks/02-general-case.ipynb, exercise 02.planar
// Check it with: npm run grade -- exercises/02-general-case/planar-flow.ts
// stub 6dbc4ba7de7f

/** From the determinant of I + u pᵀ in two dimensions to 1 + pᵀu, line by line. */
export function determinantLemma(): string[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** x = z + u tanh(w·z + b), and log|det ∂x/∂z| in nats. */
export function planar(z: number[], u: number[], w: number[], b: number): { x: number[]; logDet: number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The û next to u with w·û = −1 + log(1 + exp(w·u)), which is above −1. */
export function constrain(u: number[], w: number[]): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
