/** One step of gradient descent on the average negative log-likelihood of the flow x = eᵃ z + b. */
export function gradientStep(data: number[], a: number, b: number, rate: number): { a: number; b: number } {
  // BEGIN SOLUTION
  let meanZ = 0;
  let meanSquare = 0;
  for (const x of data) {
    const z = (x - b) * Math.exp(-a);
    meanZ += z / data.length;
    meanSquare += (z * z) / data.length;
  }
  return {
    a: a - rate * (1 - meanSquare),
    b: b + rate * Math.exp(-a) * meanZ,
  };
  // END SOLUTION
}
