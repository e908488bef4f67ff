import type { Domain } from "../../domain/domain.ts";
import { pick, type Region, type Regions } from "../../domain/strata.ts";
import { derivation, fn, number, parameter, vector } from "../../harness/kinds.ts";
import type { DerivationTask } from "../../oracle/derivation.ts";
import type { Random } from "../../random.ts";

/** Of one pixel with 256 levels: bits of its cell, from the density of its logit v by two changes of variables. */
export const task: DerivationTask = {
  first: "-log(p(log(t/(1 - t)))*(1/t + 1/(1 - t))*(1 - 2*a)/256)/log(2)",
  last: "8 + (log(t) + log(1 - t) - log(1 - 2*a) - log(p(log(t/(1 - t)))))/log(2)",
  variables: { t: (random) => random.uniform(0.08, 0.92), a: (random) => random.uniform(0.01, 0.2) },
  functions: { p: (v) => Math.exp(-Math.abs(v - 0.3) / 2) / (1 + Math.exp(-v)) },
  forms: [
    {
      name: "the density of the logit taken out by itself, with p",
      appears: ({ functions }) => functions.has("p"),
    },
  ],
};

export const STEPS: readonly string[] = [
  task.first,
  "-log(p(log(t/(1 - t)))/(t*(1 - t))*(1 - 2*a)/256)/log(2)",
  "-(log(p(log(t/(1 - t)))) - log(t) - log(1 - t) + log(1 - 2*a) - log(256))/log(2)",
  "log(256)/log(2) + (log(t) + log(1 - t) - log(1 - 2*a) - log(p(log(t/(1 - t)))))/log(2)",
  task.last,
];

/** Whole numbers below `levels`, and noise from [0, 1) for each. */
export type Noised = readonly [pixels: number[], noise: number[], levels: number];
/** A log-density in nats, and of what: see `scaling`. */
export type Density = readonly [
  logDensity: number,
  y: number[],
  levels: number,
  scaling: number,
  alpha: number,
];

export const dequantizeOf = ([pixels, noise, levels]: Noised): number[] =>
  pixels.map((n, i) => (n + (noise[i] ?? 0)) / levels);

const squash = (y: number, alpha: number): number => alpha + (1 - 2 * alpha) * y;

/** log |dv/dy| of the logit, summed over the numbers. */
export const logitLogDet = (y: readonly number[], alpha: number): number =>
  y.reduce((sum, v) => {
    const t = squash(v, alpha);
    return sum + Math.log(1 - 2 * alpha) - Math.log(t) - Math.log1p(-t);
  }, 0);

/** The log-density of the unit cells' variable, x = levels · y, in nats. */
export const unitLogDensity = (...[logDensity, y, levels, scaling, alpha]: Density): number =>
  logDensity +
  (scaling === 2 ? logitLogDet(y, alpha) : 0) -
  (scaling === 0 ? 0 : y.length * Math.log(levels));

export const bitsOf = (...asked: Density): number => -unitLogDensity(...asked) / (asked[1].length * Math.LN2);

/** What the terms of the answer are in size, in bits for each dimension. */
function bitsSize(...[logDensity, y, levels, scaling, alpha]: Density): number {
  const logs =
    scaling === 2
      ? y.reduce((sum, v) => {
          const t = squash(v, alpha);
          return sum + Math.abs(Math.log(t)) + Math.abs(Math.log1p(-t)) + 2 / t + 2 / (1 - t) + 1;
        }, 0)
      : 0;
  return (Math.abs(logDensity) + logs) / (y.length * Math.LN2) + Math.log2(levels);
}

const LEVELS = [2, 16, 32, 256];
const ALPHAS = [1e-6, 0.01, 0.05, 0.2];
const some = <A>(random: Random, list: readonly A[]): A => list[random.integer(list.length)];
const many = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);

const region =
  <I extends readonly unknown[]>() =>
  (
    points: number,
    draw: (random: Random, place: number) => I,
    fits: (...asked: I) => boolean,
  ): Region<I> => ({ points, draw, place: (...asked) => (fits(...asked) ? 0.5 : undefined) });
const ofNoise = region<Noised>();
const ofDensity = region<Density>();

const PIXELS = [0, 3, 1, 2, 1];
const isPixels = (list: readonly number[]) => list.length === 5 && list.every((v, i) => v === PIXELS[i]);
const NOISE = [0.5, 0.125, 0.75, 0.25, 0.625];
const isNoise = (list: readonly number[]) => list.length === 5 && list.every((v, i) => v === NOISE[i]);
const drawNoise = (random: Random, count: number): number[] => many(count, () => random.uniform(0, 1));

