import { type Domain, relatively, wellConditioned } from "../../domain/domain.ts";
import { pick, type Region, type Regions } from "../../domain/strata.ts";
import { fn, number, parameter, vector } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

/** A list of numbers, width and channels of the image *before* squeezing, and the order of the channels. */
export type Asked = readonly [numbers: number[], width: number, channels: number, order: number];

/** Which number of a block comes first, second, … in each of the three orders. */
export const ORDERS = [0, 1, 2] as const;

/** Where the pixel in row i and column j of a block stands if its diagonals come one after the other. */
const DIAGONALS = [
  [0, 2],
  [3, 1],
];

/** The channel, of 4 · channels, of channel c in row i and column j of a block. */
export function channelOf(i: number, j: number, c: number, channels: number, order: number): number {
  if (order === 1) return 4 * c + 2 * i + j;
  return (order === 2 ? DIAGONALS[i][j] : 2 * i + j) * channels + c;
}

/** Another rule for the squeezed channel. */
export type Rule = typeof channelOf;

/** For each of so many numbers of an image, in order, its place in the squeezed list. */
export function placesOf(
  count: number,
  [width, channels, order]: readonly [width: number, channels: number, order: number],
  rule: Rule = channelOf,
): number[] {
  return Array.from({ length: count }, (_, at) => {
    const [pixel, c] = [Math.floor(at / channels), at % channels];
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    const block = Math.floor(row / 2) * (width / 2) + Math.floor(column / 2);
    return block * 4 * channels + rule(row % 2, column % 2, c, channels, order);
  });
}

/** Where sizes do not fit the list, as in some wrong answers, the rest is 0. */
export const squeezeOf =
  (rule: Rule = channelOf) =>
  (...[image, ...how]: Asked): number[] => {
    const squeezed = image.map(() => 0);
    for (const [at, place] of placesOf(image.length, how, rule).entries())
      if (place < squeezed.length) squeezed[place] = image[at];
    return squeezed;
  };

export const unsqueezeOf =
  (rule: Rule = channelOf) =>
  (...[squeezed, ...how]: Asked): number[] =>
    placesOf(squeezed.length, how, rule).map((place) => squeezed[place] ?? 0);

const EVEN = [2, 4, 6, 8];
const DEPTHS = [1, 2, 3, 4];

const some = <A>(random: Random, list: readonly A[]): A => list[random.integer(list.length)];

const fill = (random: Random, height: number, width: number, channels: number, order: number): Asked => [
  Array.from({ length: height * width * channels }, () => random.normal()),
  width,
  channels,
  order,
];

const PLAIN = [0, 1, -1];
/** The same in every run, so that one list can be cut in several ways. */
const LADDER = Array.from({ length: 48 }, (_, i) => i + 1);

const heightOf = (numbers: readonly number[], width: number, channels: number): number =>
  numbers.length / (width * channels);

function region(
  points: number,
  draw: (random: Random, place: number) => Asked,
  fits: (...asked: Asked) => boolean,
): Region<Asked> {
  return { points, draw, place: (...asked) => (fits(...asked) ? 0.5 : undefined) };
}

const isLadder = (numbers: readonly number[]): boolean =>
  numbers.length === LADDER.length && numbers.every((v, i) => v === LADDER[i]);

/** Images of each order, and for each part of the question a few that differ in it alone. */
export const regions: Regions<Asked> = {
  ...Object.fromEntries(
    ORDERS.map((order) => [
      `order ${order}, several channels`,
      region(
        4,
        (random, place) =>
          fill(random, some(random, EVEN), some(random, EVEN), pick(DEPTHS.slice(1), place), order),
        (_numbers, _width, channels, other) => channels > 1 && other === order,
      ),
    ]),
  ),
  "one channel": region(
    6,
    (random, place) => fill(random, some(random, EVEN), some(random, EVEN), 1, pick(ORDERS, place)),
    (_numbers, _width, channels) => channels === 1,
  ),
  "one block": region(
    3,
    (random, place) => fill(random, 2, 2, 2, pick(ORDERS, place)),
    (numbers, width, channels) => width === 2 && heightOf(numbers, width, channels) === 2,
  ),
  "a square": region(
    2,
    (random) => {
      const side = some(random, [4, 6]);
      return fill(random, side, side, 2, random.integer(3));
    },
    (numbers, width, channels) => heightOf(numbers, width, channels) === width,
  ),
  "images of several heights": region(
    4,
    (random, place) => fill(random, pick(EVEN, place), 4, 2, 0),
    (_numbers, width, channels, order) => width === 4 && channels === 2 && order === 0,
  ),
  "numbers 0, 1 and −1": region(
    6,
    (random, place) => {
      const [, ...how] = fill(random, 4, 4, pick([1, 2], place), random.integer(3));
      const numbers = Array.from({ length: 16 * how[1] }, () => some(random, PLAIN));
      return [numbers.with(place < 0.4 ? 0 : -1, 0), ...how];
    },
    (numbers) => numbers.every((v) => PLAIN.includes(v)),
  ),
  "one list, several widths": region(
    4,
    (_random, place) => [[...LADDER], pick([2, 4, 6, 8], place), 1, 1],
    (numbers, _width, channels, order) => isLadder(numbers) && channels === 1 && order === 1,
  ),
  "one list, several depths": region(
    4,
    (_random, place) => [[...LADDER], 4, pick([1, 2, 3], place), 0],
    (numbers, width, _channels, order) => isLadder(numbers) && width === 4 && order === 0,
  ),
  "one list, every order": region(
    3,
    (_random, place) => [[...LADDER], 4, 2, pick(ORDERS, place)],
    (numbers, width, channels) => isLadder(numbers) && width === 4 && channels === 2,
  ),
};

/** Numbers are moved and not computed: they come back as they are, or as the float32 numbers nearest to them. */
export const domain: Domain<Asked> = {
  regions,
  allows: relatively(1e-12),
  float32: wellConditioned,
  open: (numbers, width, channels, order) =>
    heightOf(numbers, width, channels) % 2 !== 0 || width % 2 !== 0 || !ORDERS.some((one) => one === order),
};

const how = [parameter("width", number), parameter("channels", number), parameter("order", number)] as const;

export const signatures = {
  squeezeImage: fn([parameter("image", vector), ...how], vector),
  unsqueezeImage: fn([parameter("squeezed", vector), ...how], vector),
};
