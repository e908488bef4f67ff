/** Density of x = f(z). */
export function density(x: number): number {
  // BEGIN SOLUTION
  if (x <= 0 || x > 1) return 0;
  const z = Math.sqrt(x);
  return 1 / (2 * z);
  // END SOLUTION
}
