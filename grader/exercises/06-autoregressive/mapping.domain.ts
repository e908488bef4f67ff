import type { Domain } from "../../domain/domain.ts";
import type { Region, Regions } from "../../domain/strata.ts";
import { fn, matrix, number, parameter, vector } from "../../harness/kinds.ts";
import { normals, type Random } from "../../random.ts";
import {
  edgesOf,
  forwardSizes,
  heightsOf,
  inverseOf,
  inverseSizes,
  logDetSize,
  type Parts,
} from "./mapping.flow.ts";

export type Asked = readonly [values: number[], W: number[][], c: number[][]];

/** A conditioner of so many numbers with so many bins. */
export function drawParts(
  random: Random,
  numbers: number,
  bins: number,
  dependence = 1.2,
): [W: number[][], c: number[][]] {
  const rows = (scale: number) => Array.from({ length: numbers }, () => normals(random, bins, scale));
  return [rows(dependence), rows(0.7)];
}

/** A number in the midst of one of so many bins of [0, 1]: rounding cannot bring it to another one. */
const within = (random: Random, bins: number, bin = random.integer(bins)): number =>
  (bin + random.uniform(0.02, 0.98)) / bins;

/** Turns numbers h of the grid of bins into what a function is asked about: themselves, or their images. */
type Give = (h: readonly number[], parts: Parts) => number[];
const itself: Give = (h) => [...h];
/** The image by the edges of the bins, in which 0 and 1 stay what they are. */
const image: Give = (h, parts) =>
  h.map((value, d) => {
    const phi = heightsOf(
      parts,
      d,
      h.map((v, j) => (j < d ? v : 0)),
    );
    if (value === 0 || value === 1) return value;
    const place = value * phi.length;
    const bin = Math.min(Math.floor(place), phi.length - 1);
    return edgesOf(phi)[bin] + (place - bin) * phi[bin];
  });

const floor = (place: number, count: number): number => Math.floor(place * count * (1 - 1e-12));
const isZero = (rows: readonly (readonly number[])[]): boolean =>
  rows.every((row) => row.every((v) => v === 0));

function regionsOf(give: Give): Regions<Asked> {
  const ask = (h: number[], parts: [number[][], number[][]]): Asked => [give(h, parts), ...parts];
  const ofSizes = (
    numbers: readonly [low: number, high: number],
    bins: readonly [low: number, high: number],
    points: number,
    once = false,
  ): Region<Asked> => ({
    points,
    ...(once && { once: true as const }),
    draw(random, place) {
      const count = numbers[0] + floor(place, numbers[1] - numbers[0] + 1);
      const K = bins[0] + random.integer(bins[1] - bins[0] + 1);
      return ask(
        Array.from({ length: count }, () => within(random, K)),
        drawParts(random, count, K),
      );
    },
    place: ({ length }, _W, [own]) =>
      length >= numbers[0] && length <= numbers[1] && own.length >= bins[0] && own.length <= bins[1]
        ? (length - numbers[0] + 0.5) / (numbers[1] - numbers[0] + 1)
        : undefined,
  });
  const withValue = (value: number): Region<Asked> => ({
    points: 6,
    // Among the first numbers, which steer others, and as the last one.
    draw(random, place) {
      const [K, at] = [2 + random.integer(4), floor(place, 3)];
      const h = Array.from({ length: 3 }, () => within(random, K));
      return ask(h.with(at, value), drawParts(random, 3, K));
    },
    place: (values) => {
      const at = values.length === 3 ? values.indexOf(value) : -1;
      return at < 0 ? undefined : (at + 0.5) / 3;
    },
  });
  const inBin = (last: boolean): Region<Asked> => ({
    points: 3,
    draw(random) {
      const K = 2 + random.integer(5);
      const h = Array.from({ length: 2 }, () => within(random, K, last ? K - 1 : 0));
      return ask(h, drawParts(random, 2, K));
    },
    place: (values, W, c) => {
      const K = c[0].length;
      if (values.length !== 2 || K < 2) return undefined;
      const h = give === itself ? values : inverseOf([W, c], values);
      return h.every((v) => v > 0 && v < 1 && (last ? v > 1 - 1 / K : v < 1 / K)) ? 0.5 : undefined;
    },
  });
  return {
    "two to four numbers, two to six bins": ofSizes([2, 4], [2, 6], 12),
    "one number": ofSizes([1, 1], [2, 6], 3),
    "two numbers": ofSizes([2, 2], [2, 6], 4),
    "one bin": ofSizes([2, 3], [1, 1], 2),
    "as many bins as numbers": {
      points: 4,
      draw: (random, place) => {
        const count = 2 + floor(place, 4);
        return ask(
          Array.from({ length: count }, () => within(random, count)),
          drawParts(random, count, count),
        );
      },
      place: ({ length }, _W, [own]) =>
        length === own.length && length > 1 && length < 6 ? (length - 1.5) / 4 : undefined,
    },
    "many bins": ofSizes([2, 3], [15, 24], 3),
    "many numbers": ofSizes([7, 10], [2, 6], 3, true),
    "a 0": withValue(0),
    "a 1": withValue(1),
    "nothing but 0, nothing but 1": {
      points: 4,
      draw(random, place) {
        const [K, count] = [2 + random.integer(4), 1 + random.integer(3)];
        return ask(new Array<number>(count).fill(place < 0.5 ? 0 : 1), drawParts(random, count, K));
      },
      place: (values) =>
        values.every((v) => v === 0) ? 0.25 : values.every((v) => v === 1) ? 0.75 : undefined,
    },
    "all in the first bin": inBin(false),
    "all in the last bin": inBin(true),
    "equal numbers": {
      points: 3,
      draw(random) {
        const K = 3 + random.integer(3);
        const value = within(random, K);
        const parts = drawParts(random, 3, K);
        return give === itself ? ask([value, value, value], parts) : [[value, value, value], ...parts];
      },
      place: (values) => (values.length > 1 && values.every((v) => v === values[0]) ? 0.5 : undefined),
    },
    "nothing steers": {
      points: 3,
      draw(random) {
        const K = 3 + random.integer(3);
        const [W, c] = drawParts(random, 3, K);
        const h = Array.from({ length: 3 }, () => within(random, K));
        return ask(h, [W.map((row) => row.map(() => 0)), c]);
      },
      place: (values, W) => (values.length === 3 && isZero(W) ? 0.5 : undefined),
    },
    "equal heights but for what steers": {
      points: 3,
      draw(random) {
        const K = [2, 4, 8][random.integer(3)];
        const [W, c] = drawParts(random, 3, K);
        const h = Array.from({ length: 3 }, () => within(random, K));
        return ask(h, [W, c.map((row) => row.map(() => 0))]);
      },
      place: (_values, _W, c) => (isZero(c) ? 0.5 : undefined),
    },
    "one number steers much": {
      points: 4,
      draw(random, place) {
        const K = 3 + random.integer(3);
        const [W, c] = drawParts(random, 3, K);
        // The first or the second; nobody is steered by the last one.
        W[floor(place, 2)][random.integer(K)] = (random.integer(2) === 0 ? 1 : -1) * random.uniform(6, 7);
        const h = Array.from({ length: 3 }, () => within(random, K));
        return ask(h, [W, c]);
      },
      place: (_values, W) => {
        const at = W.findIndex((row) => row.some((v) => Math.abs(v) >= 6));
        return at < 0 ? undefined : (at + 0.5) / 2;
      },
    },
    "one argument after another": {
      points: 12,
      draw(random, place) {
        const part = floor(place, 3);
        const fixed: [number[][], number[][]] = [
          FIXED_W.map((row) => [...row]),
          FIXED_C.map((row) => [...row]),
        ];
        if (part === 0) return ask([within(random, 4), within(random, 4)], fixed);
        const [W, c] = drawParts(random, 2, 4);
        return part === 1 ? [[0.3, 0.6], W, fixed[1]] : [[0.3, 0.6], fixed[0], c];
      },
      place: (values, W, c) => {
        if (isFixed(W, FIXED_W) && isFixed(c, FIXED_C)) return 1 / 6;
        if (values[0] !== 0.3 || values[1] !== 0.6) return undefined;
        return isFixed(c, FIXED_C) ? 0.5 : isFixed(W, FIXED_W) ? 5 / 6 : undefined;
      },
    },
  };
}

