import type { Domain } from "../../domain/domain.ts";
import { logarithmic, oneOf, pick, type Region, type Regions } from "../../domain/strata.ts";
import { fn, matrix, number, parameter, record, vector } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

type Numbers = readonly number[];
/** Pictures of one size, each a list of its places, and in it the channels of a place side by side. */
export type Batch = readonly [batch: number[][], channels: number];
export type Layer = readonly [picture: number[], s: number[], b: number[]];
export interface Scales {
  readonly s: number[];
  readonly b: number[];
}

export const channelOf = (numbers: Numbers, channels: number, c: number): number[] =>
  numbers.filter((_, at) => at % channels === c);

export const meanOf = (list: Numbers): number => list.reduce((sum, v) => sum + v, 0) / list.length;

/** Of the numbers themselves: the mean of the squares is divided by their count. */
export function deviationOf(list: Numbers): number {
  const mean = meanOf(list);
  return Math.sqrt(list.reduce((sum, v) => sum + (v - mean) ** 2, 0) / list.length);
}

/** What may be different in a wrong answer: the numbers of a channel, and what becomes of them. */
export function scalesOf(
  [batch, channels]: Batch,
  own: (batch: readonly Numbers[], channels: number, c: number) => number[] = (pictures, of, c) =>
    channelOf(pictures.flat(), of, c),
  deviation: (list: Numbers) => number = deviationOf,
): Scales {
  const lists = Array.from({ length: channels }, (_, c) => own(batch, channels, c));
  const s = lists.map((list) => 1 / deviation(list));
  return { s, b: lists.map((list, c) => -meanOf(list) * s[c]) };
}

export const apply = (
  list: Numbers,
  [s, b]: readonly [Numbers, Numbers],
  each: (v: number, s: number, b: number) => number,
): number[] => list.map((v, at) => each(v, s[at % s.length], b[at % b.length]));

export const normalizeOf = ([x, s, b]: Layer): number[] =>
  apply(x, [s, b], (v, scale, shift) => scale * v + shift);
export const generateOf = ([z, s, b]: Layer): number[] =>
  apply(z, [s, b], (v, scale, shift) => (v - shift) / scale);

export const sumOfLogs = (s: Numbers): number => s.reduce((sum, v) => sum + Math.log(Math.abs(v)), 0);
export const logDetOf = ([x, s]: Layer): number => (x.length / s.length) * sumOfLogs(s);

const some = <A>(random: Random, list: readonly A[]): A => list[random.integer(list.length)];
const count = <A>(n: number, of: (i: number) => A): A[] => Array.from({ length: n }, (_, i) => of(i));

const CHANNELS = [1, 2, 3, 4];

/** Each channel has a mean and a deviation of its own, each picture another brightness. */
function pictures(random: Random, howMany: number, places: number, channels: number): number[][] {
  const means = count(channels, () => 1.5 * random.normal());
  const deviations = count(channels, () => random.uniform(0.3, 2));
  return count(howMany, () => {
    const bright = 0.5 * random.normal();
    return count(places * channels, (at) => {
      const c = at % channels;
      return means[c] + deviations[c] * (bright + random.normal());
    });
  });
}

const LADDER = count(2, (i) => count(12, (at) => ((7 * at + 5 * i) % 13) / 4));
const isLadder = (batch: readonly Numbers[]): boolean =>
  batch.length === 2 &&
  batch.every((picture, i) => picture.length === 12 && picture.every((v, at) => v === LADDER[i][at]));

function region<I extends readonly unknown[]>(
  points: number,
  draw: (random: Random, place: number) => I,
  fits: (...asked: I) => boolean,
): Region<I> {
  return { points, draw, place: (...asked) => (fits(...asked) ? 0.5 : undefined) };
}

const sizes = logarithmic(1e-2, 1e2);
const PLAIN = [0, 1, -1];
const placesOf = (batch: readonly Numbers[], channels: number): number => batch[0].length / channels;

