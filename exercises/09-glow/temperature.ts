// Exercise 09.temperature: Temperature, of the base and of the model
// What it asks for: notebooks/09-glow.ipynb, exercise 09.temperature
// Check it with: npm run grade -- exercises/09-glow/temperature.ts
// stub 2d87ca0516d8

/** Log-density of latents that are drawn with the temperature T: independent, normal, of mean 0 and deviation T, in nats. */
export function logTempered(z: number[], T: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** Log-density at x of exp(z), z drawn with the temperature T, in nats. */
export function logDrawn(x: number, T: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** Logarithm at x of the model's density to the power 1/T², normalized, in nats. */
export function logPower(x: number, T: number): number {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

/** A power of the standard normal density is a normal density of deviation T, up to a constant. */
export function powerSteps(): string[] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
