/** Given: the heights of the next number's bins, positive and with sum 1, from the numbers before it and its own row of c. */
export function heightsAfter(before: number[], W: number[][], own: number[]): number[] {
  const raised = own.map((a, k) => Math.exp(before.reduce((sum, v, j) => sum + v * W[j][k], a)));
  const total = raised.reduce((sum, v) => sum + v, 0);
  return raised.map((v) => v / total);
}

/** Equation 16.16: each number goes through a piecewise linear map, whose heights depend on the numbers before it. */
export function autoregressiveForward(h: number[], W: number[][], c: number[][]): number[] {
  // BEGIN SOLUTION
  const K = c[0].length;
  return h.map((value, d) => {
    const phi = heightsAfter(h.slice(0, d), W, c[d]);
    const bin = Math.min(Math.floor(K * value), K - 1);
    let below = 0;
    for (let k = 0; k < bin; k++) below += phi[k];
    return below + (K * value - bin) * phi[bin];
  });
  // END SOLUTION
}

/** Equation 16.17: the h that it takes to x, one number after another. */
export function autoregressiveInverse(x: number[], W: number[][], c: number[][]): number[] {
  // BEGIN SOLUTION
  const K = c[0].length;
  const h: number[] = [];
  for (const [d, value] of x.entries()) {
    const phi = heightsAfter(h, W, c[d]);
    let bin = 0;
    let below = 0;
    while (bin < K - 1 && value > below + phi[bin]) {
      below += phi[bin];
      bin += 1;
    }
    h.push((bin + (value - below) / phi[bin]) / K);
  }
  return h;
  // END SOLUTION
}

/** log |det ∂x/∂h| at h, in nats. */
export function autoregressiveLogDet(h: number[], W: number[][], c: number[][]): number {
  // BEGIN SOLUTION
  const K = c[0].length;
  return h.reduce((sum, value, d) => {
    const phi = heightsAfter(h.slice(0, d), W, c[d]);
    return sum + Math.log(K * phi[Math.min(Math.floor(K * value), K - 1)]);
  }, 0);
  // END SOLUTION
}
