/** A step of Glow: on the way to z an ActNorm, a 1×1 convolution, and an affine coupling of the second half of each place. */
export function glowStep(
  scale: number[],
  shift: number[],
  order: number[],
  lower: number[][],
  upper: number[][],
  s: number[],
  S: number[][],
  T: number[][],
): { inverse(x: number[]): { z: number[]; logDet: number }; forward(z: number[]): number[] } {
  // BEGIN SOLUTION
  const n = s.length;
  const half = n / 2;
  const placesOf = (list: number[]): number[][] =>
    Array.from({ length: list.length / n }, (_, place) => list.slice(place * n, (place + 1) * n));
  const times = (M: number[][], v: number[]): number[] =>
    M.map((row) => row.reduce((sum, w, k) => sum + w * v[k], 0));

  const mix = (h: number[]): number[] => {
    const mixed = h.map((_, i) =>
      upper[i].reduce((sum, w, k) => (k > i ? sum + w * h[k] : sum), s[i] * h[i]),
    );
    const lowered = mixed.map((v, i) =>
      lower[i].reduce((sum, w, k) => (k < i ? sum + w * mixed[k] : sum), v),
    );
    return order.map((from) => lowered[from]);
  };
  const unmix = (h: number[]): number[] => {
    const own: number[] = [];
    for (const [i, from] of order.entries()) own[from] = h[i];
    for (let i = 0; i < n; i++) for (let k = 0; k < i; k++) own[i] -= lower[i][k] * own[k];
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) own[i] -= upper[i][k] * own[k];
      own[i] /= s[i];
    }
    return own;
  };
  const logScalesOf = (kept: number[]): number[] => times(S, kept).map(Math.tanh);

  return {
    inverse(x) {
      const z: number[] = [];
      let logDet = 0;
      for (const place of placesOf(x)) {
        const h = mix(place.map((v, c) => scale[c] * v + shift[c]));
        const kept = h.slice(0, half);
        const [logScales, shifts] = [logScalesOf(kept), times(T, kept)];
        z.push(...kept, ...h.slice(half).map((v, i) => (v - shifts[i]) * Math.exp(-logScales[i])));
        logDet += [...scale, ...s].reduce((sum, v) => sum + Math.log(Math.abs(v)), 0);
        logDet -= logScales.reduce((sum, v) => sum + v, 0);
      }
      return { z, logDet };
    },
    forward: (z) =>
      placesOf(z).flatMap((place) => {
        const kept = place.slice(0, half);
        const [logScales, shifts] = [logScalesOf(kept), times(T, kept)];
        const changed = place.slice(half).map((v, i) => v * Math.exp(logScales[i]) + shifts[i]);
        return unmix([...kept, ...changed]).map((v, c) => (v - shift[c]) / scale[c]);
      }),
  };
  // END SOLUTION
}
