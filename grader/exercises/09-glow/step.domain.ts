import { allowedErrors } from "../../domain/domain.ts";
import { oneOf, type Region, type Regions, type Span } from "../../domain/strata.ts";
import type { Domains } from "../../exercise.ts";
import { fn, matrix, number, object, parameter, record, vector } from "../../harness/kinds.ts";
import { apply, type Matrix } from "../../oracle/matrices.ts";
import type { Random } from "../../random.ts";
import { parts as drawMatrix, forwardTruth, inverseTruth } from "../03-linear/plu.domain.ts";

type Numbers = readonly number[];
/** Scale and shift of the ActNorm, the parts of the matrix, and the weights of the network. */
export type Made = readonly [
  scale: number[],
  shift: number[],
  order: number[],
  lower: number[][],
  upper: number[][],
  s: number[],
  S: number[][],
  T: number[][],
];

/** What may be different in a wrong answer. */
export interface Ways {
  readonly normalize: (v: number, scale: number, shift: number) => number;
  /** What the network sees of a place: all of it after the matrix, and as it came in. */
  readonly seen: (mixed: Numbers, place: Numbers) => Numbers;
  readonly bend: (argument: number) => number;
  readonly couple: (v: number, logScale: number, shift: number) => number;
}

export const RIGHT: Ways = {
  normalize: (v, scale, shift) => scale * v + shift,
  seen: (mixed) => mixed.slice(0, mixed.length / 2),
  bend: Math.tanh,
  couple: (v, logScale, shift) => (v - shift) * Math.exp(-logScale),
};

const count = <A>(n: number, of: (i: number) => A): A[] => Array.from({ length: n }, (_, i) => of(i));

export const placesOf = (list: Numbers, channels: number): number[][] =>
  count(Math.ceil(list.length / channels), (place) => list.slice(place * channels, (place + 1) * channels));

const sum = (list: Numbers): number => list.reduce((total, v) => total + v, 0);
export const sumOfLogs = (list: Numbers): number => sum(list.map((v) => Math.log(Math.abs(v))));

/** z place after place, and what each place's coupling adds to the log-determinant. */
export function inverseOf(made: Made, x: Numbers, ways: Ways = RIGHT): { z: number[]; coupling: number[] } {
  const [scale, shift, order, lower, upper, s, S, T] = made;
  const places = placesOf(x, s.length).map((place) => {
    const h = place.map((v, c) => ways.normalize(v, scale[c], shift[c]));
    const mixed = forwardTruth([order, lower, upper, s, h]);
    const seen = ways.seen(mixed, place);
    const [logScales, shifts] = [apply(S, seen).map(ways.bend), apply(T, seen)];
    const half = mixed.length / 2;
    const changed = mixed.slice(half).map((v, i) => ways.couple(v, logScales[i], shifts[i]));
    return { z: [...mixed.slice(0, half), ...changed], coupling: -sum(logScales) };
  });
  return { z: places.flatMap(({ z }) => z), coupling: places.map(({ coupling }) => coupling) };
}

/** @param uncouple Of the second half; what undoes the coupling, but in a wrong answer. */
export function forwardOf(
  [scale, shift, order, lower, upper, s, S, T]: Made,
  z: Numbers,
  uncouple: Ways["couple"] = (v, logScale, shift) => v * Math.exp(logScale) + shift,
  bend: Ways["bend"] = Math.tanh,
): number[] {
  return placesOf(z, s.length).flatMap((place) => {
    const half = place.length / 2;
    const kept = place.slice(0, half);
    const [logScales, shifts] = [apply(S, kept).map(bend), apply(T, kept)];
    const changed = place.slice(half).map((v, i) => uncouple(v, logScales[i], shifts[i]));
    return inverseTruth([order, lower, upper, s, [...kept, ...changed]]).map(
      (v, c) => (v - shift[c]) / scale[c],
    );
  });
}

