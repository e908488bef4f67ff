import { fn, matrix, object, parameter, vector } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

export const SIDE = 8;
export const PIXELS = SIDE * SIDE;
const LEVELS = 32;

/** Numbers from [0, 1), some ten thousand for a training: Marsaglia's xorshift of 32 bits. */
function quickUniform(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/**
 * Pictures of one soft disc each, of any place, size and brightness, before a background that is a little brighter to one side.
 *
 * Whole numbers of 32 levels with fresh noise, so that each picture is a point of [0, 1)^64.
 */
export function drawDiscs(random: Random, count: number): number[][] {
  const noise = quickUniform(random.integer(2 ** 31));
  return Array.from({ length: count }, () => {
    const [middleX, middleY, radius] = [
      random.uniform(2.5, 4.5),
      random.uniform(2.5, 4.5),
      random.uniform(1.7, 3),
    ];
    const [disc, ground] = [random.uniform(0.55, 0.95), random.uniform(0.05, 0.35)];
    const [tiltX, tiltY] = [random.uniform(-0.02, 0.02), random.uniform(-0.02, 0.02)];
    return Array.from({ length: PIXELS }, (_, at) => {
      const [x, y] = [(at % SIDE) - middleX, Math.floor(at / SIDE) - middleY];
      const cover = 1 / (1 + Math.exp((Math.hypot(x, y) - radius) / 0.35));
      const grey = ground + (disc - ground) * cover + tiltX * x + tiltY * y;
      const level = Math.floor(LEVELS * Math.min(0.999, Math.max(0, grey)));
      return (level + noise()) / LEVELS;
    });
  });
}

/** Bits per dimension of a mean log-density of such pictures, in nats. */
export const bitsOf = (logDensity: number): number => Math.log2(LEVELS) - logDensity / (PIXELS * Math.LN2);

export const meanOf = (list: readonly number[]): number => list.reduce((sum, v) => sum + v, 0) / list.length;

export const logNormal = (z: readonly number[]): number =>
  z.reduce((sum, v) => sum - (v * v + Math.log(2 * Math.PI)) / 2, 0);

/** Means of the blocks of size × size pixels, row by row. */
export function blockMeans(picture: readonly number[], size: number): number[] {
  const count = SIDE / size;
  const means = new Array<number>(count * count).fill(0);
  for (const [at, v] of picture.entries()) {
    const [row, column] = [Math.floor(Math.floor(at / SIDE) / size), Math.floor((at % SIDE) / size)];
    means[row * count + column] += v / (size * size);
  }
  return means;
}

export const signatures = {
  fitMultiscale: fn(
    [parameter("pictures", matrix)],
    object({
      inverse: fn([parameter("x", vector)], vector),
      forward: fn([parameter("z", vector)], vector),
      logDensity: fn([parameter("pictures", matrix)], vector),
    }),
  ),
};