export const noised: Regions<Noised> = {
  "several pixels": ofNoise(
    6,
    (random, place) => {
      const [levels, count] = [pick(LEVELS, place), 2 + random.integer(10)];
      return [many(count, () => random.integer(levels)), drawNoise(random, count), levels];
    },
    (pixels) => pixels.length > 1 && pixels.length < 13,
  ),
  "one pixel": ofNoise(
    4,
    (random, place) => {
      const levels = pick(LEVELS, place);
      return [[random.integer(levels)], drawNoise(random, 1), levels];
    },
    (pixels) => pixels.length === 1,
  ),
  "many pixels": ofNoise(
    1,
    (random) => [many(200, () => random.integer(256)), drawNoise(random, 200), 256],
    (pixels) => pixels.length > 100,
  ),
  "no noise here and there": ofNoise(
    4,
    (random, place) => {
      const zeros = place < 0.3;
      return [
        many(4, () => random.integer(8)),
        many(4, () => (zeros || random.integer(2) === 0 ? 0 : random.uniform(0, 1))).with(
          random.integer(4),
          0,
        ),
        8,
      ];
    },
    (_pixels, noise) => noise.includes(0),
  ),
  "black and white": ofNoise(
    4,
    (random, place) => {
      const levels = pick([2, 16, 256], place);
      return [many(5, () => some(random, [0, levels - 1])).with(0, 0), drawNoise(random, 5), levels];
    },
    (pixels, _noise, levels) => pixels.every((v) => v === 0 || v === levels - 1),
  ),
  "all pixels 0, or all 1": ofNoise(
    2,
    (random, place) => [many(4, () => (place < 0.5 ? 0 : 1)), drawNoise(random, 4), 16],
    (pixels) => pixels.every((v) => v === pixels[0]) && pixels[0] < 2,
  ),
  "the same pixels, several levels": ofNoise(
    4,
    (_random, place) => [[...PIXELS], [...NOISE], pick([4, 8, 64, 256], place)],
    (pixels, noise) => isPixels(pixels) && isNoise(noise),
  ),
  "the same pixels, other noise": ofNoise(
    3,
    (random) => [[...PIXELS], drawNoise(random, 5), 16],
    (pixels, _noise, levels) => isPixels(pixels) && levels === 16,
  ),
  "other pixels, the same noise": ofNoise(
    3,
    (random) => [many(5, () => random.integer(16)), [...NOISE], 16],
    (_pixels, noise, levels) => isNoise(noise) && levels === 16,
  ),
};

const drawY = (random: Random, count: number): number[] => many(count, () => random.uniform(0.001, 0.999));
const SAMPLE = [0.1, 0.75, 0.4, 0.03, 0.55, 0.97];
const isSample = (y: readonly number[]) => y.length === 6 && y.every((v, i) => v === SAMPLE[i]);

