/** The linear flow x = β + Ω z, with a standard normal z, under which the rows of the data are most likely. */
export function fitWhitening(data: number[][]): {
  forward(z: number[]): number[];
  inverse(x: number[]): number[];
  logDensity(x: number[]): number;
} {
  // BEGIN SOLUTION
  const [count, dimensions] = [data.length, data[0].length];
  const axes = Array.from({ length: dimensions }, (_, i) => i);
  const beta = axes.map((i) => data.reduce((sum, row) => sum + row[i], 0) / count);
  const covariance = axes.map((i) =>
    axes.map((j) => data.reduce((sum, row) => sum + (row[i] - beta[i]) * (row[j] - beta[j]), 0) / count),
  );

  // The lower triangular Ω with Ω Ωᵀ = covariance, row by row (Cholesky).
  const omega = axes.map(() => axes.map(() => 0));
  for (const i of axes) {
    for (let j = 0; j <= i; j++) {
      let rest = covariance[i][j];
      for (let k = 0; k < j; k++) rest -= omega[i][k] * omega[j][k];
      omega[i][j] = i === j ? Math.sqrt(rest) : rest / omega[j][j];
    }
  }

  const inverse = (x: number[]): number[] => {
    const z: number[] = [];
    for (const i of axes) {
      let rest = x[i] - beta[i];
      for (let j = 0; j < i; j++) rest -= omega[i][j] * z[j];
      z.push(rest / omega[i][i]);
    }
    return z;
  };
  const logDet = axes.reduce((sum, i) => sum + Math.log(omega[i][i]), 0);
  return {
    forward: (z) => axes.map((i) => axes.reduce((sum, j) => sum + omega[i][j] * z[j], beta[i])),
    inverse,
    logDensity(x) {
      const square = inverse(x).reduce((sum, v) => sum + v * v, 0);
      return -square / 2 - (dimensions / 2) * Math.log(2 * Math.PI) - logDet;
    },
  };
  // END SOLUTION
}
