/** One step of the power iteration: v from Wᵀu, u from Wv, both of length 1, and |Wv|. */
export function powerStep(weights: number[][], u: number[]): { u: number[]; v: number[]; norm: number } {
  // BEGIN SOLUTION
  const back = weights[0].map((_, j) => weights.reduce((sum, row, i) => sum + row[j] * u[i], 0));
  const length = Math.hypot(...back);
  const v = back.map((x) => x / length);
  const there = weights.map((row) => row.reduce((sum, w, j) => sum + w * v[j], 0));
  const norm = Math.hypot(...there);
  return { u: there.map((x) => x / norm), v, norm };
  // END SOLUTION
}

/** The norm after so many steps, each from the u of the one before. */
export function spectralNorm(weights: number[][], u: number[], steps: number): number {
  // BEGIN SOLUTION
  let norm = 0;
  for (let k = 0; k < steps; k++) {
    const step = powerStep(weights, u);
    u = step.u;
    norm = step.norm;
  }
  return norm;
  // END SOLUTION
}

/** Bounds of the spectral norm: by all entries, and by sums over rows and columns. */
export function crudeBounds(weights: number[][]): { frobenius: number; rowsAndColumns: number } {
  // BEGIN SOLUTION
  const rows = weights.map((row) => row.reduce((sum, w) => sum + Math.abs(w), 0));
  const columns = weights[0].map((_, j) => weights.reduce((sum, row) => sum + Math.abs(row[j]), 0));
  return {
    frobenius: Math.hypot(...weights.flat()),
    rowsAndColumns: Math.sqrt(Math.max(...rows) * Math.max(...columns)),
  };
  // END SOLUTION
}

/** The weights, scaled down to the limit if their norm is above it. */
export function limitNorm(weights: number[][], norm: number, limit: number): number[][] {
  // BEGIN SOLUTION
  const factor = norm > limit ? limit / norm : 1;
  return weights.map((row) => row.map((w) => factor * w));
  // END SOLUTION
}
