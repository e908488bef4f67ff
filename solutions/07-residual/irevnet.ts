/** Two halves, each of which gets a residual that is computed from the other one. */
export function reversibleBlock(
  W1: number[][],
  b1: number[],
  W2: number[][],
  b2: number[],
): { forward(h: number[]): number[]; inverse(x: number[]): number[] } {
  // BEGIN SOLUTION
  const network = (W: number[][], b: number[], a: number[]): number[] =>
    W.map((row, i) => Math.tanh(row.reduce((sum, w, j) => sum + w * a[j], b[i])));
  const size = W1.length;
  return {
    forward(h: number[]): number[] {
      const [h1, h2] = [h.slice(0, size), h.slice(size)];
      const f1 = network(W1, b1, h2);
      const new1 = h1.map((v, i) => v + f1[i]);
      const f2 = network(W2, b2, new1);
      return [...new1, ...h2.map((v, i) => v + f2[i])];
    },
    inverse(x: number[]): number[] {
      const [new1, new2] = [x.slice(0, size), x.slice(size)];
      const f2 = network(W2, b2, new1);
      const h2 = new2.map((v, i) => v - f2[i]);
      const f1 = network(W1, b1, h2);
      return [...new1.map((v, i) => v - f1[i]), ...h2];
    },
  };
  // END SOLUTION
}

/** The determinant of the block's Jacobian, line by line, for any two networks. */
export function determinantSteps(): string[] {
  // BEGIN SOLUTION
  return [
    "det(blocks(I1, A, B, I2 + B*A))",
    "det(blocks(I1, 0*A, B, I2) * blocks(I1, A, 0*B, I2))",
    "det(blocks(I1, 0*A, B, I2)) * det(blocks(I1, A, 0*B, I2))",
    "det(I1)*det(I2) * (det(I1)*det(I2))",
    "1",
  ];
  // END SOLUTION
}
