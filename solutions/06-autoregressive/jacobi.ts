/** All numbers anew, each under what the old ones before it say. */
export function jacobiStep(
  A: number[][],
  a: number[],
  M: number[][],
  m: number[],
  z: number[],
  x: number[],
): number[] {
  // BEGIN SOLUTION
  const before = (row: number[], i: number, bias: number): number =>
    row.reduce((sum, weight, j) => (j < i ? sum + weight * x[j] : sum), bias);
  return z.map((v, i) => v * Math.exp(Math.tanh(before(A[i], i, a[i]))) + before(M[i], i, m[i]));
  // END SOLUTION
}

/** Steps from x = z until the largest difference between the latents of x and z is within the tolerance. */
export function jacobiSolve(
  A: number[][],
  a: number[],
  M: number[][],
  m: number[],
  z: number[],
  tolerance: number,
): { x: number[]; steps: number; residual: number } {
  // BEGIN SOLUTION
  const before = (row: number[], i: number, bias: number, x: number[]): number =>
    row.reduce((sum, weight, j) => (j < i ? sum + weight * x[j] : sum), bias);
  const latent = (x: number[], i: number): number =>
    (x[i] - before(M[i], i, m[i], x)) * Math.exp(-Math.tanh(before(A[i], i, a[i], x)));
  const distance = (x: number[]): number => Math.max(...z.map((v, i) => Math.abs(latent(x, i) - v)));
  let x = [...z];
  let [steps, residual] = [0, distance(x)];
  while (residual > tolerance && steps < z.length) {
    x = jacobiStep(A, a, M, m, z, x);
    residual = distance(x);
    steps++;
  }
  return { x, steps, residual };
  // END SOLUTION
}

/** After how many steps every number is exact: the length of the longest chain of numbers, each steered by the one before. */
export function stepsNeeded(depends: number[][]): number {
  // BEGIN SOLUTION
  const exactAfter = (i: number): number =>
    depends[i].reduce((steps, steers, j) => (steers === 1 ? Math.max(steps, exactAfter(j) + 1) : steps), 1);
  return Math.max(...depends.map((_, i) => exactAfter(i)));
  // END SOLUTION
}
