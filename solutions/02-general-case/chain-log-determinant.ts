/** x and log|det ∂x/∂z| of the flow h ← asinh(Ωh + β), one row [a, b, c, d, e, f] for each layer. */
export function chain(layers: number[][], z: number[]): { x: number[]; logDet: number } {
  // BEGIN SOLUTION
  let [h1, h2] = z;
  let logDet = 0;
  for (const [a, b, c, d, e, f] of layers) {
    const [a1, a2] = [a * h1 + b * h2 + e, c * h1 + d * h2 + f];
    logDet += Math.log(Math.abs(a * d - b * c)) - Math.log1p(a1 * a1) / 2 - Math.log1p(a2 * a2) / 2;
    [h1, h2] = [Math.asinh(a1), Math.asinh(a2)];
  }
  return { x: [h1, h2], logDet };
  // END SOLUTION
}

/** z and log|det ∂z/∂x| of the same flow. */
export function unchain(layers: number[][], x: number[]): { z: number[]; logDet: number } {
  // BEGIN SOLUTION
  let [h1, h2] = x;
  let logDet = 0;
  for (const [a, b, c, d, e, f] of [...layers].reverse()) {
    const [a1, a2] = [Math.sinh(h1), Math.sinh(h2)];
    const determinant = a * d - b * c;
    logDet -= Math.log(Math.abs(determinant)) - Math.log1p(a1 * a1) / 2 - Math.log1p(a2 * a2) / 2;
    const [p, q] = [a1 - e, a2 - f];
    [h1, h2] = [(d * p - b * q) / determinant, (a * q - c * p) / determinant];
  }
  return { z: [h1, h2], logDet };
  // END SOLUTION
}
