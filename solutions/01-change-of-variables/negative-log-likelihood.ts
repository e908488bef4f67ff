/** −Σ log Pr(xᵢ) of the flow x = eᵃ z + b with a standard normal base, in nats. */
export function negativeLogLikelihood(data: number[], a: number, b: number): number {
  // BEGIN SOLUTION
  let sum = 0;
  for (const x of data) {
    const z = (x - b) * Math.exp(-a);
    const logBase = -(z * z) / 2 - Math.log(2 * Math.PI) / 2;
    sum += a - logBase;
  }
  return sum;
  // END SOLUTION
}
