import { type Domain, relatively } from "../../domain/domain.ts";
import type { Region, Regions } from "../../domain/strata.ts";
import { fn, matrix, number, parameter, vector } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";
import { binHeights, within } from "./piecewise.draws.ts";

export type Asked = readonly [h: number[], phi: number[]];

/** Slope in each dimension: how high a bin is over how wide; the bin is found by going through the edges. */
export function slopes([h, phi]: Asked): number[] {
  const width = 1 / phi.length;
  return h.map((value) => {
    const last = phi.length - 1;
    let bin = 0;
    while (bin < last && value >= (bin + 1) / phi.length) bin += 1;
    return phi[bin] / width;
  });
}

export const jacobianTruth = (asked: Asked): number[][] =>
  slopes(asked).map((slope, i, { length }) => Array.from({ length }, (_, j) => (i === j ? slope : 0)));

export const determinantTruth = (asked: Asked): number =>
  slopes(asked).reduce((product, slope) => product * slope, 1);

const floor = (place: number, count: number): number => Math.floor(place * count * (1 - 1e-12));

/** So many numbers, each in the midst of a bin of K. */
function ofSizes(low: number, high: number, least: number, most: number, count: number): Region<Asked> {
  return {
    points: count,
    draw(random, place) {
      const phi = binHeights(random, least + random.integer(most - least + 1));
      const length = low + floor(place, high - low + 1);
      return [Array.from({ length }, () => within(random, phi.length)), phi];
    },
    place: ({ length }, phi) =>
      length >= low && length <= high && phi.length >= least && phi.length <= most
        ? (length - low + 0.5) / (high - low + 1)
        : undefined,
  };
}

/** With this value at one of the places of h. */
function withValue(
  random: Random,
  value: (bins: number) => number,
  bins: number,
): [h: number[], phi: number[]] {
  const h = Array.from({ length: 1 + random.integer(3) }, () => within(random, bins));
  h[random.integer(h.length)] = value(bins);
  return [h, binHeights(random, bins)];
}

const isAtEdge = (h: number, bins: number): boolean => h > 0 && h < 1 && Number.isInteger(h * bins);

export const regions: Regions<Asked> = {
  "two to six numbers in the midst of bins": ofSizes(2, 6, 2, 8, 12),
  "one number": ofSizes(1, 1, 2, 8, 6),
  "one bin": ofSizes(1, 4, 1, 1, 2),
  "many bins": ofSizes(2, 4, 20, 40, 3),
  "many numbers": { ...ofSizes(12, 20, 3, 6, 2), once: true },
  "h = 1": {
    points: 4,
    draw: (random) => withValue(random, () => 1, 2 + random.integer(6)),
    place: (h, phi) => (phi.length > 1 && h.includes(1) ? 0 : undefined),
  },
  "h = 0": {
    points: 3,
    draw: (random, place) => withValue(random, () => (place < 0.5 ? 0 : -0), 2 + random.integer(6)),
    place: (h) => {
      const zero = h.find((v) => v === 0);
      return zero === undefined ? undefined : Object.is(zero, 0) ? 0.25 : 0.75;
    },
  },
  "h that begins or ends with 0": {
    points: 4,
    draw(random, place) {
      const bins = 2 + random.integer(6);
      const others = [within(random, bins), within(random, bins)];
      return [place < 0.5 ? [0, ...others] : [...others, 0], binHeights(random, bins)];
    },
    place: (h) => (h[0] === 0 ? 0.25 : h.at(-1) === 0 ? 0.75 : undefined),
  },
  "h that is nothing but 0": {
    points: 3,
    draw: (random, place) => [
      new Array<number>(1 + floor(place, 3)).fill(0),
      binHeights(random, 2 + random.integer(6)),
    ],
    place: (h) => (h.length > 0 && h.every((v) => v === 0) ? (h.length - 0.5) / 3 : undefined),
  },
  "an inner edge": {
    points: 6,
    // A quarter or an eighth is exact, and so is K times it.
    draw: (random, place) =>
      withValue(random, (bins) => (1 + random.integer(bins - 1)) / bins, [2, 4, 8][floor(place, 3)]),
    place: (h, phi) =>
      h.some((v) => isAtEdge(v, phi.length)) ? ([2, 4, 8].indexOf(phi.length) + 0.5) / 3 : undefined,
  },
  "in the first bin": {
    points: 3,
    draw: (random) => withValue(random, (bins) => random.uniform(0.02, 0.98) / bins, 2 + random.integer(6)),
    place: (h, phi) => (phi.length > 1 && h.some((v) => v > 0 && v < 1 / phi.length) ? 0.5 : undefined),
  },
  "in the last bin": {
    points: 3,
    draw: (random) =>
      withValue(random, (bins) => 1 - random.uniform(0.02, 0.98) / bins, 2 + random.integer(6)),
    place: (h, phi) => (phi.length > 1 && h.some((v) => v < 1 && v > 1 - 1 / phi.length) ? 0.5 : undefined),
  },
  "in the last of many bins": {
    points: 3,
    draw: (random) =>
      withValue(random, (bins) => 1 - random.uniform(0.02, 0.98) / bins, 20 + random.integer(21)),
    place: (h, phi) => (phi.length >= 20 && h.some((v) => v < 1 && v > 1 - 1 / phi.length) ? 0.5 : undefined),
  },
  "equal numbers": {
    points: 3,
    draw(random) {
      const bins = 2 + random.integer(6);
      const value = within(random, bins);
      return [Array(2 + random.integer(3)).fill(value), binHeights(random, bins)];
    },
    place: (h) => (h.length > 1 && h.every((v) => v === h[0]) ? 0 : undefined),
  },
  "equal bins": {
    points: 2,
    draw(random) {
      const bins = 2 ** (1 + random.integer(3));
      return [[within(random, bins), within(random, bins)], Array(bins).fill(1 / bins)];
    },
    place: (_h, phi) => (phi.length > 1 && phi.every((v) => v === phi[0]) ? 0 : undefined),
  },
  "very low and very high bins": {
    points: 6,
    draw(random) {
      const phi = binHeights(random, 3 + random.integer(4), 12);
      return [Array.from({ length: 3 }, () => within(random, phi.length)), phi];
    },
    place: (_h, phi) => (Math.min(...phi) < 1e-3 ? 0.5 : undefined),
  },
  "one argument after another": {
    points: 16,
    draw: (random, place) =>
      place < 0.5
        ? [[0.3, 0.9], binHeights(random, 4)]
        : [Array.from({ length: 3 }, () => within(random, 4)), [0.1, 0.4, 0.3, 0.2]],
    place: (h, phi) =>
      h.length === 2 && h[0] === 0.3 && h[1] === 0.9
        ? 0.25
        : phi[1] === 0.4 && phi[2] === 0.3
          ? 0.75
          : undefined,
  },
};

const domain: Domain<Asked> = {
  regions,
  open: (h, phi) => h.length === 0 || phi.length === 0 || h.some((v) => !(v >= 0 && v <= 1)),
  allows: relatively(1e-9),
  float32: (answer, h) => answer.map((v) => Math.abs(v) * (2 + h.length)),
};

export const slopesOnDiagonal = domain;
export const product = domain;

export const signatures = {
  jacobian: fn([parameter("h", vector), parameter("phi", vector)], matrix),
  determinant: fn([parameter("h", vector), parameter("phi", vector)], number),
};
