/** From the determinant of I + u pᵀ in two dimensions to 1 + pᵀu, line by line. */
export function determinantLemma(): string[] {
  // BEGIN SOLUTION
  return [
    "(1 + u1*p1)*(1 + u2*p2) - u1*p2*u2*p1",
    "1 + u1*p1 + u2*p2 + u1*p1*u2*p2 - u1*p2*u2*p1",
    "1 + u1*p1 + u2*p2",
  ];
  // END SOLUTION
}

/** x = z + u tanh(w·z + b), and log|det ∂x/∂z| in nats. */
export function planar(z: number[], u: number[], w: number[], b: number): { x: number[]; logDet: number } {
  // BEGIN SOLUTION
  const dot = (p: number[], q: number[]): number => p.reduce((sum, value, i) => sum + value * q[i], 0);
  const bend = Math.tanh(dot(w, z) + b);
  return {
    x: z.map((value, i) => value + u[i] * bend),
    logDet: Math.log(1 + dot(w, u) * (1 - bend * bend)),
  };
  // END SOLUTION
}

/** The û next to u with w·û = −1 + log(1 + exp(w·u)), which is above −1. */
export function constrain(u: number[], w: number[]): number[] {
  // BEGIN SOLUTION
  const product = w.reduce((sum, value, i) => sum + value * u[i], 0);
  const square = w.reduce((sum, value) => sum + value * value, 0);
  const softplus = Math.max(product, 0) + Math.log1p(Math.exp(-Math.abs(product)));
  return u.map((value, i) => value + ((softplus - 1 - product) * w[i]) / square);
  // END SOLUTION
}
