/** The z with L z = x, for a lower triangular L. */
export function solveLower(L: number[][], x: number[]): number[] {
  // BEGIN SOLUTION
  const z: number[] = [];
  for (let i = 0; i < x.length; i++) {
    let rest = x[i];
    for (let j = 0; j < i; j++) rest -= L[i][j] * z[j];
    z.push(rest / L[i][i]);
  }
  return z;
  // END SOLUTION
}

/** log |det L| of a lower triangular L, in nats. */
export function logAbsDet(L: number[][]): number {
  // BEGIN SOLUTION
  return L.reduce((sum, row, i) => sum + Math.log(Math.abs(row[i])), 0);
  // END SOLUTION
}
