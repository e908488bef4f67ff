/** The flow x = P L (U + D) z of equation 16.9. */
export function pluFlow(
  order: number[],
  lower: number[][],
  upper: number[][],
  d: number[],
): { forward(z: number[]): number[]; inverse(x: number[]): number[]; logDet(): number } {
  // BEGIN SOLUTION
  const n = d.length;
  return {
    forward(z: number[]): number[] {
      const h = d.map((scale, i) => {
        let sum = scale * z[i];
        for (let j = i + 1; j < n; j++) sum += upper[i][j] * z[j];
        return sum;
      });
      const mixed = h.map((value, i) => {
        let sum = value;
        for (let j = 0; j < i; j++) sum += lower[i][j] * h[j];
        return sum;
      });
      return order.map((from) => mixed[from]);
    },
    inverse(x: number[]): number[] {
      const z: number[] = [];
      for (const [i, from] of order.entries()) z[from] = x[i];
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) z[i] -= lower[i][j] * z[j];
      for (let i = n - 1; i >= 0; i--) {
        for (let j = i + 1; j < n; j++) z[i] -= upper[i][j] * z[j];
        z[i] /= d[i];
      }
      return z;
    },
    logDet: (): number => d.reduce((sum, scale) => sum + Math.log(Math.abs(scale)), 0),
  };
  // END SOLUTION
}
