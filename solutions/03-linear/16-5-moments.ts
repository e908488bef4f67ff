/** From E(A*z + b) to A*mu + b, line by line. */
export function meanSteps(): string[] {
  // BEGIN SOLUTION
  return ["E(A*z + b)", "E(A*z) + E(b)", "A*E(z) + b", "A*mu + b"];
  // END SOLUTION
}

/** From the covariance of x to A*Sigma*A', line by line. */
export function covarianceSteps(): string[] {
  // BEGIN SOLUTION
  return [
    "E((A*z + b - (A*mu + b)) * (A*z + b - (A*mu + b))')",
    "E((A*(z - mu)) * (A*(z - mu))')",
    "E(A*(z - mu) * (z - mu)'*A')",
    "A*E((z - mu) * (z - mu)')*A'",
    "A*Sigma*A'",
  ];
  // END SOLUTION
}

/** Mean and covariance of x = A z + b, from those of z. */
export function moments(
  A: number[][],
  b: number[],
  mean: number[],
  covariance: number[][],
): { mean: number[]; covariance: number[][] } {
  // BEGIN SOLUTION
  const dot = (p: number[], q: number[]): number => p.reduce((sum, value, i) => sum + value * q[i], 0);
  // Row i of A Σ, as Σ is symmetric; then A Σ times Aᵀ, whose columns are the rows of A.
  const half = A.map((row) => covariance.map((column) => dot(row, column)));
  return {
    mean: A.map((row, i) => dot(row, mean) + b[i]),
    covariance: half.map((row) => A.map((other) => dot(row, other))),
  };
  // END SOLUTION
}