export const densities: Regions<Density> = {
  ...Object.fromEntries(
    [0, 1, 2].map((scaling) => [
      `scaling ${scaling}`,
      ofDensity(
        5,
        (random, place) => {
          const y = drawY(random, 2 + random.integer(10));
          const own = y.length * random.uniform(-5, 5);
          return [own, y, pick(LEVELS, place), scaling, pick(ALPHAS.slice(1), random.uniform(0, 1))];
        },
        (_logDensity, y, _levels, other) => other === scaling && y.length > 1,
      ),
    ]),
  ),
  "one dimension": ofDensity(
    6,
    (random, place) => [
      random.uniform(-5, 5),
      drawY(random, 1),
      some(random, LEVELS),
      pick([0, 1, 2], place),
      0.05,
    ],
    (_logDensity, y) => y.length === 1,
  ),
  "many dimensions": ofDensity(
    3,
    (random, place) => [200 * random.uniform(-2, 2), drawY(random, 200), 256, pick([0, 1, 2], place), 0.05],
    (_logDensity, y) => y.length > 100,
  ),
  "a log-density of 0, 1 or −1": ofDensity(
    9,
    (random, place) => [
      pick([0, 1, -1], place),
      drawY(random, 3),
      16,
      pick([0, 1, 2], 3 * (place % (1 / 3))),
      0.05,
    ],
    (logDensity) => [0, 1, -1].includes(logDensity),
  ),
  "a y of 0": ofDensity(
    3,
    (random, place) => [
      random.uniform(-5, 5),
      place < 0.3 ? [0, 0, 0] : drawY(random, 3).with(place < 0.6 ? 0 : 2, 0),
      256,
      2,
      0.05,
    ],
    (_logDensity, y, _levels, scaling) => y.includes(0) && scaling === 2,
  ),
  "nothing but zeros": ofDensity(
    2,
    (random, place) => [random.uniform(-5, 5), place < 0.5 ? [0, 0, 0] : [0, 0], 256, 2, 0.05],
    (_logDensity, y) => y.every((v) => v === 0),
  ),
  "equal numbers": ofDensity(
    4,
    (random, place) => {
      const y = drawY(random, 4);
      return [random.uniform(-5, 5), place < 0.5 ? y.with(1, y[0]) : y.map(() => y[0]), 32, 2, 0.05];
    },
    (_logDensity, y, _levels, scaling) => scaling === 2 && new Set(y).size < y.length && y[0] > 0,
  ),
  "a log-density far out": ofDensity(
    4,
    (random, place) => [
      (place < 0.5 ? -1 : 1) * random.uniform(300, 2000),
      drawY(random, 4),
      256,
      1 + random.integer(2),
      0.05,
    ],
    (logDensity, y) => Math.abs(logDensity) >= 300 && y.length === 4,
  ),
  "a log-density that is also another argument": ofDensity(
    4,
    (random, place) => [
      pick([256, 0.05], 2 * (place % 0.5)),
      drawY(random, 3),
      256,
      place < 0.5 ? 1 : 2,
      0.05,
    ],
    (logDensity, _y, levels, _scaling, alpha) => logDensity === levels || logDensity === alpha,
  ),
  "several log-densities": ofDensity(
    3,
    (random) => [random.uniform(-20, 20), [...SAMPLE], 256, 2, 0.05],
    (_logDensity, y, levels, scaling, alpha) =>
      isSample(y) && levels === 256 && scaling === 2 && alpha === 0.05,
  ),
  "several images": ofDensity(
    4,
    (random) => [-3, drawY(random, 6), 256, 2, 0.05],
    (logDensity, _y, levels, scaling, alpha) =>
      logDensity === -3 && levels === 256 && scaling === 2 && alpha === 0.05,
  ),
  "several levels": ofDensity(
    4,
    (_random, place) => [-3, [...SAMPLE], pick(LEVELS, place), 1, 0.05],
    (logDensity, y, _levels, scaling) => logDensity === -3 && isSample(y) && scaling === 1,
  ),
  "every scaling": ofDensity(
    3,
    (_random, place) => [-3, [...SAMPLE], 32, pick([0, 1, 2], place), 0.05],
    (logDensity, y, levels) => logDensity === -3 && isSample(y) && levels === 32,
  ),
  "several alphas": ofDensity(
    4,
    (_random, place) => [-3, [...SAMPLE], 256, 2, pick(ALPHAS, place)],
    (logDensity, y, levels, scaling) => logDensity === -3 && isSample(y) && levels === 256 && scaling === 2,
  ),
};

export const noiseDomain: Domain<Noised> = {
  regions: noised,
  allows: (answer) => answer.map((v) => 1e-11 * Math.abs(v)),
  float32: (answer) => answer.map(Math.abs),
  open: (pixels, noise, levels) =>
    pixels.length !== noise.length ||
    pixels.length === 0 ||
    levels < 2 ||
    pixels.some((v) => v < 0 || v >= levels),
};

export const bitsDomain: Domain<Density> = {
  regions: densities,
  allows: (_answer, ...asked) => 1e-10 * bitsSize(...asked),
  float32: (_answer, ...asked) => (1 + asked[1].length / 16) * bitsSize(...asked),
  open: (_logDensity, y, levels, scaling, alpha) =>
    y.length === 0 ||
    y.some((v) => !(v >= 0 && v < 1)) ||
    levels < 2 ||
    ![0, 1, 2].includes(scaling) ||
    !(alpha > 0 && alpha < 0.5),
};

export const signatures = {
  addNoise: fn(
    [parameter("pixels", vector), parameter("noise", vector), parameter("levels", number)],
    vector,
  ),
  bitsPerNumber: fn(
    [
      parameter("logDensity", number),
      parameter("y", vector),
      parameter("levels", number),
      parameter("scaling", number),
      parameter("alpha", number),
    ],
    number,
  ),
  bitsSteps: fn([], derivation),
};
