// Exercise 08.cost: Where the cost goes
// What it asks for: notebooks/08-multiscale.ipynb, exercise 08.cost
// Check it with: npm run grade -- exercises/08-multiscale/cost.ts
// stub 616364b01fb7

/** On how many numbers each level works, the finest first. */
export function numbersPerLevel(pixels: number, channels: number, levels: number, leaving: number): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** How many multiplications one step takes at each level. */
export function workPerLevel(
  pixels: number,
  channels: number,
  levels: number,
  hidden: number,
  leaving: number,
): number[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
