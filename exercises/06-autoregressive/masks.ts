// Exercise 06.masks: Masks for any order, width and depth
// What it asks for: notebooks/06-autoregressive.ipynb, exercise 06.masks
// Check it with: npm run grade -- exercises/06-autoregressive/masks.ts
// stub 9db056060370

/** The mask of one layer: rows are its units, columns those of the layer before; 1 where a weight stays. */
export function madeMask(order: number[], hidden: number[], layer: number): number[][] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
