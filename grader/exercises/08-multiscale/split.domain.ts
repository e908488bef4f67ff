import { type Domain, wellConditioned } from "../../domain/domain.ts";
import { pick, type Region, type Regions } from "../../domain/strata.ts";
import { derivation, fn, number, parameter, record, vector } from "../../harness/kinds.ts";
import type { DerivationTask } from "../../oracle/derivation.ts";
import type { Random } from "../../random.ts";

/** What leaves, and the density that the base gives it, if mean and deviation are computed from what stays. */
export const task: DerivationTask = {
  first: "log(exp(-((b - m(a))/exp(s(a)))^2/2)/(sqrt(2*pi)*exp(s(a))))",
  last: "log(p((b - m(a))*exp(-s(a)))) - s(a)",
  variables: { a: (random) => random.uniform(-1.5, 1.5), b: (random) => random.uniform(-2, 2) },
  functions: {
    p: (z) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI),
    m: (a) => a * a - 0.7 * a + 0.2,
    s: (a) => 0.3 + 0.8 * Math.sin(1.7 * a),
  },
  forms: [
    {
      name: "the logarithm of a quotient or of a product taken apart, without p",
      appears: ({ functions }) => !functions.has("p"),
    },
  ],
};

export const STEPS: readonly string[] = [
  task.first,
  "log(exp(-((b - m(a))/exp(s(a)))^2/2)/sqrt(2*pi)) - log(exp(s(a)))",
  "log(exp(-((b - m(a))/exp(s(a)))^2/2)/sqrt(2*pi)) - s(a)",
  "log(p((b - m(a))/exp(s(a)))) - s(a)",
  task.last,
];

/** The numbers of a squeezed image, place by place, and how many channels a place has. */
export type Asked = readonly [h: number[], channels: number];
export type Parts = readonly [stays: number[], leaves: number[], channels: number];

export interface Split {
  readonly stays: number[];
  readonly leaves: number[];
  readonly logDensity: number;
}

const LOG_2PI = Math.log(2 * Math.PI);

export const logNormal = (leaves: readonly number[]): number =>
  leaves.reduce((sum, v) => sum - (v * v + LOG_2PI) / 2, 0);

/** The first half of each place's channels. */
const isFirst = (at: number, channels: number): boolean => at % channels < channels / 2;

export function splitOf(
  [h, channels]: Asked,
  stays: (at: number, channels: number, count: number) => boolean = isFirst,
): Split {
  const kept = h.filter((_, at) => stays(at, channels, h.length));
  const gone = h.filter((_, at) => !stays(at, channels, h.length));
  return { stays: kept, leaves: gone, logDensity: logNormal(gone) };
}

export function mergeOf([stays, leaves, channels]: Parts): number[] {
  const half = channels / 2;
  return Array.from({ length: stays.length + leaves.length }, (_, at) => {
    const [place, c] = [Math.floor(at / channels), at % channels];
    return (c < half ? stays[place * half + c] : leaves[place * half + c - half]) ?? 0;
  });
}

const CHANNELS = [2, 4, 6, 8];
const some = <A>(random: Random, list: readonly A[]): A => list[random.integer(list.length)];
const normals = (random: Random, count: number): number[] =>
  Array.from({ length: count }, () => 1.5 * random.normal());

/** The same in every run, so that one list can be cut in several ways. */
const LADDER = Array.from({ length: 24 }, (_, i) => (i + 1) / 10);
const isLadder = (list: readonly number[]): boolean =>
  list.length === LADDER.length && list.every((v, i) => v === LADDER[i]);
const PLAIN = [0, 1, -1];
const isPlain = (list: readonly number[]): boolean => list.every((v) => PLAIN.includes(v));

const region =
  <I extends readonly unknown[]>() =>
  (
    points: number,
    draw: (random: Random, place: number) => I,
    fits: (...asked: I) => boolean,
  ): Region<I> => ({ points, draw, place: (...asked) => (fits(...asked) ? 0.5 : undefined) });
const ofSplit = region<Asked>();
const ofParts = region<Parts>();

