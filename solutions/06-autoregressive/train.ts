/** An autoregressive flow, fitted to rows of data by so many steps: steered by "x" it is a MAF, steered by "z" an IAF. */
export function fitAutoregressive(
  data: number[][],
  steps: number,
  steeredBy: string,
): {
  weights(): { A: number[][]; a: number[]; M: number[][]; m: number[] };
  logDensity(points: number[][]): number[];
} {
  // BEGIN SOLUTION
  const D = data[0].length;
  // Of number i first the weights of its log-scale, then those of its shift; the last of each D + 1 is the bias.
  const W = new Float64Array(2 * D * (D + 1));
  const scaleOf = (i: number): number => i * (D + 1);
  const shiftOf = (i: number): number => (D + i) * (D + 1);
  // The start: nothing steers, and each number has its own mean and deviation.
  for (let i = 0; i < D; i++) {
    const mean = data.reduce((sum, x) => sum + x[i], 0) / data.length;
    const variance = data.reduce((sum, x) => sum + (x[i] - mean) ** 2, 0) / data.length;
    W[scaleOf(i) + D] = Math.atanh(Math.max(-0.9, Math.min(0.9, Math.log(variance) / 2)));
    W[shiftOf(i) + D] = mean;
  }

  const normalize = (x: number[]): { z: number[]; alpha: number[]; steering: number[] } => {
    const z = new Array<number>(D).fill(0);
    const alpha = new Array<number>(D).fill(0);
    const steering = steeredBy === "z" ? z : x;
    for (let i = 0; i < D; i++) {
      let [u, mu] = [W[scaleOf(i) + D], W[shiftOf(i) + D]];
      for (let j = 0; j < i; j++) {
        u += W[scaleOf(i) + j] * steering[j];
        mu += W[shiftOf(i) + j] * steering[j];
      }
      alpha[i] = Math.tanh(u);
      z[i] = (x[i] - mu) * Math.exp(-alpha[i]);
    }
    return { z, alpha, steering };
  };

  const gradient = new Float64Array(W.length);
  const addGradient = (x: number[]): void => {
    const { z, alpha, steering } = normalize(x);
    // Slopes of Σ z²/2 + Σ α by each z, the last number first.
    const g = [...z];
    for (let i = D - 1; i >= 0; i--) {
      const du = (1 - g[i] * z[i]) * (1 - alpha[i] ** 2);
      const dmu = -g[i] * Math.exp(-alpha[i]);
      gradient[scaleOf(i) + D] += du;
      gradient[shiftOf(i) + D] += dmu;
      for (let j = 0; j < i; j++) {
        gradient[scaleOf(i) + j] += du * steering[j];
        gradient[shiftOf(i) + j] += dmu * steering[j];
        if (steeredBy === "z") g[j] += du * W[scaleOf(i) + j] + dmu * W[shiftOf(i) + j];
      }
    }
  };

  // Adam, with a step size that falls.
  const [first, second] = [new Float64Array(W.length), new Float64Array(W.length)];
  for (let step = 1; step <= steps; step++) {
    gradient.fill(0);
    for (const x of data) addGradient(x);
    const rate = 0.05 * (1 - (step - 1) / steps);
    for (let k = 0; k < W.length; k++) {
      const slope = gradient[k] / data.length;
      first[k] = 0.9 * first[k] + 0.1 * slope;
      second[k] = 0.99 * second[k] + 0.01 * slope * slope;
      const size = Math.sqrt(second[k] / (1 - 0.99 ** step)) + 1e-8;
      W[k] -= (rate * first[k]) / (1 - 0.9 ** step) / size;
    }
  }

  const rows = (of: (i: number) => number): number[][] =>
    Array.from({ length: D }, (_, i) => Array.from({ length: D }, (_, j) => (j < i ? W[of(i) + j] : 0)));
  const biases = (of: (i: number) => number): number[] => Array.from({ length: D }, (_, i) => W[of(i) + D]);
  return {
    weights: () => ({ A: rows(scaleOf), a: biases(scaleOf), M: rows(shiftOf), m: biases(shiftOf) }),
    logDensity: (points: number[][]): number[] =>
      points.map((x) => {
        const { z, alpha } = normalize(x);
        return z.reduce((sum, v, i) => sum - (v * v + Math.log(2 * Math.PI)) / 2 - alpha[i], 0);
      }),
  };
  // END SOLUTION
}
