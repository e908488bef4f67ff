// Exercise 09.capstone: A Glow of your own, handed in
// What it asks for: notebooks/09-glow.ipynb, exercise 09.capstone
// Check it with: npm run grade -- exercises/09-glow/capstone.ts
// stub 8376a76b5548

/** Trains a Glow on drawn faces, and saves it. */
export async function trainGlow(): Promise<void> {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
