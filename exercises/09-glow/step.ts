// Exercise 09.step: A step of Glow
// What it asks for: notebooks/09-glow.ipynb, exercise 09.step
// Check it with: npm run grade -- exercises/09-glow/step.ts
// stub 7f28979e3684

/** A step of Glow: on the way to z an ActNorm, a 1×1 convolution, and an affine coupling of the second half of each place. */
export function glowStep(
  scale: number[],
  shift: number[],
  order: number[],
  lower: number[][],
  upper: number[][],
  s: number[],
  S: number[][],
  T: number[][],
): { inverse(x: number[]): { z: number[]; logDet: number }; forward(z: number[]): number[] } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