export const batches: Regions<Batch> = {
  "several pictures": region<Batch>(
    6,
    (random, place) => {
      const channels = pick(CHANNELS, place);
      return [pictures(random, 2 + random.integer(4), 2 + random.integer(8), channels), channels];
    },
    (batch, channels) => batch.length > 1 && placesOf(batch, channels) > 1,
  ),
  "one picture": region<Batch>(
    3,
    (random, place) => [pictures(random, 1, 6, pick([1, 2, 4], place)), pick([1, 2, 4], place)],
    (batch) => batch.length === 1,
  ),
  "pictures of one place": region<Batch>(
    3,
    (random, place) => [pictures(random, 5, 1, pick([1, 2, 3], place)), pick([1, 2, 3], place)],
    (batch, channels) => placesOf(batch, channels) === 1,
  ),
  "many pictures": region<Batch>(
    1,
    (random) => [pictures(random, 30, 16, 2), 2],
    (batch) => batch.length === 30,
  ),
  "channels of every size": region<Batch>(
    4,
    (random, place) => {
      const factor = sizes.at(place);
      return [
        pictures(random, 3, 4, 2).map((picture) => picture.map((v, at) => (at % 2 ? factor * v : v))),
        2,
      ];
    },
    (batch, channels) => {
      if (channels !== 2) return false;
      const [first, second] = [0, 1].map((c) => deviationOf(channelOf(batch.flat(), 2, c)));
      return second / first > 20 || first / second > 20;
    },
  ),
  "one batch, several numbers of channels": region<Batch>(
    4,
    (_random, place) => [LADDER.map((picture) => [...picture]), pick([1, 2, 3, 4], place)],
    (batch) => isLadder(batch),
  ),
  "a channel of mean 0": region<Batch>(
    2,
    (random, place) => {
      const [one, other] = [random.uniform(0.5, 2), random.uniform(0.5, 2)];
      const plain = [one, -one, other, -other];
      return place < 0.5 ? [[plain], 1] : [[plain.flatMap((v) => [random.normal(), v])], 2];
    },
    (batch, channels) => count(channels, (c) => meanOf(channelOf(batch.flat(), channels, c))).includes(0),
  ),
  "numbers 0, 1 and −1": region<Batch>(
    3,
    (random, place) => {
      const channels = pick([1, 2], place);
      // Each channel of the first picture has one of each, so that none is constant.
      const full = count(6 * channels, (at) => PLAIN[Math.floor(at / channels) % 3]);
      return [[full, count(6 * channels, () => some(random, PLAIN))], channels];
    },
    (batch) => batch.flat().every((v) => PLAIN.includes(v)),
  ),
};

/** Of a batch: how much larger than its deviation a channel's numbers are, and how far sums of squares are off for it. */
const conditions = ([batch, channels]: Batch): number[] =>
  count(channels, (c) => {
    const own = channelOf(batch.flat(), channels, c);
    return 1 + (meanOf(own) / deviationOf(own)) ** 2;
  });

export const scalesDomain: Domain<Batch> = {
  regions: batches,
  allows: (answer, ...asked) => relativeErrors(answer, asked, 1e-10),
  float32: (answer, ...asked) => relativeErrors(answer, asked, 2),
  open: (batch, channels) =>
    batch.some((picture) => picture.length !== batch[0].length || picture.length % channels !== 0) ||
    !(channels >= 1) ||
    count(channels, (c) => deviationOf(channelOf(batch.flat(), channels, c))).some((v) => !(v > 0)),
};

function relativeErrors(answer: Numbers, asked: Batch, of: number): number[] {
  const [condition, half] = [conditions(asked), answer.length / 2];
  return answer.map((v, at) => of * condition[at % half] * (Math.abs(v) + (at < half ? 0 : 1)));
}

const scalesAt = (random: Random, channels: number): [s: number[], b: number[]] => [
  count(channels, () => (random.integer(2) ? 1 : -1) * random.uniform(0.4, 2.5)),
  count(channels, () => 1.5 * random.normal()),
];
const normals = (random: Random, n: number): number[] => count(n, () => 1.5 * random.normal());
const TEN = count(12, (i) => (i + 1) / 8);
const isTen = (x: Numbers): boolean => x.length === TEN.length && x.every((v, i) => v === TEN[i]);
const plain = oneOf(0, 1, -1);
const spread = logarithmic(1e-3, 1e3);

