/** The point at t on the straight line between two latents: `from` at 0, `to` at 1. */
export function straightBetween(from: number[], to: number[], t: number): number[] {
  // BEGIN SOLUTION
  return from.map((v, i) => (1 - t) * v + t * to[i]);
  // END SOLUTION
}

/** The same along the arc between their directions, with constant angular speed. */
export function sphericalBetween(from: number[], to: number[], t: number): number[] {
  // BEGIN SOLUTION
  const dot = (a: number[], b: number[]): number => a.reduce((sum, v, i) => sum + v * b[i], 0);
  const cosine = dot(from, to) / Math.sqrt(dot(from, from) * dot(to, to));
  const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
  // Of equal directions the arc is the straight line.
  if (angle < 1e-7) return straightBetween(from, to, t);
  const [first, second] = [Math.sin((1 - t) * angle), Math.sin(t * angle)].map((v) => v / Math.sin(angle));
  return from.map((v, i) => first * v + second * to[i]);
  // END SOLUTION
}

/** From the mean latent of those without an attribute (0) to the mean latent of those with it (1). */
export function attributeVector(latents: number[][], labels: number[]): number[] {
  // BEGIN SOLUTION
  const meanOf = (label: number): number[] => {
    const own = latents.filter((_, i) => labels[i] === label);
    return latents[0].map((_, k) => own.reduce((sum, z) => sum + z[k], 0) / own.length);
  };
  const without = meanOf(0);
  return meanOf(1).map((v, k) => v - without[k]);
  // END SOLUTION
}
