/** Equation 16.1: the density of x = f(z), for any invertible f. */
export function modelDensity(
  x: number,
  inverse: (x: number) => number,
  derivative: (z: number) => number,
  base: (z: number) => number,
): number {
  // BEGIN SOLUTION
  const z = inverse(x);
  return base(z) / Math.abs(derivative(z));
  // END SOLUTION
}
