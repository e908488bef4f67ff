/** log|det J| in nats, by Gaussian elimination with row exchanges. */
export function exactLogDet(J: number[][]): number {
  // BEGIN SOLUTION
  const rows = J.map((row) => [...row]);
  let logDet = 0;
  for (let k = 0; k < rows.length; k++) {
    let best = k;
    for (let i = k + 1; i < rows.length; i++) {
      if (Math.abs(rows[i][k]) > Math.abs(rows[best][k])) best = i;
    }
    [rows[k], rows[best]] = [rows[best], rows[k]];
    logDet += Math.log(Math.abs(rows[k][k]));
    for (let i = k + 1; i < rows.length; i++) {
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j < rows.length; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  return logDet;
  // END SOLUTION
}

/** What is left of it if only the diagonal is looked at: the sum of log|J_ii|. */
export function lazyLogDet(J: number[][]): number {
  // BEGIN SOLUTION
  return J.reduce((sum, row, i) => sum + Math.log(Math.abs(row[i])), 0);
  // END SOLUTION
}

/** The b with which the matrix of the exercise makes areas larger by this factor. */
export function fooled(factor: number): number {
  // BEGIN SOLUTION
  return Math.sqrt(factor - 1);
  // END SOLUTION
}
