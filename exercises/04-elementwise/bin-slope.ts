// Exercise 04.slope: The slope of a bin, and at its edges
// What it asks for: notebooks/04-elementwise.ipynb, exercise 04.slope
// Check it with: npm run grade -- exercises/04-elementwise/bin-slope.ts
// stub b3abebb0be68

/** From the quotient rule to a form of positive terms, line by line. */
export function steps(): string[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The slope ∂y/∂x of a rational-quadratic bin at the position ξ in it. */
export function binSlope(xi: number, s: number, first: number, second: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
