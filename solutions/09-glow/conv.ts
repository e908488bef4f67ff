/** The matrix W = P L (U + diag(s)). */
export function mixingMatrix(order: number[], lower: number[][], upper: number[][], s: number[]): number[][] {
  // BEGIN SOLUTION
  const n = s.length;
  const product = s.map((_, i) =>
    s.map((_, j) => {
      let sum = 0;
      for (let k = 0; k < n; k++) {
        const left = k === i ? 1 : k < i ? lower[i][k] : 0;
        const right = k === j ? s[k] : k < j ? upper[k][j] : 0;
        sum += left * right;
      }
      return sum;
    }),
  );
  return order.map((from) => product[from]);
  // END SOLUTION
}

/** The 1×1 convolution with W, from x to z, with log|det ∂z/∂x| of the whole picture in nats. */
export function mixChannels(
  x: number[],
  order: number[],
  lower: number[][],
  upper: number[][],
  s: number[],
): { z: number[]; logDet: number } {
  // BEGIN SOLUTION
  const n = s.length;
  const W = mixingMatrix(order, lower, upper, s);
  const z = x.map((_, at) => {
    const [place, c] = [Math.floor(at / n), at % n];
    return W[c].reduce((sum, weight, k) => sum + weight * x[place * n + k], 0);
  });
  const ofOnePlace = s.reduce((sum, v) => sum + Math.log(Math.abs(v)), 0);
  return { z, logDet: (x.length / n) * ofOnePlace };
  // END SOLUTION
}

/** The way back, from z to x. */
export function unmixChannels(
  z: number[],
  order: number[],
  lower: number[][],
  upper: number[][],
  s: number[],
): number[] {
  // BEGIN SOLUTION
  const n = s.length;
  const x: number[] = [];
  for (let place = 0; place < z.length; place += n) {
    const own: number[] = [];
    for (const [i, from] of order.entries()) own[from] = z[place + i];
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) own[i] -= lower[i][j] * own[j];
    for (let i = n - 1; i >= 0; i--) {
      for (let j = i + 1; j < n; j++) own[i] -= upper[i][j] * own[j];
      own[i] /= s[i];
    }
    x.push(...own);
  }
  return x;
  // END SOLUTION
}
