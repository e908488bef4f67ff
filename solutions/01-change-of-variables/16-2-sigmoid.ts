/** Density of x = f(z) for a standard normal z. */
export function sigmoidDensity(x: number): number {
  // BEGIN SOLUTION
  if (x <= 0 || x >= 1) return 0;
  const z = Math.log(x) - Math.log1p(-x);
  const base = Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
  return base / (x * (1 - x));
  // END SOLUTION
}
