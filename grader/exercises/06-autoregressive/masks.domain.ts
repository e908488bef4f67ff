import type { Domain } from "../../domain/domain.ts";
import type { Region, Regions } from "../../domain/strata.ts";
import { fn, matrix, number, parameter, vector } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

/** In which order the numbers come, how wide the hidden layers are, and which layer's mask is asked for. */
export type Asked = readonly [order: number[], hidden: number[], layer: number];

/** The place of each number in the order, from 1. */
export const ranksOf = (order: readonly number[]): number[] =>
  order.map((_, number) => order.indexOf(number) + 1);

/** How units are numbered, and which of the layer before a unit may look at. */
export interface Rule {
  readonly ranks: (order: readonly number[]) => number[];
  readonly degree: (unit: number, dimensions: number, width: number) => number;
  readonly within: (from: number, own: number) => boolean;
  readonly last: (from: number, own: number) => boolean;
}
export const RIGHT: Rule = {
  ranks: ranksOf,
  degree: (unit, dimensions) => 1 + (unit % (dimensions - 1)),
  within: (from, own) => from <= own,
  last: (from, own) => from < own,
};

/** The mask of a layer: rows are its units, columns those of the layer before. */
export const maskOf =
  (change: Partial<Rule> = {}) =>
  (...[order, hidden, layer]: Asked): number[][] => {
    const { ranks, degree, within, last } = { ...RIGHT, ...change };
    const degrees = [
      ranks(order),
      ...hidden.map((width) => Array.from({ length: width }, (_, unit) => degree(unit, order.length, width))),
      ranks(order),
    ];
    const sees = layer === hidden.length ? last : within;
    return degrees[layer + 1].map((own) => degrees[layer].map((from) => (sees(from, own) ? 1 : 0)));
  };

/** The widths of all layers, from inputs to outputs. */
export const widthsOf = (order: readonly number[], hidden: readonly number[]): number[] => [
  order.length,
  ...hidden,
  order.length,
];

export const shuffle = (random: Random, n: number): number[] => {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
};

const natural = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const isNatural = (order: readonly number[]): boolean => order.every((v, i) => v === i);
/** As widths that are as narrow as may be, or wider. */
const widths = (random: Random, n: number, layers: number): number[] =>
  Array.from({ length: layers }, () => n - 1 + random.integer(5));

const region = (
  points: number,
  draw: (random: Random, place: number) => readonly [order: number[], hidden: number[]],
  fits: (order: readonly number[], hidden: readonly number[]) => boolean,
): Region<Asked> => ({
  points,
  draw: (random, place) => {
    const [order, hidden] = draw(random, place);
    return [order, hidden, random.integer(hidden.length + 1)];
  },
  place: (order, hidden) => (fits(order, hidden) ? 0.5 : undefined),
});

export const regions: Regions<Asked> = {
  "some order, one hidden layer": region(
    5,
    (random, place) => {
      const n = 3 + Math.floor(4 * place);
      return [shuffle(random, n), widths(random, n, 1)];
    },
    (order, hidden) => order.length > 2 && hidden.length === 1,
  ),
  "some order, two hidden layers": region(
    4,
    (random, place) => {
      const n = 3 + Math.floor(3 * place);
      return [shuffle(random, n), widths(random, n, 2)];
    },
    (order, hidden) => order.length > 2 && hidden.length === 2,
  ),
  "some order, three hidden layers": region(
    2,
    (random) => {
      const n = 3 + random.integer(3);
      return [shuffle(random, n), widths(random, n, 3)];
    },
    (order, hidden) => order.length > 2 && hidden.length === 3,
  ),
  "no hidden layer": region(
    4,
    (random, place) => [shuffle(random, [3, 5, 6, 7][Math.floor(4 * place)]), []],
    (_order, hidden) => hidden.length === 0,
  ),
  "hidden layers as narrow as may be": region(
    4,
    (random, place) => {
      const n = 3 + random.integer(4);
      return [shuffle(random, n), Array.from({ length: 1 + Math.floor(3 * place) }, () => n - 1)];
    },
    (order, hidden) => hidden.length > 0 && hidden.every((width) => width === order.length - 1),
  ),
  "wide hidden layers": region(
    2,
    (random) => {
      const n = 3 + random.integer(3);
      return [shuffle(random, n), [3 * n, 2 * n + 1]];
    },
    (order, hidden) => hidden.length > 0 && hidden.every((width) => width > 2 * order.length),
  ),
  "two numbers": region(
    4,
    (random, place) => [
      place < 0.5 ? [0, 1] : [1, 0],
      // One unit is just enough.
      place % 0.5 < 0.25 ? [1] : [1 + random.integer(4), 1],
    ],
    (order) => order.length === 2,
  ),
  "the natural order": region(
    2,
    (random) => {
      const n = 3 + random.integer(3);
      return [natural(n), widths(random, n, 1 + random.integer(2))];
    },
    (order) => isNatural(order),
  ),
  "the opposite order": region(
    2,
    (random) => {
      const n = 3 + random.integer(3);
      return [natural(n).reverse(), widths(random, n, 1 + random.integer(2))];
    },
    (order) => isNatural([...order].reverse()),
  ),
  // Its place in the list is not the number that stands there: read either way it is another order.
  "an order that is not its own inverse": region(
    2,
    (random) => [[1, 2, 3, 0], widths(random, 4, 1)],
    (order) => ranksOf(order).some((rank, i) => rank !== order[i] + 1),
  ),
  "the same layers, several orders": region(
    3,
    (random) => [shuffle(random, 4), [5]],
    (order, hidden) => order.length === 4 && hidden.length === 1 && hidden[0] === 5,
  ),
  "one order, several layers": region(
    3,
    (random, place) => [
      [2, 0, 3, 1],
      Array.from({ length: 1 + Math.floor(3 * place) }, () => 3 + random.integer(4)),
    ],
    (order) => order.join() === "2,0,3,1",
  ),
};

/** 0 and 1, exactly. */
export const domain: Domain<Asked> = {
  regions,
  allows: () => 1e-9,
  float32: false,
  open: (order, hidden, layer) =>
    order.length < 2 ||
    order.some((_, i) => !order.includes(i)) ||
    hidden.some((width) => width < order.length - 1) ||
    !(Number.isInteger(layer) && layer >= 0 && layer <= hidden.length),
};

export const signatures = {
  madeMask: fn([parameter("order", vector), parameter("hidden", vector), parameter("layer", number)], matrix),
};