export const layers: Regions<Layer> = {
  "several places": region<Layer>(
    6,
    (random, place) => {
      const channels = pick(CHANNELS, place);
      return [normals(random, channels * (2 + random.integer(8))), ...scalesAt(random, channels)];
    },
    (x, s) => x.length > s.length,
  ),
  "one place": region<Layer>(
    4,
    (random, place) => {
      const channels = pick(CHANNELS, place);
      return [normals(random, channels), ...scalesAt(random, channels)];
    },
    (x, s) => x.length === s.length,
  ),
  "positive scales": region<Layer>(
    3,
    (random, place) => {
      const channels = pick(CHANNELS.slice(1), place);
      const [s, b] = scalesAt(random, channels);
      return [normals(random, 6 * channels), s.map(Math.abs), b];
    },
    (_x, s) => s.every((v) => v > 0),
  ),
  "negative scales": region<Layer>(
    3,
    (random, place) => {
      const channels = pick(CHANNELS.slice(1), place);
      const [s, b] = scalesAt(random, channels);
      return [normals(random, 6 * channels), s.map((v) => -Math.abs(v)), b];
    },
    (_x, s) => s.every((v) => v < 0),
  ),
  "scales of every size": region<Layer>(
    4,
    (random, place) => [normals(random, 8), [spread.at(place), -1.5], normals(random, 2)],
    (_x, s) => s.length === 2 && s[1] === -1.5,
  ),
  "many places": region<Layer>(
    1,
    (random) => [normals(random, 256), ...scalesAt(random, 4)],
    (x) => x.length === 256,
  ),
  "one picture, several numbers of channels": region<Layer>(
    4,
    (random, place) => [[...TEN], ...scalesAt(random, pick([1, 2, 3, 4], place))],
    (x) => isTen(x),
  ),
  "one picture, several scales": region<Layer>(
    3,
    (_random, place) => [[...TEN], [pick([0.5, 2, -3], place), 1.5], [0.5, -1]],
    (x, s, b) => isTen(x) && s[1] === 1.5 && b[1] === -1,
  ),
  "one picture, several shifts": region<Layer>(
    3,
    (random) => [[...TEN], [0.5, 1.25], normals(random, 2)],
    (x, s) => isTen(x) && s[1] === 1.25,
  ),
  "one layer, several pictures": region<Layer>(
    3,
    (random) => [normals(random, 8), [-0.75, 1.75], [0.25, -1]],
    (_x, s) => s[1] === 1.75,
  ),
  "no shift at all": region<Layer>(
    2,
    (random, place) => [
      normals(random, 8),
      scalesAt(random, pick([1, 2], place))[0],
      pick([[0], [0, 0]], place),
    ],
    (_x, _s, b) => b.every((v) => v === 0),
  ),
  "numbers that become 0": region<Layer>(
    4,
    (random, place) => {
      const b = [0.5 * (1 + random.integer(6)), -0.5 * (1 + random.integer(6))];
      const zero = place < 0.5 ? b : b.map((v, c) => -v / [2, 0.5][c]);
      return [[...zero, ...normals(random, 4)], [2, 0.5], b];
    },
    (_x, s) => s[0] === 2 && s[1] === 0.5,
  ),
  "scales 1 and −1": region<Layer>(
    4,
    (random, place) => [
      normals(random, 6),
      [pick([1, -1], place), some(random, [1, -1])],
      normals(random, 2),
    ],
    (_x, s) => s.every((v) => Math.abs(v) === 1),
  ),
  "a shift of 0, 1 or −1": region<Layer>(
    6,
    (random, place) => {
      const [s, b] = scalesAt(random, 2);
      return [normals(random, 6), s, b.with(place < 0.5 ? 0 : 1, plain.at((2 * place) % 1))];
    },
    (_x, s, b) => s.length === 2 && b.some((v) => PLAIN.includes(v)),
  ),
  "numbers 0, 1 and −1": region<Layer>(
    6,
    (random, place) => {
      const x = count(8, () => some(random, PLAIN));
      return [x.with(place < 0.5 ? 0 : 7, plain.at((2 * place) % 1)), ...scalesAt(random, 2)];
    },
    (x) => x.every((v) => PLAIN.includes(v)),
  ),
  "nothing but zeros": region<Layer>(
    2,
    (random) => [[0, 0, 0, 0], ...scalesAt(random, 2)],
    (x) => x.every((v) => v === 0),
  ),
};

const isOpen = (...[x, s, b]: Layer): boolean =>
  s.length === 0 || s.length !== b.length || x.length % s.length !== 0 || s.includes(0);

const normalizeSizes = ([x, s, b]: Layer): number[] =>
  apply(x, [s, b], (v, scale, shift) => Math.abs(scale * v) + Math.abs(shift));
const logSizes = ([x, s]: Layer): number =>
  (x.length / s.length) * s.reduce((sum, v) => sum + Math.abs(Math.log(Math.abs(v))) + 1, 0);

export const normalizeDomain: Domain<Layer> = {
  regions: layers,
  allows: (_answer, ...asked) => [...normalizeSizes(asked).map((v) => 1e-10 * v), 1e-10 * logSizes(asked)],
  float32: (_answer, ...asked) => [...normalizeSizes(asked), logSizes(asked)],
  open: isOpen,
};

const generateSizes = ([z, s, b]: Layer): number[] =>
  apply(z, [s, b], (v, scale, shift) => (Math.abs(v) + Math.abs(shift)) / Math.abs(scale));

export const generateDomain: Domain<Layer> = {
  regions: layers,
  allows: (_answer, ...asked) => generateSizes(asked).map((v) => 1e-10 * v),
  float32: (_answer, ...asked) => generateSizes(asked).map((v) => 2 * v),
  open: isOpen,
};

export const signatures = {
  firstScales: fn(
    [parameter("batch", matrix), parameter("channels", number)],
    record({ s: vector, b: vector }),
  ),
  normalizeChannels: fn(
    [parameter("x", vector), parameter("s", vector), parameter("b", vector)],
    record({ z: vector, logDet: number }),
  ),
  generateChannels: fn([parameter("z", vector), parameter("s", vector), parameter("b", vector)], vector),
};
