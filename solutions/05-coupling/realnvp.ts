/** A RealNVP of the plane, fitted to data. */
export function fitRealNVP(data: number[][]): {
  forward(z: number[]): number[];
  inverse(x: number[]): number[];
  logDensity(points: number[][]): number[];
} {
  // BEGIN SOLUTION
  const HIDDEN = 6;
  const COUPLINGS = 2;
  const STEPS = 100;
  // Weights of one coupling: of the hidden numbers w and b, of s and t one for each hidden number and one alone.
  const size = 4 * HIDDEN + 2;
  const weights = new Float64Array(COUPLINGS * size);
  for (let k = 0; k < COUPLINGS; k++)
    for (let j = 0; j < HIDDEN; j++) {
      weights[k * size + j] = 1.5;
      weights[k * size + HIDDEN + j] = 0.8 * (j - (HIDDEN - 1) / 2);
    }

  // Each number of the data is brought to mean 0 and deviation 1 first: that is a diagonal flow.
  const count = data.length;
  const mean = [0, 1].map((i) => data.reduce((sum, x) => sum + x[i], 0) / count);
  const deviation = [0, 1].map((i) =>
    Math.sqrt(data.reduce((sum, x) => sum + (x[i] - mean[i]) ** 2, 0) / count),
  );

  const hidden = new Float64Array(COUPLINGS * HIDDEN);
  const steer = (k: number, a: number): [s: number, t: number] => {
    const o = k * size;
    let [s, t] = [weights[o + 4 * HIDDEN], weights[o + 4 * HIDDEN + 1]];
    for (let j = 0; j < HIDDEN; j++) {
      const h = Math.tanh(weights[o + j] * a + weights[o + HIDDEN + j]);
      hidden[k * HIDDEN + j] = h;
      s += weights[o + 2 * HIDDEN + j] * h;
      t += weights[o + 3 * HIDDEN + j] * h;
    }
    return [s, t];
  };
  // Coupling k changes the second number if k is even, else the first.
  const changes = (k: number): number => (k + 1) % 2;

  const scales = new Float64Array(COUPLINGS);
  const normalize = (x: number[]): { z: number[]; logDet: number } => {
    const z = x.map((v, i) => (v - mean[i]) / deviation[i]);
    let logDet = -Math.log(deviation[0] * deviation[1]);
    for (let k = COUPLINGS - 1; k >= 0; k--) {
      const b = changes(k);
      const [s, t] = steer(k, z[1 - b]);
      z[b] = (z[b] - t) * Math.exp(-s);
      scales[k] = s;
      logDet -= s;
    }
    return { z, logDet };
  };

  // The gradient of −log Pr(x) goes the way of the data backwards, and finds the numbers of each coupling by undoing it.
  const gradient = new Float64Array(weights.length);
  const addGradient = (x: number[]): void => {
    const { z } = normalize(x);
    const g = [z[0], z[1]];
    for (let k = 0; k < COUPLINGS; k++) {
      const [o, b] = [k * size, changes(k)];
      const a = z[1 - b];
      const dShift = -g[b] * Math.exp(-scales[k]);
      const dScale = 1 - g[b] * z[b];
      let [da, t] = [0, weights[o + 4 * HIDDEN + 1]];
      for (let j = 0; j < HIDDEN; j++) {
        const h = hidden[k * HIDDEN + j];
        const [vs, vt] = [weights[o + 2 * HIDDEN + j], weights[o + 3 * HIDDEN + j]];
        const du = (dScale * vs + dShift * vt) * (1 - h * h);
        gradient[o + j] += du * a;
        gradient[o + HIDDEN + j] += du;
        gradient[o + 2 * HIDDEN + j] += dScale * h;
        gradient[o + 3 * HIDDEN + j] += dShift * h;
        da += du * weights[o + j];
        t += vt * h;
      }
      gradient[o + 4 * HIDDEN] += dScale;
      gradient[o + 4 * HIDDEN + 1] += dShift;
      g[1 - b] += da;
      g[b] = -dShift;
      z[b] = z[b] * Math.exp(scales[k]) + t;
    }
  };

  // Adam, with a step size that falls.
  const [first, second] = [new Float64Array(weights.length), new Float64Array(weights.length)];
  for (let step = 1; step <= STEPS; step++) {
    gradient.fill(0);
    for (const x of data) addGradient(x);
    const rate = 0.04 * (1 - step / (STEPS + 1));
    for (let i = 0; i < weights.length; i++) {
      const slope = gradient[i] / count;
      first[i] = 0.9 * first[i] + 0.1 * slope;
      second[i] = 0.99 * second[i] + 0.01 * slope * slope;
      const size = Math.sqrt(second[i] / (1 - 0.99 ** step)) + 1e-8;
      weights[i] -= (rate * first[i]) / (1 - 0.9 ** step) / size;
    }
  }

  return {
    forward(z: number[]): number[] {
      const x = [...z];
      for (let k = 0; k < COUPLINGS; k++) {
        const b = changes(k);
        const [s, t] = steer(k, x[1 - b]);
        x[b] = x[b] * Math.exp(s) + t;
      }
      return x.map((v, i) => v * deviation[i] + mean[i]);
    },
    inverse: (x: number[]): number[] => normalize(x).z,
    logDensity: (points: number[][]): number[] =>
      points.map((x) => {
        const { z, logDet } = normalize(x);
        return -(z[0] ** 2 + z[1] ** 2) / 2 - Math.log(2 * Math.PI) + logDet;
      }),
  };
  // END SOLUTION
}
