/** Maps of [0, 1] that rise bin by bin: what they are asked with, what is right, and how exact that can be. */

import type { Domain } from "../../domain/domain.ts";
import type { Region, Regions } from "../../domain/strata.ts";
import type { Random } from "../../random.ts";
import { binHeights, within } from "./piecewise.draws.ts";

/** How a map rises within a bin, from 0 to 1 as its position t goes from 0 to 1. */
export interface Rise {
  readonly at: (t: number) => number;
  readonly back: (share: number) => number;
  /** d at(t)/dt */
  readonly steepness: (t: number) => number;
  /** How far the map rises in a bin with this parameter. */
  readonly height: (phi: number) => number;
}

export type Asked = readonly [value: number, phi: number[]];

export interface BinnedMap {
  readonly forward: Domain<Asked>;
  readonly inverse: Domain<Asked>;
  readonly image: (h: number, phi: readonly number[]) => number;
  readonly preimage: (x: number, phi: readonly number[]) => number;
}

const TEXTBOOK = [0.1, 0.2, 0.5, 0.1, 0.1];
const PLAIN = [0.1, 0.4, 0.3, 0.2];

export function binnedMap({ at, back, steepness, height }: Rise): BinnedMap {
  const edgesOf = (phi: readonly number[]): number[] => {
    const edges = [0];
    for (const v of phi) edges.push((edges.at(-1) as number) + height(v));
    return edges;
  };
  /** The bin whose upper edge is the first that is not passed; the last one is never passed. */
  const placeOf = (value: number, edges: readonly number[]): { bin: number; share: number } => {
    let bin = 0;
    while (bin < edges.length - 2 && value >= edges[bin + 1]) bin += 1;
    return { bin, share: (value - edges[bin]) / (edges[bin + 1] - edges[bin]) };
  };
  const equalEdges = ({ length }: readonly number[]) =>
    Array.from({ length: length + 1 }, (_, k) => k / length);

  const image = (h: number, phi: readonly number[]): number => {
    const { bin, share } = placeOf(h, equalEdges(phi));
    return edgesOf(phi)[bin] + height(phi[bin]) * at(Math.min(1, share));
  };
  const preimage = (x: number, phi: readonly number[]): number => {
    const { bin, share } = placeOf(x, edgesOf(phi));
    return (bin + back(share)) / phi.length;
  };
  const topOf = (phi: readonly number[]): number => edgesOf(phi).at(-1) as number;
  const middleOfImage = (random: Random, phi: readonly number[]): number => {
    const bin = random.integer(phi.length);
    return edgesOf(phi)[bin] + random.uniform(0.02, 0.98) * height(phi[bin]);
  };
  /** What rounding of h, and of the sum of the bins before, does to the image. */
  const forwardSize = (h: number, phi: readonly number[]): number => {
    const { bin, share } = placeOf(h, equalEdges(phi));
    const slope = share > 0 && share < 1 ? phi.length * height(phi[bin]) * steepness(share) : 0;
    return image(h, phi) * (1 + phi.length / 4) + slope * h;
  };
  const inverseSize = (x: number, phi: readonly number[]): number => {
    const { bin, share } = placeOf(x, edgesOf(phi));
    const slope = 1 / (phi.length * height(phi[bin]) * steepness(Math.max(share, 1e-9)));
    return preimage(x, phi) + slope * topOf(phi) * (1 + phi.length / 4);
  };

  return {
    image,
    preimage,
    forward: {
      regions: regionsOf({
        middle: (random, phi) => within(random, phi.length),
        edge: (k, phi) => k / phi.length,
      }),
      open: (h, phi) => phi.length === 0 || !(h >= 0 && h <= 1),
      allows: (_answer, h, phi) => 1e-9 * forwardSize(h, phi),
      float32: (_answer, h, phi) => forwardSize(h, phi),
    },
    inverse: {
      regions: regionsOf({ middle: middleOfImage, edge: (k, phi) => edgesOf(phi)[k] }),
      open: (x, phi) => phi.length === 0 || !(x >= 0 && x <= topOf(phi)),
      allows: (_answer, x, phi) => 1e-9 * inverseSize(x, phi),
      float32: (_answer, x, phi) => inverseSize(x, phi),
    },
  };
}