export const splits: Regions<Asked> = {
  "several places": ofSplit(
    6,
    (random, place) => {
      const channels = pick(CHANNELS, place);
      return [normals(random, channels * (2 + random.integer(8))), channels];
    },
    (h, channels) => h.length > channels,
  ),
  "one place": ofSplit(
    4,
    (random, place) => [normals(random, pick(CHANNELS, place)), pick(CHANNELS, place)],
    (h, channels) => h.length === channels,
  ),
  "many places": ofSplit(
    1,
    (random) => [normals(random, 256), 4],
    (h) => h.length === 256,
  ),
  "one list, several numbers of channels": ofSplit(
    4,
    (_random, place) => [[...LADDER], pick(CHANNELS, place)],
    (h) => isLadder(h),
  ),
  "numbers 0, 1 and −1": ofSplit(
    6,
    (random, place) => {
      const h = Array.from({ length: 8 }, () => some(random, PLAIN));
      return [h.with(place < 0.4 ? 0 : -1, 0), pick([2, 4], 2 * (place % 0.5))];
    },
    (h) => isPlain(h),
  ),
  "nothing but zeros": ofSplit(
    1,
    () => [[0, 0, 0, 0], 2],
    (h) => h.every((v) => v === 0),
  ),
};

export const merges: Regions<Parts> = {
  "several places": ofParts(
    6,
    (random, place) => {
      const channels = pick(CHANNELS, place);
      const count = (channels / 2) * (2 + random.integer(8));
      return [normals(random, count), normals(random, count), channels];
    },
    (stays, _leaves, channels) => 2 * stays.length > channels,
  ),
  "one place": ofParts(
    4,
    (random, place) => {
      const channels = pick(CHANNELS, place);
      return [normals(random, channels / 2), normals(random, channels / 2), channels];
    },
    (stays, _leaves, channels) => 2 * stays.length === channels,
  ),
  "one pair of lists, several numbers of channels": ofParts(
    4,
    (_random, place) => [LADDER.slice(0, 12), LADDER.slice(12), pick(CHANNELS.slice(0, 3).concat(12), place)],
    (stays) => stays.length === 12 && stays.every((v, i) => v === LADDER[i]),
  ),
  "the same stays, others leave": ofParts(
    3,
    (random) => [LADDER.slice(0, 4), normals(random, 4), 4],
    (stays) => stays.length === 4 && stays.every((v, i) => v === LADDER[i]),
  ),
  "others stay, the same leaves": ofParts(
    3,
    (random) => [normals(random, 4), LADDER.slice(0, 4), 4],
    (_stays, leaves) => leaves.length === 4 && leaves.every((v, i) => v === LADDER[i]),
  ),
  "numbers 0, 1 and −1": ofParts(
    8,
    (random, place) => {
      const draw = () => Array.from({ length: 4 }, () => some(random, PLAIN));
      const [stays, leaves] = [draw(), draw()];
      const end = place < 0.5 ? 0 : -1;
      return place % 0.5 < 0.25
        ? [stays.with(end, 0), leaves, pick([2, 4], random.uniform(0, 1))]
        : [stays, leaves.with(end, 0), pick([2, 4], random.uniform(0, 1))];
    },
    (stays, leaves) => isPlain(stays) && isPlain(leaves),
  ),
  "one part nothing but zeros": ofParts(
    2,
    (random, place) => {
      const [zeros, others] = [[0, 0, 0, 0], normals(random, 4)];
      return place < 0.5 ? [zeros, others, 4] : [others, zeros, 4];
    },
    (stays, leaves) => [stays, leaves].some((part) => part.every((v) => v === 0)),
  ),
  "as much as is left": ofParts(
    1,
    (random) => {
      const both = normals(random, 6);
      return [both, [...both], 4];
    },
    (stays, leaves) => stays.every((v, i) => v === leaves[i]),
  ),
};

/** What is moved comes back as it was; the log-density to eleven digits of its terms. */
export const splitDomain: Domain<Asked> = {
  regions: splits,
  allows: (answer) => answer.map((v, i) => 1e-11 * (i < answer.length - 1 ? Math.abs(v) : 1 + Math.abs(v))),
  float32: (answer, h) =>
    answer.map((v, i) => (i < answer.length - 1 ? Math.abs(v) : h.length + 2 * Math.abs(v))),
  open: (h, channels) => !(channels >= 2 && channels % 2 === 0 && h.length % channels === 0),
};

export const mergeDomain: Domain<Parts> = {
  regions: merges,
  allows: (answer) => answer.map((v) => 1e-12 * Math.abs(v)),
  float32: wellConditioned,
  open: (stays, leaves, channels) =>
    !(channels >= 2 && channels % 2 === 0 && (2 * stays.length) % channels === 0) ||
    stays.length !== leaves.length,
};

export const signatures = {
  splitChannels: fn(
    [parameter("h", vector), parameter("channels", number)],
    record({ stays: vector, leaves: vector, logDensity: number }),
  ),
  mergeChannels: fn(
    [parameter("stays", vector), parameter("leaves", vector), parameter("channels", number)],
    vector,
  ),
  priorSteps: fn([], derivation),
};
