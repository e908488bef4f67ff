// Exercise 08.split: What leaves, and its density
// What it asks for: notebooks/08-multiscale.ipynb, exercise 08.split
// Check it with: npm run grade -- exercises/08-multiscale/split.ts
// stub 9d6c26b35430

/** What stays of a squeezed image, what leaves, and the log-density of the latter under a standard normal base, in nats. */
export function splitChannels(
  h: number[],
  channels: number,
): { stays: number[]; leaves: number[]; logDensity: number } {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** The squeezed image again. */
export function mergeChannels(stays: number[], leaves: number[], channels: number): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** From a normal density whose mean and deviation depend on what stays to a coupling on a standard normal base. */
export function priorSteps(): string[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