interface Axis {
  /** A value in the midst of one of the bins. */
  readonly middle: (random: Random, phi: readonly number[]) => number;
  /** Lower edge k; K is the end. */
  readonly edge: (k: number, phi: readonly number[]) => number;
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((v, i) => v === b[i]);

function regionsOf({ middle, edge }: Axis): Regions<Asked> {
  const ofBins = (low: number, high: number, points: number): Region<Asked> => ({
    points,
    draw(random, place) {
      const phi = binHeights(random, low + Math.floor(place * (high - low + 1) * (1 - 1e-12)));
      return [middle(random, phi), phi];
    },
    place: (_value, { length }) =>
      length >= low && length <= high ? (length - low + 0.5) / (high - low + 1) : undefined,
  });
  const atEdge = (
    of: (k: number) => boolean,
    choose: (random: Random, bins: number) => number,
  ): Region<Asked> => ({
    points: 5,
    draw(random) {
      // A quarter and an eighth are exact.
      const phi = binHeights(random, [2, 4, 8][random.integer(3)]);
      return [edge(choose(random, phi.length), phi), phi];
    },
    place: (value, phi) => {
      const k = phi
        .map((_, i) => edge(i, phi))
        .concat(edge(phi.length, phi))
        .indexOf(value);
      return phi.length > 1 && k >= 0 && of(k === phi.length ? -1 : k) ? 0.5 : undefined;
    },
  });
  const inBin = (which: (bins: number) => number): Region<Asked> => ({
    points: 4,
    draw(random) {
      const phi = binHeights(random, 2 + random.integer(7));
      const k = which(phi.length);
      const [low, high] = [edge(k, phi), edge(k + 1, phi)];
      return [low + random.uniform(0.02, 0.98) * (high - low), phi];
    },
    place: (value, phi) => {
      if (phi.length < 2) return undefined;
      const k = which(phi.length);
      const [low, high] = [edge(k, phi), edge(k + 1, phi)];
      return value > low && value < high ? (value - low) / (high - low) : undefined;
    },
  });
  return {
    "in the midst of two to eight bins": ofBins(2, 8, 21),
    "one bin": ofBins(1, 1, 3),
    "nine to forty bins": ofBins(9, 40, 16),
    "the first bin": inBin(() => 0),
    "the last bin": inBin((bins) => bins - 1),
    "the lower end": atEdge(
      (k) => k === 0,
      () => 0,
    ),
    "the upper end": atEdge(
      (k) => k === -1,
      (_random, bins) => bins,
    ),
    "an inner edge": atEdge(
      (k) => k > 0,
      (random, bins) => 1 + random.integer(bins - 1),
    ),
    "the textbook's bins": {
      points: 8,
      draw: (random) => [middle(random, TEXTBOOK), [...TEXTBOOK]],
      place: (_value, phi) => (isSame(phi, TEXTBOOK) ? 0.5 : undefined),
    },
    "equal bins": {
      points: 3,
      draw(random) {
        const bins = 2 ** (1 + random.integer(3));
        const phi: number[] = new Array(bins).fill(1 / bins);
        return [middle(random, phi), phi];
      },
      place: (_value, phi) => (phi.length > 1 && phi.every((v) => v === phi[0]) ? 0.5 : undefined),
    },
    "very low and very high bins": {
      points: 6,
      draw(random) {
        const phi = binHeights(random, 3 + random.integer(4), 9);
        return [middle(random, phi), phi];
      },
      place: (_value, phi) => (Math.min(...phi) < 3e-3 ? 0.5 : undefined),
    },
    "one argument after another": {
      points: 16,
      draw: (random, place) =>
        place < 0.5 ? [0.3, binHeights(random, 4)] : [middle(random, PLAIN), [...PLAIN]],
      place: (value, phi) => (value === 0.3 ? 0.25 : isSame(phi, PLAIN) ? 0.75 : undefined),
    },
  };
}
