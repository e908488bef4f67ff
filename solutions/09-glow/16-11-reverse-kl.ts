/** From the divergence of the student's draws to what is minimised, line by line. */
export function klSteps(): string[] {
  // BEGIN SOLUTION
  return [
    "E(log(m(f(z))/q(f(z))))",
    "E(log(p(z)/abs(df(z))/q(f(z))))",
    "E(log(p(z)/abs(df(z))/(u(f(z))/K)))",
    "E(log(p(z)) - log(abs(df(z))) - log(u(f(z))) + log(K))",
    "E(log(p(z)) - log(abs(df(z))) - log(u(f(z)))) + log(K)",
  ];
  // END SOLUTION
}

/** The average over z of log Pr(z) − log |f′(z)| − log q(f(z)), for a standard normal base. */
export function reverseLoss(
  z: number[],
  f: (z: number) => number,
  slope: (z: number) => number,
  q: (x: number) => number,
): number {
  // BEGIN SOLUTION
  let sum = 0;
  for (const value of z) {
    const logBase = -0.5 * value ** 2 - 0.5 * Math.log(2 * Math.PI);
    const logStudent = logBase - Math.log(Math.abs(slope(value)));
    sum += logStudent - Math.log(q(f(value)));
  }
  return sum / z.length;
  // END SOLUTION
}

/** The derivatives of this average by a and b, for f(z) = eᵃ z + b. */
export function reverseGradient(
  z: number[],
  a: number,
  b: number,
  q: (x: number) => number,
  qSlope: (x: number) => number,
): { a: number; b: number } {
  // BEGIN SOLUTION
  let [alongA, alongB] = [-1, 0];
  for (const value of z) {
    const x = Math.exp(a) * value + b;
    const score = qSlope(x) / q(x);
    alongA -= (score * Math.exp(a) * value) / z.length;
    alongB -= score / z.length;
  }
  return { a: alongA, b: alongB };
  // END SOLUTION
}

/** Is the inverse computed? Has every x to come from one z? Has the integral of q to be 1? */
export function needed(): { inverse: boolean; oneToOne: boolean; integral: boolean } {
  // BEGIN SOLUTION
  return { inverse: false, oneToOne: true, integral: false };
  // END SOLUTION
}

/** Of the map that folds: the mass by the formula with one z, and by how many nats the loss is too small. */
export function fold(): { mass: number; gap: number } {
  // BEGIN SOLUTION
  return { mass: 0.5, gap: Math.log(2) };
  // END SOLUTION
}

/** Must the network be invertible, and why? For a person to read. */
export function reasoning(): string {
  // BEGIN SOLUTION
  return (
    "The inverse is never computed: the student draws z itself and pushes it forward, so it knows the z of each x. " +
    "But f must be one-to-one with a slope that is not 0. The loss takes Pr(z)/|f'(z)| for the student's density, " +
    "which counts one z. If several z lead to one x, as with |z|, its density is their sum, and the loss is no divergence."
  );
  // END SOLUTION
}
