/** From the change of variables to the normal density of x, line by line. */
export function steps(): string[] {
  // BEGIN SOLUTION
  return [
    "log(N(inv(A)*(x - b), mu, Sigma)) - log(abs(det(A)))",
    "-(inv(A)*(x - b) - mu)'*inv(Sigma)*(inv(A)*(x - b) - mu)/2 - log(det(2*pi*Sigma))/2 - log(abs(det(A)))",
    "-(inv(A)*(x - b - A*mu))'*inv(Sigma)*(inv(A)*(x - b - A*mu))/2 - log(det(2*pi*Sigma))/2 - log(det(A)^2)/2",
    "-(x - (A*mu + b))'*inv(A)'*inv(Sigma)*inv(A)*(x - (A*mu + b))/2 - log(det(A)*det(2*pi*Sigma)*det(A'))/2",
    "-(x - (A*mu + b))'*inv(A*Sigma*A')*(x - (A*mu + b))/2 - log(det(2*pi*A*Sigma*A'))/2",
    "log(N(x, A*mu + b, A*Sigma*A'))",
  ];
  // END SOLUTION
}

/** log Pr(x) of x = A z + b in the plane, for a normal z, in nats. */
export function logDensity(
  x: number[],
  A: number[][],
  b: number[],
  mean: number[],
  covariance: number[][],
): number {
  // BEGIN SOLUTION
  const det = ([[p, q], [r, s]]: number[][]): number => p * s - q * r;
  /** M⁻¹ v */
  const solve = (M: number[][], [v, w]: number[]): number[] => {
    const [[p, q], [r, s]] = M;
    return [(s * v - q * w) / det(M), (p * w - r * v) / det(M)];
  };
  const z = solve(
    A,
    x.map((value, i) => value - b[i]),
  );
  const offset = z.map((value, i) => value - mean[i]);
  const scaled = solve(covariance, offset);
  const square = offset[0] * scaled[0] + offset[1] * scaled[1];
  return -square / 2 - Math.log(2 * Math.PI) - Math.log(det(covariance)) / 2 - Math.log(Math.abs(det(A)));
  // END SOLUTION
}