export const logDetOf = (made: Made, x: Numbers): number =>
  (x.length / made[5].length) * (sumOfLogs(made[0]) + sumOfLogs(made[5])) + sum(inverseOf(made, x).coupling);

/** Parts of a step with so many channels: neither half of a place can be told from the other by its size. */
export function drawStep(random: Random, channels: number): Made {
  const half = channels / 2;
  const weights = (): number[][] =>
    count(half, () => count(half, () => (0.8 * random.normal()) / Math.sqrt(half)));
  return [
    count(channels, () => (random.integer(2) ? 1 : -1) * random.uniform(0.5, 2)),
    count(channels, () => random.normal()),
    ...drawMatrix(random, channels),
    weights(),
    weights(),
  ];
}

const size = (a: Matrix): number => Math.max(1, ...a.flat().map(Math.abs));

/** How large the terms are that a place's numbers are made of, at most: each layer multiplies what came before. */
export function sizeOf(made: Made, list: Numbers): number {
  const [scale, shift, , lower, upper, s, , T] = made;
  const n = s.length;
  const largest = Math.max(1, ...list.map(Math.abs));
  const normalized = largest * size([scale]) + size([shift]);
  const mixed = normalized * (size([s]) + n * size(upper)) * (1 + n * size(lower));
  return mixed * (1 + n * size(T)) * Math.E;
}

/** The same on the way back, for which the triangles are undone. */
export function sizeBack(made: Made, z: Numbers): number {
  const [scale, shift, order, lower, upper, s, , T] = made;
  const n = s.length;
  const abs = (a: Matrix): number[][] => a.map((row) => row.map((v) => -Math.abs(v)));
  const coupled = Math.max(1, ...z.map(Math.abs)) * (Math.E + n * size(T));
  const back = inverseTruth([order, abs(lower), abs(upper), s.map(Math.abs), count(n, () => coupled)]);
  return (Math.max(...back) + size([shift])) / Math.min(...scale.map(Math.abs));
}

type Asked = [...made: Made, list: number[]];

/** Channels, and places of a picture. */
export const SHAPES: readonly (readonly [channels: number, places: number])[] = [
  [2, 3],
  [2, 1],
  [4, 1],
  [4, 4],
  [6, 3],
  [8, 2],
];

export const drawPicture = (random: Random, size: number): number[] =>
  count(size, () => 1.3 * random.normal());

const ofShape = ([channels, places]: (typeof SHAPES)[number]): [string, Region<Asked>] => [
  `${channels} channels at ${places} ${places === 1 ? "place" : "places"}`,
  {
    points: 3,
    draw: (random) => [...drawStep(random, channels), drawPicture(random, channels * places)],
    place: (...asked) =>
      asked[5].length === channels && asked[8].length === channels * places ? 0.5 : undefined,
  },
];
const units = oneOf(1, -1);
const special = oneOf(0, 1, -1);
const CHANNELS = 4;

/** A step of four channels and two places in which one list of numbers, by its place among the arguments, has such a number. */
const having = (of: 0 | 1 | 5 | 8, span: Span, points: number): Region<Asked> => ({
  points,
  draw(random, place) {
    const asked: Asked = [...drawStep(random, CHANNELS), drawPicture(random, 2 * CHANNELS)];
    const list = asked[of];
    // The first, the last, and one between.
    const at = [0, list.length - 1, 1][Math.floor(points * place) % 3];
    return asked.with(of, list.with(at, span.at(place))) as unknown as Asked;
  },
  place: (...asked) => asked[of].map(span.place).find((at) => at !== undefined),
});

