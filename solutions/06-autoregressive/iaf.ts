/** From z to x, all at once, and the log-density of x on a standard normal base, in nats. */
export function iafSample(
  A: number[][],
  a: number[],
  M: number[][],
  m: number[],
  z: number[],
): { x: number[]; logDensity: number } {
  // BEGIN SOLUTION
  const before = (row: number[], i: number, bias: number): number =>
    row.reduce((sum, weight, j) => (j < i ? sum + weight * z[j] : sum), bias);
  const alpha = A.map((row, i) => Math.tanh(before(row, i, a[i])));
  const x = z.map((v, i) => v * Math.exp(alpha[i]) + before(M[i], i, m[i]));
  const logDensity = z.reduce((sum, v, i) => sum - (v * v + Math.log(2 * Math.PI)) / 2 - alpha[i], 0);
  return { x, logDensity };
  // END SOLUTION
}

/** The log-density of a given x: its z is found one number after the other. */
export function iafLogDensity(A: number[][], a: number[], M: number[][], m: number[], x: number[]): number {
  // BEGIN SOLUTION
  const z: number[] = [];
  x.forEach((v, i) => {
    const known = (row: number[], bias: number): number =>
      z.reduce((sum, earlier, j) => sum + row[j] * earlier, bias);
    z.push((v - known(M[i], m[i])) * Math.exp(-Math.tanh(known(A[i], a[i]))));
  });
  return iafSample(A, a, M, m, z).logDensity;
  // END SOLUTION
}
