import type { Domain } from "../../domain/domain.ts";
import { pick, type Region, type Regions } from "../../domain/strata.ts";
import { fn, matrix, number, parameter, vector } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

/** Where a number of an image stands, and how large the image is. */
export interface Place {
  readonly row: number;
  readonly column: number;
  readonly channel: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export type Size = readonly [height: number, width: number, channels: number];
/** An image's size and which of the two masks. */
export type Asked = readonly [height: number, width: number, channels: number, which: number];

/** A mask from what holds for each number: 1 where it changes. */
export function maskOf([height, width, channels]: Size, changes: (place: Place) => boolean): number[] {
  return Array.from({ length: height * width * channels }, (_, at) => {
    const pixel = Math.floor(at / channels);
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    return changes({ row, column, channel: at % channels, height, width, channels }) ? 1 : 0;
  });
}

export const onBoard = ({ row, column }: Place, parity: number): boolean => (row + column) % 2 === parity;

export const inHalf = ({ channel, channels }: Place, half: number): boolean =>
  Math.floor((2 * channel) / channels) === half;

/** The same number in the squeezed image. */
export function squeezePlace({ row, column, channel, height, width, channels }: Place): Place {
  return {
    row: Math.floor(row / 2),
    column: Math.floor(column / 2),
    channel: (2 * (row % 2) + (column % 2)) * channels + channel,
    height: height / 2,
    width: width / 2,
    channels: 4 * channels,
  };
}

export const checkerboardOf = (...[height, width, channels, parity]: Asked): number[] =>
  maskOf([height, width, channels], (place) => onBoard(place, parity));

export const channelHalfOf = (...[height, width, channels, half]: Asked): number[] =>
  maskOf([height, width, channels], (place) => inHalf(place, half));

/** Which of the two masks comes, three of each kind. */
export const TURNS = [0, 1, 0];

export const realNVPMasksOf = (...size: Size): number[][] => [
  ...TURNS.map((parity) => checkerboardOf(...size, parity)),
  ...TURNS.map((half) => maskOf(size, (place) => inHalf(squeezePlace(place), half))),
];

/** One of a list by the place from 0 to 1. */
/** 0 and 1 for the points of a region one after another: both for each width. */
const inTurns = (place: number, points: number): number => Math.floor(place * points) % 2;
const some = <A>(random: Random, list: readonly A[]): A => list[random.integer(list.length)];

const regionOf =
  <I extends readonly number[]>() =>
  (
    points: number,
    draw: (random: Random, place: number) => I,
    fits: (...inputs: I) => boolean,
  ): Region<I> => ({ points, draw, place: (...inputs) => (fits(...inputs) ? 0.5 : undefined) });
const ofMask = regionOf<Asked>();
const ofScale = regionOf<Size>();

const EVEN = [2, 4, 6, 8];
const ODD = [3, 5, 7];

/** Regions of both masks; `depths` are the numbers of channels that may be asked. */
function regionsOf(depths: readonly number[]): Regions<Asked> {
  const [least] = depths;
  return {
    "rows of an even length": ofMask(
      8,
      (random, place) => [2 + random.integer(7), pick(EVEN, place), some(random, depths), inTurns(place, 8)],
      (_height, width) => width % 2 === 0,
    ),
    "rows of an odd length": ofMask(
      6,
      (random, place) => [2 + random.integer(7), pick(ODD, place), some(random, depths), inTurns(place, 6)],
      (_height, width) => width % 2 === 1,
    ),
    "as few channels as there can be": ofMask(
      2,
      (random, place) => [2 + random.integer(7), 2 * (1 + random.integer(4)), least, pick([0, 1], place)],
      (_height, _width, channels) => channels === least,
    ),
    "a square": ofMask(
      2,
      (random) => {
        const side = some(random, [3, 4, 5, 6]);
        return [side, side, some(random, depths), random.integer(2)];
      },
      (height, width) => height === width,
    ),
    "as many rows as channels": ofMask(
      2,
      (random) => {
        const depth = some(random, depths.slice(1));
        return [depth, 3 + random.integer(5), depth, random.integer(2)];
      },
      (height, _width, channels) => height === channels,
    ),
    "as many columns as channels": ofMask(
      2,
      (random) => {
        const depth = some(random, depths.slice(1));
        return [3 + random.integer(5), depth, depth, random.integer(2)];
      },
      (_height, width, channels) => width === channels,
    ),
    // One number after another is another, and all else the same: for answers that look at a part of the question only.
    "images of several heights": ofMask(
      4,
      (_random, place) => [pick([3, 4, 6, 8], place), 4, least, 1],
      (_height, width, channels, which) => width === 4 && channels === least && which === 1,
    ),
    "images of several widths": ofMask(
      4,
      (_random, place) => [4, pick([3, 4, 6, 8], place), least, 0],
      (height, _width, channels, which) => height === 4 && channels === least && which === 0,
    ),
    "images of several depths": ofMask(
      depths.length,
      (_random, place) => [4, 5, pick(depths, place), 1],
      (height, width, _channels, which) => height === 4 && width === 5 && which === 1,
    ),
    "both masks of one image": ofMask(
      2,
      (_random, place) => [3, 6, depths[1], pick([0, 1], place)],
      (height, width, channels) => height === 3 && width === 6 && channels === depths[1],
    ),
  };
}

const scaleRegions: Regions<Size> = {
  "several channels": ofScale(
    5,
    (random, place) => [some(random, EVEN), some(random, EVEN), pick([2, 3, 4, 5, 6], place)],
    (_height, _width, channels) => channels > 1,
  ),
  "one channel": ofScale(
    4,
    (random, place) => [some(random, EVEN), pick(EVEN, place), 1],
    (_height, _width, channels) => channels === 1,
  ),
  "a square": ofScale(
    1,
    (random) => {
      const side = some(random, [4, 6]);
      return [side, side, 1 + random.integer(3)];
    },
    (height, width) => height === width,
  ),
  "as many rows as channels": ofScale(
    1,
    (random) => {
      const depth = some(random, [2, 4]);
      return [depth, some(random, [6, 8]), depth];
    },
    (height, _width, channels) => height === channels,
  ),
  "as many columns as channels": ofScale(
    1,
    (random) => {
      const depth = some(random, [2, 4]);
      return [some(random, [6, 8]), depth, depth];
    },
    (_height, width, channels) => width === channels,
  ),
  "images of several heights": ofScale(
    3,
    (_random, place) => [pick([4, 6, 8], place), 4, 2],
    (_height, width, channels) => width === 4 && channels === 2,
  ),
  "images of several widths": ofScale(
    2,
    (_random, place) => [4, pick([6, 8], place), 1],
    (height, _width, channels) => height === 4 && channels === 1,
  ),
  "images of several depths": ofScale(
    2,
    (_random, place) => [4, 6, pick([1, 3], place)],
    (height, width) => height === 4 && width === 6,
  ),
};

/** Zeros and ones. */
const exactly = { allows: () => 1e-9, float32: false } as const;
const checkerboard: Domain<Asked> = { regions: regionsOf([1, 2, 3, 4, 5, 6]), ...exactly };
const channelHalf: Domain<Asked> = { regions: regionsOf([2, 4, 6]), ...exactly };
const realNVPMasks: Domain<Size> = { regions: scaleRegions, ...exactly };
export const domains = { checkerboard, channelHalf, realNVPMasks };

const size = [
  parameter("height", number),
  parameter("width", number),
  parameter("channels", number),
] as const;

export const signatures = {
  checkerboard: fn([...size, parameter("parity", number)], vector),
  channelHalf: fn([...size, parameter("half", number)], vector),
  realNVPMasks: fn(size, matrix),
};