const regions: Regions<Asked> = {
  ...Object.fromEntries(SHAPES.map(ofShape)),
  "a 1 or −1 among the scales": having(0, units, 6),
  "a 0, 1 or −1 among the shifts": having(1, special, 9),
  "a 1 or −1 in s": having(5, units, 6),
  "a 0, 1 or −1 in the picture": having(8, special, 9),
  "an order that begins with 0": {
    points: 2,
    draw(random) {
      const [scale, shift, , ...rest] = drawStep(random, CHANNELS);
      return [scale, shift, [0, 3, 1, 2], ...rest, drawPicture(random, 2 * CHANNELS)];
    },
    place: (...asked) => (asked[2][0] === 0 ? 0.5 : undefined),
  },
  "a picture of zeros, and no shifts": {
    points: 1,
    draw(random) {
      const [scale, shift, ...rest] = drawStep(random, CHANNELS);
      return [scale, shift.map(() => 0), ...rest, count(2 * CHANNELS, () => 0)];
    },
    place: (...asked) => ([...asked[1], ...asked[8]].every((v) => v === 0) ? 0 : undefined),
  },
};

/** That the parts fit together and can be undone, and the picture fits them. */
function isStep(...[scale, shift, order, lower, upper, s, S, T, list]: Asked): boolean {
  const { length: n } = s;
  const square = (M: Matrix, size: number) => M.length === size && M.every(({ length }) => length === size);
  return (
    n >= 2 &&
    n % 2 === 0 &&
    [scale, shift, order].every(({ length }) => length === n) &&
    s.every((_, i) => order.includes(i)) &&
    ![...scale, ...s].includes(0) &&
    square(lower, n) &&
    square(upper, n) &&
    square(S, n / 2) &&
    square(T, n / 2) &&
    list.length > 0 &&
    list.length % n === 0
  );
}
const isOpen = (...asked: Asked): boolean => !isStep(...asked);
/** What a step is made of, and the picture. */
export const split = (asked: Asked): [made: Made, list: number[]] => [
  asked.slice(0, 8) as unknown as Made,
  asked[8],
];

/** Of the log-determinant: an error of what the network sees is one of the log-scales. */
const logDetSize = (made: Made, list: Numbers): number =>
  (list.length / made[5].length) * (2 * made[5].length + sizeOf(made, list));

/** Of the numbers of z and then of the log-determinant. */
const inverseSizes = (asked: Asked): number[] => {
  const [made, list] = split(asked);
  return [...list.map(() => sizeOf(made, list)), logDetSize(made, list)];
};

export const domains = {
  inverse: {
    regions,
    allows: (_answer, ...asked) => inverseSizes(asked).map((size) => 1e-10 * size),
    float32: (_answer, ...asked) => inverseSizes(asked),
    open: isOpen,
  },
  forward: {
    regions,
    allows: (_answer, ...asked) => 1e-10 * sizeBack(...split(asked)),
    float32: (_answer, ...asked) => 2 * sizeBack(...split(asked)),
    open: isOpen,
  },
} satisfies Domains<typeof signatures>["glowStep"];

/** What is allowed in z, in the log-determinant, and in x. */
export const errors = {
  z(made: Made, x: readonly number[], want: readonly number[]) {
    const size = sizeOf(made, x);
    return allowedErrors({ allows: () => 1e-10 * size, float32: () => size }, want);
  },
  logDet(made: Made, x: readonly number[], want: number) {
    const size = logDetSize(made, x);
    return allowedErrors({ allows: () => 1e-10 * size, float32: () => size }, want);
  },
  x: (made: Made, z: readonly number[], want: readonly number[]) =>
    allowedErrors(domains.forward, want, ...made, [...z]),
};

export const signatures = {
  glowStep: fn(
    [
      parameter("scale", vector),
      parameter("shift", vector),
      parameter("order", vector),
      parameter("lower", matrix),
      parameter("upper", matrix),
      parameter("s", vector),
      parameter("S", matrix),
      parameter("T", matrix),
    ],
    object({
      inverse: fn([parameter("x", vector)], record({ z: vector, logDet: number })),
      forward: fn([parameter("z", vector)], vector),
    }),
  ),
};
