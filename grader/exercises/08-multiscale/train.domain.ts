import { SPECIAL } from "../../domain/special-points.ts";
import type { Region, Regions } from "../../domain/strata.ts";
import type { Domains } from "../../exercise.ts";
import { fn, matrix, object, parameter, vector } from "../../harness/kinds.ts";
import { normals, type Random, random as seeded } from "../../random.ts";

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

/** How many numbers leave at each level. */
const LEAVING = [48, 12, 4];
const ROWS = 40;

/** The first, the last and one in between are v. */
const holding = (list: readonly number[], v: number, random: Random): number[] =>
  list
    .with(0, v)
    .with(list.length - 1, v)
    .with(1 + random.integer(list.length - 2), v);

/** Noise with pixels of exactly 0, unlike any disc: its log-density is negative, and far from 0. */
const drawBlackened = (random: Random): number[] => {
  const noise = Array.from({ length: PIXELS }, () => random.uniform(0, 1));
  return holding(noise, 0, random);
};

/** Of the base: any; all of them 0, which is the middle of all pictures; and with numbers that people test for. */
const drawLatents = (random: Random): number[][] => [
  normals(random, PIXELS),
  new Array<number>(PIXELS).fill(0),
  ...SPECIAL.map((v) => holding(normals(random, PIXELS), v, random)),
];

/** New pictures, one of which comes twice, and noise with black pixels. */
function drawList(random: Random): number[][] {
  const pictures = drawDiscs(random, 12);
  return [...pictures.slice(0, 6), drawBlackened(random), ...pictures.slice(6), pictures[2]];
}

/** Pictures to fit to, and as many others; new pictures, and numbers of the base. */
export function drawAround(random: Random) {
  return {
    pictures: drawDiscs(random, ROWS),
    other: drawDiscs(random, ROWS),
    list: drawList(random),
    latents: drawLatents(random),
  };
}

/** One set of pictures for all: what is right of a flow that is fitted is right of it alone. */
const pictures = drawDiscs(seeded("pictures of the domain of multiscale flows"), ROWS);

type Point = [pictures: number[][], point: number[]];
const of = (
  draw: (random: Random) => number[],
  place: Region<Point>["place"] = () => 0.5,
): Region<Point> => ({
  draw: (random) => [pictures, draw(random)],
  place,
  points: 2,
});
const isBlackened = (x: readonly number[]): boolean => x.includes(0);

const discs: Regions<Point> = {
  "a new picture": of((random) => drawDiscs(random, 1)[0]),
  "noise with black pixels": of(drawBlackened, (_pictures, x) => (isBlackened(x) ? 0.5 : undefined)),
  ...Object.fromEntries(
    LEAVING.map((count, level) => {
      const first = LEAVING.slice(0, level).reduce((sum, n) => sum + n, 0);
      const leaves = Array.from({ length: PIXELS }, (_, i) =>
        i >= first && i < first + count ? 0.5 : undefined,
      );
      return [
        `a number leaves at level ${level + 1}`,
        of(
          (random) => drawDiscs(random, 1)[0],
          () => leaves,
        ),
      ];
    }),
  ),
};
const base: Regions<Point> = {
  "a point of the base": of((random) => normals(random, PIXELS)),
  "a point of zeros": of(
    () => new Array<number>(PIXELS).fill(0),
    (_pictures, z) => (z.every((v) => v === 0) ? 0.5 : undefined),
  ),
};

type Listed = [pictures: number[][], list: number[][]];
const inLists = (region: Pick<Region<Listed>, "points" | "place">): Region<Listed> => ({
  draw: (random) => [pictures, drawList(random)],
  ...region,
});

/** What the checks can see of a flow that is right in many ways. */
const common = { allows: () => 5e-3, float32: false, sees: { effect: 0.1 } } as const;
const open = (_pictures: unknown, point: readonly number[]): boolean => point.length !== PIXELS;

export const domains = {
  inverse: { ...common, regions: discs, open },
  forward: { ...common, regions: base, open },
  logDensity: {
    ...common,
    regions: {
      "a list of pictures": inLists({ points: 2, place: () => 0.5 }),
      "a part of a list": inLists({
        points: 8,
        place: (_pictures, list) => list.map((_, i) => i / Math.max(1, list.length - 1)),
      }),
      "noise with black pixels": inLists({
        points: 2,
        place: (_pictures, list) => list.map((x) => (isBlackened(x) ? 0.5 : undefined)),
      }),
    },
  },
} satisfies Domains<typeof signatures>["fitMultiscale"];

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
