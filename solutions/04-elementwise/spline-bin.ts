/** The share of a rational-quadratic bin's height at the position ξ in it, both from 0 to 1. */
export function binForward(xi: number, s: number, first: number, second: number): number {
  // BEGIN SOLUTION
  const around = xi * (1 - xi);
  return (s * xi * xi + first * around) / (s + (first + second - 2 * s) * around);
  // END SOLUTION
}

/** The position with that share. */
export function binInverse(share: number, s: number, first: number, second: number): number {
  // BEGIN SOLUTION
  const b = first - share * (first + second - 2 * s);
  const a = s - b;
  const root = Math.sqrt(b * b + 4 * a * s * share);
  return (2 * s * share) / (b + root);
  // END SOLUTION
}