const FIXED_W = [
  [1.2, -0.7, 0.3, -1.5],
  [0.4, 0.9, -0.8, 0.2],
];
const FIXED_C = [
  [0.5, -0.3, 0.1, -0.6],
  [-0.2, 0.4, 0.7, -0.4],
];
const isFixed = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): boolean =>
  a.length === b.length &&
  a.every((row, i) => row.length === b[i].length && row.every((v, k) => v === b[i][k]));

/** Not from [0, 1], or a conditioner that does not fit. */
function isOpen(...[values, W, c]: Asked): boolean {
  const [D, K] = [values.length, c[0]?.length ?? 0];
  return (
    D === 0 ||
    K === 0 ||
    [W, c].some((rows) => rows.length !== D || rows.some((row) => row.length !== K)) ||
    values.some((v) => !(v >= 0 && v <= 1)) ||
    [...W, ...c].flat().some((v) => !(Math.abs(v) < 40))
  );
}

const isOnEdge = (value: number, bins: number): boolean =>
  value > 0 && value < 1 && Math.abs(value * bins - Math.round(value * bins)) < 1e-6;

const ofSizes = (
  sizes: (parts: Parts, values: readonly number[]) => number[],
  give: Give,
): Domain<Asked> => ({
  regions: regionsOf(give),
  open: isOpen,
  allows: (_answer, values, W, c) => sizes([W, c], values).map((size) => 1e-9 * size),
  float32: (_answer, values, W, c) => sizes([W, c], values),
});

export const forward = ofSizes(forwardSizes, itself);
export const inverse = ofSizes(inverseSizes, image);
/** On an edge of bins the map has two slopes. */
export const logDet: Domain<Asked> = {
  ...ofSizes((parts, h) => [logDetSize(parts, h)], itself),
  open: (values, W, c) => isOpen(values, W, c) || values.some((v) => isOnEdge(v, c[0].length)),
};

export const signatures = {
  autoregressiveForward: fn([parameter("h", vector), parameter("W", matrix), parameter("c", matrix)], vector),
  autoregressiveInverse: fn([parameter("x", vector), parameter("W", matrix), parameter("c", matrix)], vector),
  autoregressiveLogDet: fn([parameter("h", vector), parameter("W", matrix), parameter("c", matrix)], number),
};
