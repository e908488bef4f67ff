import type { Domain } from "../../domain/domain.ts";
import { oneOf, type Region, type Regions } from "../../domain/strata.ts";
import type { Domains } from "../../exercise.ts";
import { fn, matrix, number, object, parameter, vector } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

type Numbers = readonly number[];
export type Matrix = readonly Numbers[];
/** Log-scales and shifts: a row for each level, the finest first, and in it one number for each of four channels. */
export type Parts = readonly [S: number[][], T: number[][]];

/** Rows of the Haar matrix: what becomes of a block's upper left, upper right, lower left and lower right. */
const HAAR = [
  [1, 1, 1, 1],
  [1, -1, 1, -1],
  [1, 1, -1, -1],
  [1, -1, -1, 1],
].map((row) => row.map((v) => v / 2));

/** What may be different in a wrong answer. */
export interface Ways {
  readonly haar: Matrix;
  /** Channels of a place that leave after each level but the last, where all do; the others go on. */
  readonly leaving: Numbers;
  readonly standardize: (y: number, s: number, t: number) => number;
  readonly restore: (z: number, s: number, t: number) => number;
  /** Which row of S and T belongs to a level, from 0, of so many. */
  readonly rowOf: (level: number, levels: number) => number;
}

export const RIGHT: Ways = {
  haar: HAAR,
  leaving: [1, 2, 3],
  standardize: (y, s, t) => (y - t) * Math.exp(-s),
  restore: (z, s, t) => z * Math.exp(s) + t,
  rowOf: (level) => level,
};

/** The four places of a block in the list of a square image of this side. */
const corners = (block: number, side: number): number[] => {
  const [row, column] = [2 * Math.floor(block / (side / 2)), 2 * (block % (side / 2))];
  return [0, 1, side, side + 1].map((step) => row * side + column + step);
};

const sideOf = (image: Numbers): number => Math.round(Math.sqrt(image.length));

export function inverseOf([S, T]: Parts, x: Numbers, ways: Ways = RIGHT): number[] {
  const latents: number[] = [];
  let image: Numbers = x;
  for (let level = 0; level < S.length; level++) {
    const row = ways.rowOf(level, S.length);
    const side = sideOf(image);
    const next: number[] = [];
    for (let block = 0; block < image.length / 4; block++) {
      const pixels = corners(block, side).map((at) => image[at]);
      const y = ways.haar.map((weights, k) =>
        ways.standardize(
          weights.reduce((sum, w, j) => sum + w * pixels[j], 0),
          S[row][k],
          T[row][k],
        ),
      );
      latents.push(...ways.leaving.map((k) => y[k]));
      next.push(y[0]);
    }
    image = next;
  }
  return [...latents, ...image];
}

export function forwardOf([S, T]: Parts, z: Numbers, ways: Ways = RIGHT): number[] {
  let image = z.slice(z.length - z.length / 4 ** S.length);
  let end = z.length - image.length;
  for (let level = S.length - 1; level >= 0; level--) {
    const row = ways.rowOf(level, S.length);
    const left = z.slice(end - 3 * image.length, end);
    end -= left.length;
    const side = 2 * sideOf(image);
    const finer = new Array<number>(4 * image.length).fill(0);
    for (const [block, first] of image.entries()) {
      const own = [first, 0, 0, 0];
      for (const [i, k] of ways.leaving.entries()) own[k] = left[3 * block + i];
      const y = own.map((v, k) => ways.restore(v, S[row][k], T[row][k]));
      for (const [j, at] of corners(block, side).entries())
        finer[at] = ways.haar.reduce((sum, weights, k) => sum + weights[j] * y[k], 0);
    }
    image = finer;
  }
  return image;
}

/** log |det ∂z/∂x|, in nats. */
export function logDetOf([S]: Parts, count: number): number {
  return -S.reduce(
    (sum, row, level) => sum + (count / 4 ** (level + 1)) * row.reduce((total, s) => total + s, 0),
    0,
  );
}

export const logNormal = (z: Numbers): number =>
  z.reduce((sum, v) => sum - (v * v + Math.log(2 * Math.PI)) / 2, 0);

export const logDensityOf = (parts: Parts, x: Numbers): number =>
  logNormal(inverseOf(parts, x)) + logDetOf(parts, x.length);

/** Weights of so many levels, and an image with 2^levels · base rows and columns. */
export interface Drawn {
  readonly parts: Parts;
  readonly image: number[];
}

