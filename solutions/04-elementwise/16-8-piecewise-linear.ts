/** ∂f/∂h, row by row, for the piecewise linear f with bins of the heights φ in each dimension. */
export function jacobian(h: number[], phi: number[]): number[][] {
  // BEGIN SOLUTION
  const K = phi.length;
  const slopes = h.map((value) => K * phi[Math.min(Math.floor(K * value), K - 1)]);
  return slopes.map((slope, i) => slopes.map((_, j) => (i === j ? slope : 0)));
  // END SOLUTION
}

/** det ∂f/∂h */
export function determinant(h: number[], phi: number[]): number {
  // BEGIN SOLUTION
  const K = phi.length;
  let product = 1;
  for (const value of h) product *= K * phi[Math.min(Math.floor(K * value), K - 1)];
  return product;
  // END SOLUTION
}
