import type { Domain } from "../../domain/domain.ts";
import { DEFAULT_POINTS, logarithmic, pick, type Region, type Regions } from "../../domain/strata.ts";
import { fn, matrix, number, parameter, record, vector } from "../../harness/kinds.ts";
import { type Random, random as seeded } from "../../random.ts";
import {
  forwardSizes,
  forwardTruth,
  inverseSizes,
  inverseTruth,
  type Made,
  parts,
  product,
} from "../03-linear/plu.domain.ts";

type Numbers = readonly number[];
/** A picture, place after place with its channels side by side, and the parts of a matrix. */
export type Asked = readonly [picture: number[], ...made: Made];

const count = <A>(n: number, of: (i: number) => A): A[] => Array.from({ length: n }, (_, i) => of(i));

/** What a map of one place makes of all. */
export function everywhere(
  [picture, ...made]: Asked,
  map: (asked: [...Made, number[]]) => number[],
): number[] {
  const n = made[3].length;
  return count(Math.floor(picture.length / n), (place) =>
    map([...made, picture.slice(place * n, (place + 1) * n)]),
  ).flat();
}

export const mixOf = (asked: Asked): number[] => everywhere(asked, forwardTruth);
export const unmixOf = (asked: Asked): number[] => everywhere(asked, inverseTruth);
export const matrixOf = (...made: Made): number[][] => product(made);
export const sumOfLogs = (s: Numbers): number => s.reduce((sum, v) => sum + Math.log(Math.abs(v)), 0);
export const logDetOf = ([picture, , , , s]: Asked): number => (picture.length / s.length) * sumOfLogs(s);

const normals = (random: Random, n: number): number[] => count(n, () => 1.5 * random.normal());
const some = <A>(random: Random, list: readonly A[]): A => list[random.integer(list.length)];

function region(
  points: number,
  draw: (random: Random, place: number) => Asked,
  fits: (...asked: Asked) => boolean,
): Region<Asked> {
  return { points, draw, place: (...asked) => (fits(...asked) ? 0.5 : undefined) };
}

/** The same in every run, so that calls differ in one thing alone. */
const fixed = seeded("a matrix over three channels");
const [, ...KEPT] = parts(fixed, 3);
const [LOWER, UPPER, S] = KEPT;
const ORDER = [1, 2, 0];
const PICTURE = count(6, (i) => (i + 1) / 4 - 1);
const copy = (rows: readonly Numbers[]): number[][] => rows.map((row) => [...row]);
const ordinary = (): [
  picture: number[],
  order: number[],
  lower: number[][],
  upper: number[][],
  s: number[],
] => [[...PICTURE], [...ORDER], copy(LOWER), copy(UPPER), [...S]];
/** Whether a call is the one that is kept but for one argument. */
const isKeptBut =
  (free: number) =>
  (...asked: Asked): boolean => {
    const own = ordinary();
    return asked.every((argument, i) => i === free || JSON.stringify(argument) === JSON.stringify(own[i]));
  };

const sizes = logarithmic(1e-3, 1e3);
const PLAIN = [0, 1, -1];
const UNITS = [
  [1, -1],
  [-1, 1],
  [1, 1],
  [-1, -1],
];
const ORDERS = [
  [0, 1, 2],
  [1, 2, 0],
  [2, 0, 1],
  [1, 0, 2],
];

export const pictures: Regions<Asked> = {
  "several places": region(
    8,
    (random, place) => {
      const channels = pick([2, 3, 4, 6], place);
      return [normals(random, channels * (2 + random.integer(5))), ...parts(random, channels)];
    },
    (x, order) => order.length > 1 && x.length > order.length,
  ),
  "one place": region(
    3,
    (random, place) => {
      const channels = pick([2, 3, 4], place);
      return [normals(random, channels), ...parts(random, channels)];
    },
    (x, order) => x.length === order.length,
  ),
  "one channel": region(
    3,
    (random) => [normals(random, 5), ...parts(random, 1)],
    (_x, order) => order.length === 1,
  ),
  "many places": region(
    1,
    (random) => [normals(random, 192), ...parts(random, 3)],
    (x) => x.length === 192,
  ),
  "nothing exchanged": region(
    2,
    (random) => [
      normals(random, 9),
      [0, 1, 2],
      ...(parts(random, 3).slice(1) as [number[][], number[][], number[]]),
    ],
    (_x, order) => order.every((from, i) => from === i),
  ),
  "scales of every size": region(
    4,
    (random, place) => {
      const [order, lower, upper, s] = parts(random, 3);
      return [
        normals(random, 6),
        order,
        lower,
        upper,
        s.with(1, (random.integer(2) ? 1 : -1) * sizes.at(place)),
      ];
    },
    (_x, _order, _lower, _upper, s) => s.some((v) => Math.abs(v) < 0.4 || Math.abs(v) > 2.5),
  ),
  "scales 1 and −1": region(
    4,
    (random, place) => {
      const [order, lower, upper] = parts(random, 2);
      return [normals(random, 6), order, lower, upper, [...pick(UNITS, place)]];
    },
    (_x, _order, _lower, _upper, s) => s.every((v) => Math.abs(v) === 1),
  ),
  "a 0 in the matrix": region(
    2,
    (random) => {
      const [order, lower, upper, s] = parts(random, 3);
      return [normals(random, 6), order, lower, [upper[0].with(2, 0), ...upper.slice(1)], s];
    },
    (_x, _order, _lower, upper) => upper.length === 3 && upper[0][2] === 0,
  ),
  "numbers 0, 1 and −1": region(
    4,
    (random, place) => {
      const picture = count(6, () => some(random, PLAIN));
      return [picture.with(place < 0.5 ? 0 : 5, 0), ...parts(random, 3)];
    },
    (x) => x.every((v) => PLAIN.includes(v)),
  ),
  "nothing but zeros": region(
    1,
    (random) => [[0, 0, 0, 0], ...parts(random, 2)],
    (x) => x.every((v) => v === 0),
  ),
  "another picture only": region(
    2,
    (random) => ordinary().with(0, normals(random, 6)) as unknown as Asked,
    isKeptBut(0),
  ),
  "another order only": region(
    4,
    (_random, place) => ordinary().with(1, [...pick(ORDERS, place)]) as unknown as Asked,
    isKeptBut(1),
  ),
  "another lower part only": region(
    2,
    (random) => ordinary().with(2, parts(random, 3)[1]) as unknown as Asked,
    isKeptBut(2),
  ),
  "another upper part only": region(
    2,
    (random) => ordinary().with(3, parts(random, 3)[2]) as unknown as Asked,
    isKeptBut(3),
  ),
  "other scales only": region(
    2,
    (random) => ordinary().with(4, parts(random, 3)[3]) as unknown as Asked,
    isKeptBut(4),
  ),
};