export function drawFlow(random: Random, levels: number, base = 1): Drawn {
  const rows = (scale: number) =>
    Array.from({ length: levels }, () => [0, 1, 2, 3].map(() => scale * random.normal()));
  const side = base * 2 ** levels;
  return {
    parts: [rows(0.4), rows(0.6)],
    image: Array.from({ length: side * side }, () => 1.2 * random.normal()),
  };
}

export const SHAPES: readonly (readonly [levels: number, base: number])[] = [
  [1, 1],
  [1, 2],
  [1, 3],
  [2, 1],
  [2, 2],
  [3, 1],
];

type Asked = [S: number[][], T: number[][], list: number[]];

const largest = (list: Numbers): number => list.reduce((most, v) => Math.max(most, Math.abs(v)), 1);
const spreadOf = (S: Matrix): number =>
  Math.exp(S.reduce((sum, row) => sum + Math.max(...row.map(Math.abs)), 0));

/** How large the numbers on the way are, at most. */
const sizeOf = (S: Matrix, T: Matrix, list: Numbers): number =>
  (largest(list) + largest(T.flat())) * 2 ** S.length * spreadOf(S);

const isFlow = (S: Matrix, T: Matrix, list: Numbers): boolean =>
  S.length >= 1 &&
  S.length <= 3 &&
  T.length === S.length &&
  [...S, ...T].every(({ length }) => length === 4) &&
  list.length > 0 &&
  Number.isInteger(sideOf(list) / 2 ** S.length) &&
  sideOf(list) ** 2 === list.length;

const levelsAndSide = ([levels, base]: readonly [levels: number, base: number]): [string, Region<Asked>] => {
  const side = base * 2 ** levels;
  return [
    `${levels} ${levels === 1 ? "level" : "levels"} of ${side} × ${side} pixels`,
    {
      points: 3,
      draw(random) {
        const { parts, image } = drawFlow(random, levels, base);
        return [...parts, image];
      },
      place: (S, _T, list) => (S.length === levels && list.length === side ** 2 ? 0.5 : undefined),
    },
  ];
};
const special = oneOf(0, 1, -1);
const isZero = (v: number): boolean => v === 0;

const regions: Regions<Asked> = {
  ...Object.fromEntries(SHAPES.map(levelsAndSide)),
  "a 0, 1 or −1 in the picture": {
    points: 9,
    draw(random, place) {
      const { parts, image } = drawFlow(random, 2);
      const at = [0, image.length - 1, 5][Math.floor(9 * place) % 3];
      return [...parts, image.with(at, special.at(place))];
    },
    place: (_S, _T, list) => list.map(special.place).find((at) => at !== undefined),
  },
  "a picture of zeros, and no shifts": {
    points: 1,
    draw(random) {
      const { parts, image } = drawFlow(random, 2);
      return [parts[0], parts[1].map((row) => row.map(() => 0)), image.map(() => 0)];
    },
    place: (_S, T, list) => (list.every(isZero) && T.flat().every(isZero) ? 0 : undefined),
  },
};

/** Two flows of one size that differ in every part, and two pictures. */
export function twoFlows(random: Random) {
  const [one, two] = [drawFlow(random, 2), drawFlow(random, 2)];
  return {
    made: one.parts,
    other: two.parts,
    points: [one.image, two.image] as [number[], number[]],
  };
}
const isOpen = (...asked: Asked): boolean => !isFlow(...asked);

/** Nine digits of the largest number on the way; in float32 what a dozen operations with it leave. */
const mapping: Domain<Asked> = {
  regions,
  allows: (_answer, ...asked) => 1e-9 * sizeOf(...asked),
  float32: (_answer, ...asked) => sizeOf(...asked),
  open: isOpen,
};

const densitySize = (S: Matrix, T: Matrix, x: Numbers): number =>
  inverseOf([S, T] as never, x).reduce((sum, v) => sum + 1 + v * v, 0) + x.length * largest(S.flat());

export const domains = {
  inverse: mapping,
  forward: mapping,
  logDensity: {
    regions,
    allows: (_answer, ...asked) => 1e-9 * densitySize(...asked),
    float32: (_answer, ...asked) => 2 * spreadOf(asked[0]) * densitySize(...asked),
    open: isOpen,
  },
} satisfies Domains<typeof signatures>["multiscaleFlow"];

export const signatures = {
  multiscaleFlow: fn(
    [parameter("S", matrix), parameter("T", matrix)],
    object({
      inverse: fn([parameter("x", vector)], vector),
      forward: fn([parameter("z", vector)], vector),
      logDensity: fn([parameter("x", vector)], number),
    }),
  ),
};
