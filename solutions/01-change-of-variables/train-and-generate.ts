/** What one number adds to the loss of x = eᵃ z + b, from equation 16.1, line by line. */
export function lossSteps(): string[] {
  // BEGIN SOLUTION
  return [
    "-log(p((x - b)/exp(a))/abs(exp(a)))",
    "-log(p((x - b)/exp(a))/exp(a))",
    "-log(p((x - b)/exp(a))) + a",
    "-log(exp(-((x - b)/exp(a))^2/2)/sqrt(2*pi)) + a",
    "((x - b)/exp(a))^2/2 + log(2*pi)/2 + a",
    "a + ((x - b)*exp(-a))^2/2 + log(2*pi)/2",
  ];
  // END SOLUTION
}

/** The a and b of x = eᵃ z + b after so many steps of gradient descent. */
export function train(data: number[], rate: number, steps: number): { a: number; b: number } {
  // BEGIN SOLUTION
  let [a, b] = [0, 0];
  for (let step = 0; step < steps; step++) {
    let meanZ = 0;
    let meanSquare = 0;
    for (const x of data) {
      const z = (x - b) * Math.exp(-a);
      meanZ += z / data.length;
      meanSquare += (z * z) / data.length;
    }
    [a, b] = [a - rate * (1 - meanSquare), b + rate * Math.exp(-a) * meanZ];
  }
  return { a, b };
  // END SOLUTION
}

/** New data: the x of these z under x = eᵃ z + b. */
export function generate(z: number[], a: number, b: number): number[] {
  // BEGIN SOLUTION
  return z.map((value) => Math.exp(a) * value + b);
  // END SOLUTION
}
