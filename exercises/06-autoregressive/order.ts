// Exercise 06.order: Which flow for which task
// What it asks for: notebooks/06-autoregressive.ipynb, exercise 06.order
// Check it with: npm run grade -- exercises/06-autoregressive/order.ts
// stub eb9586559ed4

/** Passes through a network: a row each for coupling, MAF and IAF; columns: density of a given point, a sample, a sample with its density. */
export function networkPasses(D: number, layers: number, sweeps: number): number[][] {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}

interface Choice {
  flow: string;
  because: string;
}

/** Which flow for which task, and the letter of the reason. */
export function choices(): {
  likelihood: Choice;
  variational: Choice;
  teacher: Choice;
  student: Choice;
  product: Choice;
} {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
