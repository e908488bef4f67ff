/** Log-scale and shift of each number, computed from the numbers before it. */
export function conditioner(
  A: number[][],
  a: number[],
  M: number[][],
  m: number[],
  x: number[],
): { alpha: number[]; mu: number[] } {
  // BEGIN SOLUTION
  const before = (row: number[], i: number, bias: number): number =>
    row.reduce((sum, weight, j) => (j < i ? sum + weight * x[j] : sum), bias);
  return {
    alpha: A.map((row, i) => Math.tanh(before(row, i, a[i]))),
    mu: M.map((row, i) => before(row, i, m[i])),
  };
  // END SOLUTION
}

/** From x to z: all at once. */
export function latents(A: number[][], a: number[], M: number[][], m: number[], x: number[]): number[] {
  // BEGIN SOLUTION
  const { alpha, mu } = conditioner(A, a, M, m, x);
  return x.map((v, i) => (v - mu[i]) * Math.exp(-alpha[i]));
  // END SOLUTION
}

/** The log-density of x on a standard normal base, in nats. */
export function logDensity(A: number[][], a: number[], M: number[][], m: number[], x: number[]): number {
  // BEGIN SOLUTION
  const { alpha } = conditioner(A, a, M, m, x);
  return latents(A, a, M, m, x).reduce(
    (sum, z, i) => sum - (z * z + Math.log(2 * Math.PI)) / 2 - alpha[i],
    0,
  );
  // END SOLUTION
}

/** From z to x: one number after the other. */
export function generate(A: number[][], a: number[], M: number[][], m: number[], z: number[]): number[] {
  // BEGIN SOLUTION
  const x = z.map(() => 0);
  z.forEach((v, i) => {
    const { alpha, mu } = conditioner(A, a, M, m, x);
    x[i] = v * Math.exp(alpha[i]) + mu[i];
  });
  return x;
  // END SOLUTION
}
