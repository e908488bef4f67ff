import type { Domain } from "../../domain/domain.ts";
import { pick, type Region, type Regions } from "../../domain/strata.ts";
import { fn, number, parameter, vector } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

/** Pixels and channels of the image, levels, and 1 if half of the channels leave after each level but the last. */
export type Sizes = readonly [pixels: number, channels: number, levels: number, leaving: number];
/** The same with the width of the networks. */
export type Networks = readonly [
  pixels: number,
  channels: number,
  levels: number,
  hidden: number,
  leaving: number,
];

/** Of one level, from 1: how many places its squeezed image has, and how many channels. */
export interface Level {
  readonly level: number;
  readonly places: number;
  readonly channels: number;
}

/** More levels than any check asks for, so that wrong arguments come to an end. */
const MOST_LEVELS = 12;

export function levelsOf(...[pixels, channels, levels, leaving]: Sizes): Level[] {
  return Array.from({ length: Math.min(MOST_LEVELS, Math.max(0, Math.floor(levels))) }, (_, i) => ({
    level: i + 1,
    places: pixels / 4 ** (i + 1),
    channels: channels * (leaving === 1 ? 2 ** (i + 2) : 4 ** (i + 1)),
  }));
}

export const numbersOf = (...sizes: Sizes): number[] =>
  levelsOf(...sizes).map(({ places, channels }) => places * channels);

/** Multiplications at one place, of a matrix over the channels and of a network of three convolutions. */
export const stepWork = (channels: number, hidden: number): number =>
  channels ** 2 + 9 * (channels / 2) * hidden + hidden ** 2 + 9 * hidden * channels;

export const workOf = (...[pixels, channels, levels, hidden, leaving]: Networks): number[] =>
  levelsOf(pixels, channels, levels, leaving).map((level) => level.places * stepWork(level.channels, hidden));

const LEVELS = [1, 2, 3, 4];
const SIDES = [16, 32, 48, 64];
const DEPTHS = [1, 2, 3, 4];
const HIDDEN = [1, 8, 32, 512];

const some = <A>(random: Random, list: readonly A[]): A => list[random.integer(list.length)];

const fits =
  <I extends readonly number[]>(points: number) =>
  (draw: (random: Random, place: number) => I, is: (...inputs: I) => boolean): Region<I> => ({
    points,
    draw,
    place: (...inputs) => (is(...inputs) ? 0.5 : undefined),
  });

const pixelsOf = (random: Random): number => some(random, SIDES) * some(random, SIDES);

export const sizes: Regions<Sizes> = {
  "channels leave": fits<Sizes>(4)(
    (random, place) => [pixelsOf(random), some(random, DEPTHS), pick(LEVELS, place), 1],
    (_pixels, _channels, _levels, leaving) => leaving === 1,
  ),
  "all channels stay": fits<Sizes>(4)(
    (random, place) => [pixelsOf(random), some(random, DEPTHS), pick(LEVELS, place), 0],
    (_pixels, _channels, _levels, leaving) => leaving === 0,
  ),
  "images of several sizes": fits<Sizes>(4)(
    (_random, place) => [pick(SIDES, place) ** 2, 3, 3, 1],
    (_pixels, channels, levels, leaving) => channels === 3 && levels === 3 && leaving === 1,
  ),
  "images of several depths": fits<Sizes>(4)(
    (_random, place) => [1024, pick(DEPTHS, place), 3, 1],
    (pixels, _channels, levels, leaving) => pixels === 1024 && levels === 3 && leaving === 1,
  ),
  "several numbers of levels": fits<Sizes>(4)(
    (_random, place) => [1024, 3, pick(LEVELS, place), 1],
    (pixels, channels, _levels, leaving) => pixels === 1024 && channels === 3 && leaving === 1,
  ),
  "one grey level": fits<Sizes>(2)(
    (random, place) => [pixelsOf(random), 1, 1, pick([0, 1], place)],
    (_pixels, channels, levels) => channels === 1 && levels === 1,
  ),
  "grey, all stay": fits<Sizes>(2)(
    (random, place) => [pixelsOf(random), 1, pick([2, 3], place), 0],
    (_pixels, channels, levels, leaving) => channels === 1 && levels > 1 && leaving === 0,
  ),
  "both ways": fits<Sizes>(2)(
    (_random, place) => [256, 2, 3, pick([0, 1], place)],
    (pixels, channels, levels) => pixels === 256 && channels === 2 && levels === 3,
  ),
};

