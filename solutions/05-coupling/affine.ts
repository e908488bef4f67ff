/** An affine coupling: the first d numbers stay, and steer a scale and a shift for each of the others. */
export function affineCoupling(
  S: number[][],
  p: number[],
  T: number[][],
  q: number[],
): {
  forward(z: number[]): number[];
  inverse(x: number[]): number[];
  logDet(z: number[]): number;
  inverseLogDet(x: number[]): number;
} {
  // BEGIN SOLUTION
  const d = S[0].length;
  const line = (row: number[], a: number[], bias: number): number =>
    row.reduce((sum, weight, j) => sum + weight * a[j], bias);
  const s = (a: number[]): number[] => S.map((row, i) => Math.tanh(line(row, a, p[i])));
  const t = (a: number[]): number[] => T.map((row, i) => line(row, a, q[i]));
  const total = (list: number[]): number => list.reduce((sum, v) => sum + v, 0);
  return {
    forward(z: number[]): number[] {
      const a = z.slice(0, d);
      const [scale, shift] = [s(a), t(a)];
      return [...a, ...z.slice(d).map((v, i) => v * Math.exp(scale[i]) + shift[i])];
    },
    inverse(x: number[]): number[] {
      const a = x.slice(0, d);
      const [scale, shift] = [s(a), t(a)];
      return [...a, ...x.slice(d).map((v, i) => (v - shift[i]) * Math.exp(-scale[i]))];
    },
    logDet: (z: number[]): number => total(s(z.slice(0, d))),
    inverseLogDet: (x: number[]): number => -total(s(x.slice(0, d))),
  };
  // END SOLUTION
}
