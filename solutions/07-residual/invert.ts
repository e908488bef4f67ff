/** The largest last change that proves an error of epsilon. */
export function allowedChange(epsilon: number, L: number): number {
  // BEGIN SOLUTION
  return (epsilon * (1 - L)) / L;
  // END SOLUTION
}

/** The z with z + V tanh(W z + c) = y, within epsilon, and a proven bound of its error. */
export function invertBlock(
  W: number[][],
  c: number[],
  V: number[][],
  L: number,
  y: number[],
  epsilon: number,
): { z: number[]; bound: number } {
  // BEGIN SOLUTION
  const product = (a: number[][], v: number[]): number[] =>
    a.map((row) => row.reduce((sum, w, j) => sum + w * v[j], 0));
  const f = (z: number[]): number[] =>
    product(
      V,
      product(W, z).map((v, k) => Math.tanh(v + c[k])),
    );
  let z = y;
  let change = Infinity;
  while (change > allowedChange(epsilon, L)) {
    const residual = f(z);
    const next = y.map((v, i) => v - residual[i]);
    const before = z;
    change = Math.hypot(...next.map((v, i) => v - before[i]));
    z = next;
  }
  return { z, bound: (L / (1 - L)) * change };
  // END SOLUTION
}
