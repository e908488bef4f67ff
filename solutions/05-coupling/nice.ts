/** NICE with one additive coupling and a scale for each number. */
export function niceFlow(
  W: number[][],
  c: number[],
  V: number[][],
  sigma: number[],
): { jacobian(z: number[]): number[][]; logDensity(x: number[]): number } {
  // BEGIN SOLUTION
  const d = W[0].length;
  const hidden = (a: number[]): number[] =>
    W.map((row, k) => Math.tanh(row.reduce((sum, w, j) => sum + w * a[j], c[k])));
  return {
    jacobian(z: number[]): number[][] {
      const h = hidden(z.slice(0, d));
      return sigma.map((own, i) =>
        sigma.map((_, j) => {
          let slope = i === j ? 1 : 0;
          if (i >= d && j < d) for (const [k, v] of h.entries()) slope += V[i - d][k] * (1 - v * v) * W[k][j];
          return Math.exp(own) * slope;
        }),
      );
    },
    logDensity(x: number[]): number {
      const before = x.map((v, i) => v * Math.exp(-sigma[i]));
      const h = hidden(before.slice(0, d));
      const z = before.map((v, i) =>
        i < d ? v : v - V[i - d].reduce((sum, weight, k) => sum + weight * h[k], 0),
      );
      return z.reduce((sum, v, i) => sum - (v * v) / 2 - Math.log(2 * Math.PI) / 2 - sigma[i], 0);
    },
  };
  // END SOLUTION
}
