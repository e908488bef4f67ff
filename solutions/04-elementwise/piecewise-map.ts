/** Equation 16.12: the piecewise linear map of [0, 1] with bins of the heights φ. */
export function piecewiseForward(h: number, phi: number[]): number {
  // BEGIN SOLUTION
  const K = phi.length;
  const bin = Math.min(Math.floor(K * h), K - 1);
  let before = 0;
  for (let k = 0; k < bin; k++) before += phi[k];
  return before + (K * h - bin) * phi[bin];
  // END SOLUTION
}

/** The h that it takes to x. */
export function piecewiseInverse(x: number, phi: number[]): number {
  // BEGIN SOLUTION
  const K = phi.length;
  let bin = 0;
  let before = 0;
  while (bin < K - 1 && x > before + phi[bin]) {
    before += phi[bin];
    bin += 1;
  }
  return (bin + (x - before) / phi[bin]) / K;
  // END SOLUTION
}
