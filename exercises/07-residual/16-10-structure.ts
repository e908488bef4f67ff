// Exercise 16.10: Which entries of a residual flow's Jacobian are zero
// What it asks for: notebooks/07-residual.ipynb, exercise 16.10
// Check it with: npm run grade -- exercises/07-residual/16-10-structure.ts
// stub ef521e9ffd17

import { type Figure, jacobianFigure } from "flowlab/figure";

/** A matrix with its zeros in grey: for your two figures. */
export const patternFigure = (matrix: number[][]): Figure => jacobianFigure({ matrix, names: ["h′", "h"] });

/** ∂h′/∂h from A = ∂f₁/∂h₂ and B = ∂f₂/∂h₁′. */
export function denseJacobian(A: number[][], B: number[][]): number[][] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** ∂h′/∂h from the slopes a of f₁ and b of f₂, which work number by number. */
export function elementwiseJacobian(a: number[], b: number[]): number[][] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** Where (i) has its zeros. */
export function denseFigure(): Figure {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** Where (ii) has its zeros. */
export function elementwiseFigure(): Figure {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
