/** Residual blocks of the plane, each a contraction beside the identity, fitted to data. */
export function fitResidual(data: number[][]): {
  forward(z: number[]): number[];
  inverse(x: number[]): number[];
  path(x: number[]): number[][];
  logDensity(points: number[][]): number[];
} {
  // BEGIN SOLUTION
  const BLOCKS = 6;
  const HIDDEN = 5;
  const STEPS = 60;
  const MOST = 0.95;
  // Of each hidden number five weights: the row (w1, w2) of W, the shift b, and the column (v1, v2) of V.
  const size = 5 * HIDDEN;
  const weights = new Float64Array(BLOCKS * size);
  for (let n = 0; n < BLOCKS * HIDDEN; n++) {
    const angle = 2.4 * n;
    const start = [Math.cos(angle), Math.sin(angle), 0.8 * Math.sin(1.7 * n)];
    weights.set([...start, 0.05 * Math.sin(1.3 * angle), 0.05 * Math.cos(1.3 * angle)], 5 * n);
  }

  // The spectral norm of two columns or two rows, by the eigenvalues of their 2 × 2 products.
  const normOf = (k: number, first: number): number => {
    let [a, b, d] = [0, 0, 0];
    for (let o = k * size; o < (k + 1) * size; o += 5) {
      const [p, q] = [weights[o + first], weights[o + first + 1]];
      a += p * p;
      b += p * q;
      d += q * q;
    }
    return Math.sqrt((a + d) / 2 + Math.hypot((a - d) / 2, b));
  };
  const contract = (): void => {
    for (let k = 0; k < BLOCKS; k++) {
      const bound = normOf(k, 0) * normOf(k, 3);
      if (bound <= MOST) continue;
      const factor = Math.sqrt(MOST / bound);
      for (let o = k * size; o < (k + 1) * size; o += 5)
        for (const i of [0, 1, 3, 4]) weights[o + i] *= factor;
    }
  };

  // One block at (x, y): what it adds, and its Jacobian, into these.
  const hidden = new Float64Array(BLOCKS * HIDDEN);
  const block = (k: number, x: number, y: number): { fx: number; fy: number; J: number[] } => {
    let [fx, fy] = [0, 0];
    const J = [1, 0, 0, 1];
    for (let j = 0, o = k * size; j < HIDDEN; j++, o += 5) {
      const [w1, w2, v1, v2] = [weights[o], weights[o + 1], weights[o + 3], weights[o + 4]];
      const h = Math.tanh(w1 * x + w2 * y + weights[o + 2]);
      const s = 1 - h * h;
      hidden[k * HIDDEN + j] = h;
      fx += v1 * h;
      fy += v2 * h;
      J[0] += s * v1 * w1;
      J[1] += s * v1 * w2;
      J[2] += s * v2 * w1;
      J[3] += s * v2 * w2;
    }
    return { fx, fy, J };
  };
  const determinant = ([a, b, c, d]: number[]): number => a * d - b * c;

  // Each number of the data is brought to mean 0 and deviation 1 first: that is a diagonal flow.
  const count = data.length;
  const mean = [0, 1].map((i) => data.reduce((sum, x) => sum + x[i], 0) / count);
  const deviation = [0, 1].map((i) =>
    Math.sqrt(data.reduce((sum, x) => sum + (x[i] - mean[i]) ** 2, 0) / count),
  );
  const standardize = (x: number[]): number[] => x.map((v, i) => (v - mean[i]) / deviation[i]);

  const normalize = (start: number[]): { points: number[][]; jacobians: number[][]; logDet: number } => {
    const points = [start];
    const jacobians: number[][] = [];
    let logDet = 0;
    for (let k = 0; k < BLOCKS; k++) {
      const [x, y] = points[k];
      const { fx, fy, J } = block(k, x, y);
      logDet += Math.log(determinant(J));
      jacobians.push(J);
      points.push([x + fx, y + fy]);
    }
    return { points, jacobians, logDet };
  };

  // The gradient of |z|²/2 − Σ log det J, from the last block to the first.
  const gradient = new Float64Array(weights.length);
  const addGradient = (start: number[]): void => {
    const { points, jacobians } = normalize(start);
    let [gx, gy] = points[BLOCKS];
    for (let k = BLOCKS - 1; k >= 0; k--) {
      const [x, y] = points[k];
      const [a, b, c, d] = jacobians[k];
      const det = a * d - b * c;
      let [dx, dy] = [gx, gy];
      for (let j = 0, o = k * size; j < HIDDEN; j++, o += 5) {
        const [w1, w2, v1, v2] = [weights[o], weights[o + 1], weights[o + 3], weights[o + 4]];
        const h = hidden[k * HIDDEN + j];
        const s = 1 - h * h;
        const [mv1, mv2] = [(d * v1 - b * v2) / det, (a * v2 - c * v1) / det];
        const slope = s * (gx * v1 + gy * v2 + 2 * h * (w1 * mv1 + w2 * mv2));
        gradient[o] += slope * x - s * mv1;
        gradient[o + 1] += slope * y - s * mv2;
        gradient[o + 2] += slope;
        gradient[o + 3] += h * gx - (s * (d * w1 - c * w2)) / det;
        gradient[o + 4] += h * gy - (s * (a * w2 - b * w1)) / det;
        dx += slope * w1;
        dy += slope * w2;
      }
      [gx, gy] = [dx, dy];
    }
  };

  // Adam, with a step size that falls; after each step the blocks are made contractions again.
  contract();
  const rows = data.map(standardize);
  const [first, second] = [new Float64Array(weights.length), new Float64Array(weights.length)];
  for (let step = 1; step <= STEPS; step++) {
    gradient.fill(0);
    for (const row of rows) addGradient(row);
    const rate = 0.08 * (1 - step / (STEPS + 1));
    for (let i = 0; i < weights.length; i++) {
      const slope = gradient[i] / count;
      first[i] = 0.9 * first[i] + 0.1 * slope;
      second[i] = 0.99 * second[i] + 0.01 * slope * slope;
      const root = Math.sqrt(second[i] / (1 - 0.99 ** step)) + 1e-8;
      weights[i] -= (rate * first[i]) / (1 - 0.9 ** step) / root;
    }
    contract();
  }

  const path = (x: number[]): number[][] => normalize(standardize(x)).points;
  return {
    path,
    inverse: (x: number[]): number[] => path(x)[BLOCKS],
    forward(z: number[]): number[] {
      let y = z;
      for (let k = BLOCKS - 1; k >= 0; k--) {
        let x = y;
        for (let i = 0; i < 1000; i++) {
          const { fx, fy } = block(k, x[0], x[1]);
          const next = [y[0] - fx, y[1] - fy];
          const moved = Math.hypot(next[0] - x[0], next[1] - x[1]);
          x = next;
          if (moved < (1e-9 * (1 - MOST)) / MOST) break;
        }
        y = x;
      }
      return y.map((v, i) => mean[i] + deviation[i] * v);
    },
    logDensity: (points: number[][]): number[] =>
      points.map((x) => {
        const { points: way, logDet } = normalize(standardize(x));
        const [a, b] = way[BLOCKS];
        return -(a * a + b * b) / 2 - Math.log(2 * Math.PI) + logDet - Math.log(deviation[0] * deviation[1]);
      }),
  };
  // END SOLUTION
}
