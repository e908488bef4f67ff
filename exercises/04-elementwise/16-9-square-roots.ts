// Exercise 16.9: A flow of square roots
// What it asks for: notebooks/04-elementwise.ipynb, exercise 16.9
// Check it with: npm run grade -- exercises/04-elementwise/16-9-square-roots.ts
// stub 2e249de6044b

import { type Figure, lineFigure } from "flowlab/figure";

/** A line through the points (x, y): for your two figures. */
export const curveFigure = (x: number[], y: number[], xTitle: string, yTitle: string): Figure =>
  lineFigure({ series: [{ x, y }], xTitle, yTitle });

/** Equation 16.33, corrected: square roots in bins of equal width. */
export function squareRoots(h: number, phi: number[]): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The h that it takes to x. */
export function squareRootsInverse(x: number, phi: number[]): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** f for the φ of the task */
export function forwardFigure(): Figure {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** f⁻¹ for the same φ */
export function inverseFigure(): Figure {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
