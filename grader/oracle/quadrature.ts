/** Integrals in double precision, for judging densities. */

/**
 * ∫ₐᵇ f(x) dx by Gauss–Legendre quadrature of order 8 on equal panels.
 *
 * Exact for polynomials to degree 15 on each panel; the error falls as panels⁻¹⁶ for smooth f.
 */
export function integrate(f: (x: number) => number, a: number, b: number, panels = 64): number {
  const half = (b - a) / panels / 2;
  let sum = 0;
  for (let p = 0; p < panels; p++) {
    const centre = a + (2 * p + 1) * half;
    for (const [node, weight] of GAUSS_LEGENDRE_8) sum += weight * (f(centre + half * node) + f(centre - half * node));
  }
  return sum * half;
}

/** The points at which `integrate` looks and their weights: for a function that has to be asked across a process boundary. */
export function quadraturePoints(a: number, b: number, panels = 64): { x: number[]; weights: number[] } {
  const half = (b - a) / panels / 2;
  const x: number[] = [];
  const weights: number[] = [];
  for (let p = 0; p < panels; p++) {
    const centre = a + (2 * p + 1) * half;
    for (const [node, weight] of GAUSS_LEGENDRE_8) {
      x.push(centre - half * node, centre + half * node);
      weights.push(weight * half, weight * half);
    }
  }
  return { x, weights };
}

/** Positive nodes and weights; Abramowitz & Stegun, Handbook of Mathematical Functions, table 25.4, n = 8. */
const GAUSS_LEGENDRE_8: readonly (readonly [number, number])[] = [
  [0.183434642495649805, 0.362683783378361983],
  [0.52553240991632899, 0.313706645877887287],
  [0.796666477413626740, 0.222381034453374471],
  [0.960289856497536232, 0.101228536290376259],
];
