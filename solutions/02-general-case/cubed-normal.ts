/** Density of x = f(z) for a standard normal z, for every x but 0. */
export function density(x: number): number {
  // BEGIN SOLUTION
  const z = Math.cbrt(x);
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / (3 * z * z);
  // END SOLUTION
}

/** Probability that |x| is below the radius. */
export function massWithin(radius: number): number {
  // BEGIN SOLUTION
  const end = Math.min(Math.cbrt(radius), 10);
  const cells = 20_000;
  let sum = 0;
  for (let i = 0; i < cells; i++) sum += Math.exp(-(((end * (i + 0.5)) / cells) ** 2) / 2);
  return (2 * sum * end) / cells / Math.sqrt(2 * Math.PI);
  // END SOLUTION
}
