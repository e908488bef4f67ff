/** Samples of the model: every sample of the base pushed through f. */
export function pushSamples(z: number[], forward: (z: number) => number): number[] {
  // BEGIN SOLUTION
  return z.map((value) => forward(value));
  // END SOLUTION
}

/** Samples of the logistic distribution from numbers u in (0, 1), by its inverse distribution function. */
export function sampleLogistic(u: number[], location: number, scale: number): number[] {
  // BEGIN SOLUTION
  return u.map((value) => location + scale * (Math.log(value) - Math.log1p(-value)));
  // END SOLUTION
}
