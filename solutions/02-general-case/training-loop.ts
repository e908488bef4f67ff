/** The a and c of z = a x + c after so many steps of gradient descent from a = 1, c = 0. */
export function train(data: number[], rate: number, steps: number): { a: number; c: number } {
  // BEGIN SOLUTION
  let [a, c] = [1, 0];
  for (let step = 0; step < steps; step++) {
    let meanZ = 0;
    let meanZX = 0;
    for (const x of data) {
      const z = a * x + c;
      meanZ += z / data.length;
      meanZX += (z * x) / data.length;
    }
    a -= rate * (meanZX - 1 / a);
    c -= rate * meanZ;
  }
  return { a, c };
  // END SOLUTION
}

/** The x that z = a x + c takes to these z. */
export function generate(z: number[], a: number, c: number): number[] {
  // BEGIN SOLUTION
  return z.map((value) => (value - c) / a);
  // END SOLUTION
}