export const networks: Regions<Networks> = {
  "channels leave": fits<Networks>(4)(
    (random, place) => [
      pixelsOf(random),
      some(random, DEPTHS),
      pick(LEVELS, place),
      8 + random.integer(100),
      1,
    ],
    (_pixels, _channels, _levels, _hidden, leaving) => leaving === 1,
  ),
  "all channels stay": fits<Networks>(4)(
    (random, place) => [
      pixelsOf(random),
      some(random, DEPTHS),
      pick(LEVELS, place),
      8 + random.integer(100),
      0,
    ],
    (_pixels, _channels, _levels, _hidden, leaving) => leaving === 0,
  ),
  "images of several sizes": fits<Networks>(4)(
    (_random, place) => [pick(SIDES, place) ** 2, 3, 3, 16, 1],
    (_pixels, channels, levels, hidden, leaving) =>
      channels === 3 && levels === 3 && hidden === 16 && leaving === 1,
  ),
  "images of several depths": fits<Networks>(4)(
    (_random, place) => [1024, pick(DEPTHS, place), 3, 16, 1],
    (pixels, _channels, levels, hidden, leaving) =>
      pixels === 1024 && levels === 3 && hidden === 16 && leaving === 1,
  ),
  "several numbers of levels": fits<Networks>(4)(
    (_random, place) => [1024, 3, pick(LEVELS, place), 16, 1],
    (pixels, channels, _levels, hidden, leaving) =>
      pixels === 1024 && channels === 3 && hidden === 16 && leaving === 1,
  ),
  "networks of several widths": fits<Networks>(4)(
    (_random, place) => [1024, 3, 2, pick(HIDDEN, place), 0],
    (pixels, channels, levels, _hidden, leaving) =>
      pixels === 1024 && channels === 3 && levels === 2 && leaving === 0,
  ),
  "one grey level": fits<Networks>(2)(
    (random, place) => [pixelsOf(random), 1, 1, 2 + random.integer(9), pick([0, 1], place)],
    (_pixels, channels, levels) => channels === 1 && levels === 1,
  ),
  "grey, all stay": fits<Networks>(2)(
    (random, place) => [pixelsOf(random), 1, pick([2, 3], place), 2 + random.integer(9), 0],
    (_pixels, channels, levels, _hidden, leaving) => channels === 1 && levels > 1 && leaving === 0,
  ),
  "networks as wide as the image, its pixels or its levels": fits<Networks>(3)(
    (_random, place) =>
      pick<Networks>(
        [
          [256, 1, 3, 256, 1],
          [1024, 3, 2, 3, 1],
          [1024, 4, 3, 3, 0],
        ],
        place,
      ),
    (pixels, channels, levels, hidden) => [pixels, channels, levels].includes(hidden) && hidden > 1,
  ),
  "one hidden number": fits<Networks>(4)(
    (_random, place) =>
      pick<Networks>(
        [
          [256, 1, 3, 1, 1],
          [1024, 3, 1, 1, 1],
          [256, 1, 1, 1, 0],
          [256, 2, 2, 1, 1],
        ],
        place,
      ),
    (_pixels, _channels, _levels, hidden) => hidden === 1,
  ),
  "both ways": fits<Networks>(2)(
    (_random, place) => [256, 2, 3, 24, pick([0, 1], place)],
    (pixels, channels, levels, hidden) => pixels === 256 && channels === 2 && levels === 3 && hidden === 24,
  ),
};

/** Whole numbers below 2⁵³ have no error. */
const exactly = (answer: readonly number[]): number[] => answer.map((v) => 1e-12 * Math.abs(v));

const isOpen = (pixels: number, channels: number, levels: number, leaving: number): boolean =>
  pixels % 4 ** levels !== 0 ||
  pixels < 1 ||
  channels < 1 ||
  levels < 1 ||
  ![pixels, channels, levels].every(Number.isInteger) ||
  ![0, 1].includes(leaving);

export const numbersDomain: Domain<Sizes> = {
  regions: sizes,
  allows: exactly,
  float32: false,
  open: isOpen,
};

export const workDomain: Domain<Networks> = {
  regions: networks,
  allows: exactly,
  float32: false,
  open: (pixels, channels, levels, hidden, leaving) =>
    isOpen(pixels, channels, levels, leaving) || hidden < 1 || !Number.isInteger(hidden),
};

const image = [
  parameter("pixels", number),
  parameter("channels", number),
  parameter("levels", number),
] as const;

export const signatures = {
  numbersPerLevel: fn([...image, parameter("leaving", number)], vector),
  workPerLevel: fn([...image, parameter("hidden", number), parameter("leaving", number)], vector),
};
