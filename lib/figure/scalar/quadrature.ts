/** Nodes and weights of the five-point Gauss–Legendre rule on [−1, 1], exact for polynomials of degree nine. */
const nodes = [-0.906179845938664, -0.5384693101056831, 0, 0.5384693101056831, 0.906179845938664];
const weights = [
  0.2369268850561891, 0.4786286704993665, 0.5688888888888889, 0.4786286704993665, 0.2369268850561891,
];

/**
 * ∫ f over [low, high] by the five-point Gauss–Legendre rule on equal panels, in double precision.
 *
 * @param panels More for integrands with narrow features.
 */
export function integrate(f: (value: number) => number, low: number, high: number, panels = 16): number {
  const half = (high - low) / panels / 2;
  let sum = 0;
  for (let panel = 0; panel < panels; panel++) {
    const centre = low + (2 * panel + 1) * half;
    for (const [index, node] of nodes.entries()) sum += (weights[index] ?? 0) * f(centre + half * node);
  }
  return sum * half;
}
