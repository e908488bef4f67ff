/** Scale and shift of each channel that give the first batch, over all pictures and places, mean 0 and deviation 1. */
export function firstScales(batch: number[][], channels: number): { s: number[]; b: number[] } {
  // BEGIN SOLUTION
  const numbers = batch.flat();
  const places = numbers.length / channels;
  const s: number[] = [];
  const b: number[] = [];
  for (let c = 0; c < channels; c++) {
    const own = numbers.filter((_, at) => at % channels === c);
    const mean = own.reduce((sum, v) => sum + v, 0) / places;
    const variance = own.reduce((sum, v) => sum + (v - mean) ** 2, 0) / places;
    s.push(1 / Math.sqrt(variance));
    b.push(-mean / Math.sqrt(variance));
  }
  return { s, b };
  // END SOLUTION
}

/** A picture on its way to z, with log|det ∂z/∂x| in nats. */
export function normalizeChannels(x: number[], s: number[], b: number[]): { z: number[]; logDet: number } {
  // BEGIN SOLUTION
  const channels = s.length;
  const z = x.map((v, at) => s[at % channels] * v + b[at % channels]);
  const logDet = (x.length / channels) * s.reduce((sum, scale) => sum + Math.log(Math.abs(scale)), 0);
  return { z, logDet };
  // END SOLUTION
}

/** The way back, from z to x. */
export function generateChannels(z: number[], s: number[], b: number[]): number[] {
  // BEGIN SOLUTION
  return z.map((v, at) => (v - b[at % b.length]) / s[at % s.length]);
  // END SOLUTION
}
