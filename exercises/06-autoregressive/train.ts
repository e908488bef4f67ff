// Exercise 06.train: Train your MAF against your IAF
// What it asks for: notebooks/06-autoregressive.ipynb, exercise 06.train
// Check it with: npm run grade -- exercises/06-autoregressive/train.ts
// stub eaef40b04010

/** An autoregressive flow, fitted to rows of data by so many steps: steered by "x" it is a MAF, steered by "z" an IAF. */
export function fitAutoregressive(
  data: number[][],
  steps: number,
  steeredBy: string,
): {
  weights(): { A: number[][]; a: number[]; M: number[][]; m: number[] };
  logDensity(points: number[][]): number[];
} {
  // YOUR CODE HERE
  throw new Error("Not yet solved");
}