/** The same matrices without a picture. */
export const matrices = Object.fromEntries(
  Object.entries(pictures)
    .filter(
      ([name]) =>
        !["many places", "numbers 0, 1 and −1", "nothing but zeros", "another picture only"].includes(name),
    )
    .map(([name, { draw, place, points }]): [string, Region<Made>] => [
      name === "several places" ? "several channels" : name === "one place" ? "two to four channels" : name,
      {
        points: points ?? DEFAULT_POINTS,
        draw: (random, at) => draw(random, at).slice(1) as Made,
        place: (...made) =>
          place(name === "one place" ? count(made[3].length, () => 1) : [...PICTURE], ...made),
      },
    ]),
) as Regions<Made>;

const isOpen = (order: Numbers, lower: readonly Numbers[], upper: readonly Numbers[], s: Numbers): boolean =>
  s.length === 0 ||
  s.includes(0) ||
  [order, lower, upper].some(({ length }) => length !== s.length) ||
  s.some((_, i) => !order.includes(i));
const isOpenPicture = (...[picture, ...made]: Asked): boolean =>
  isOpen(...made) || picture.length === 0 || picture.length % made[3].length !== 0;

const largeness = (made: Made): number[] => {
  const [order, lower, upper, s] = made;
  const abs = (a: readonly Numbers[]): number[][] => a.map((row) => row.map(Math.abs));
  return product([order, abs(lower), abs(upper), s.map(Math.abs)]).flat();
};

export const matrixDomain: Domain<Made> = {
  regions: matrices,
  allows: (_answer, ...made) => largeness(made).map((v) => 1e-9 * v),
  float32: (_answer, ...made) => largeness(made).map((v) => (1 + made[3].length / 4) * v),
  open: isOpen,
};

const logSize = ([picture, , , , s]: Asked): number =>
  (picture.length / s.length) * s.reduce((sum, v) => sum + Math.abs(Math.log(Math.abs(v))) + 1, 0);

export const mixDomain: Domain<Asked> = {
  regions: pictures,
  allows: (_answer, ...asked) => [
    ...everywhere(asked, forwardSizes).map((v) => 1e-9 * v),
    1e-9 * logSize(asked),
  ],
  float32: (_answer, ...asked) => [
    ...everywhere(asked, forwardSizes).map((v) => (1 + asked[4].length / 4) * v),
    logSize(asked),
  ],
  open: isOpenPicture,
};

/** On the way back the largest of a place's numbers: who inverts the whole matrix loses as much in each of them. */
const unmixSizes = (asked: Asked): number[] =>
  everywhere(asked, (one) => {
    const sizes = inverseSizes(one);
    return sizes.map(() => Math.max(...sizes));
  });

export const unmixDomain: Domain<Asked> = {
  regions: pictures,
  allows: (_answer, ...asked) => unmixSizes(asked).map((v) => 1e-9 * v),
  float32: (_answer, ...asked) => unmixSizes(asked).map((v) => (1 + asked[4].length / 2) * v),
  open: isOpenPicture,
};

const made = [
  parameter("order", vector),
  parameter("lower", matrix),
  parameter("upper", matrix),
  parameter("s", vector),
] as const;

export const signatures = {
  mixingMatrix: fn([...made], matrix),
  mixChannels: fn([parameter("x", vector), ...made], record({ z: vector, logDet: number })),
  unmixChannels: fn([parameter("z", vector), ...made], vector),
};
