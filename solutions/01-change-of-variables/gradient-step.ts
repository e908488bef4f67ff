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

/** The derivative by a of what one number adds to the loss, line by line. */
export function slopeOfA(): string[] {
  // BEGIN SOLUTION
  return [
    "da(a + ((x - b)*exp(-a))^2/2)",
    "da(a) + da(((x - b)*exp(-a))^2/2)",
    "1 + (x - b)*exp(-a)*da((x - b)*exp(-a))",
    "1 + (x - b)*exp(-a)*(-(x - b)*exp(-a))",
    "1 - ((x - b)*exp(-a))^2",
  ];
  // END SOLUTION
}

/** The derivative by b of the same. */
export function slopeOfB(): string[] {
  // BEGIN SOLUTION
  return [
    "db(a + ((x - b)*exp(-a))^2/2)",
    "(x - b)*exp(-a)*db((x - b)*exp(-a))",
    "(x - b)*exp(-a)*(-exp(-a))",
    "-exp(-a)*((x - b)*exp(-a))",
  ];
  // END SOLUTION
}
