import type { Domain } from "../../domain/domain.ts";
import { listRegions } from "../../domain/list-regions.ts";
import {
  bothSigns,
  logarithmic,
  negative,
  oneOf,
  type Region,
  type Regions,
  type Span,
} from "../../domain/strata.ts";
import { fn, number, parameter, vector } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

export const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

/** −log Norm(x; b, e²ᵃ), written with the normal density of x itself and not with the flow */
export const truth = (data: readonly number[], a: number, b: number): number =>
  data.reduce((sum, x) => sum + (x - b) ** 2 / (2 * Math.exp(2 * a)) + (HALF_LOG_2PI + a), 0);

type Inputs = readonly [data: number[], a: number, b: number];

const points = (random: Random, n: number): number[] =>
  Array.from({ length: n }, () => 2 * random.normal() + 1);

const ordinaryA = (random: Random): number => random.uniform(-1, 1);

const ordinaryB = (random: Random): number => random.uniform(-2, 2);

const isBit = (value: number): boolean => value === 0 || value === 1;

const plain = oneOf(0, -0, 1, -1);

/** This value alone, or somewhere among others. */
function among(random: Random, value: number): number[] {
  const data = points(random, random.integer(6));
  data.splice(random.integer(data.length + 1), 0, value);
  return data;
}

const few = (random: Random): number[] => points(random, 1 + random.integer(12));

/** Parameters of every size. */
function parameters(a: Span | undefined, b: Span | undefined, points = 24): Region<Inputs> {
  return {
    points,
    draw: (random, place) => [
      few(random),
      a?.at(place) ?? ordinaryA(random),
      b?.at(place) ?? ordinaryB(random),
    ],
    place: (_data, atA, atB) => a?.place(atA) ?? b?.place(atB),
  };
}

/** One point that lies so many e^a from b, alone or with others. */
function far(z: Span): Region<Inputs> {
  return {
    points: 12,
    draw(random, place) {
      const [a, b] = [random.uniform(-0.5, 0.5), ordinaryB(random)];
      const x = b + z.at(place) * Math.exp(a);
      const others = random.integer(2) === 0 ? [] : few(random);
      others.splice(random.integer(others.length + 1), 0, x);
      return [others, a, b];
    },
    place: (data, a, b) => {
      const furthest = data.map((x) => (x - b) * Math.exp(-a)).sort((p, q) => Math.abs(q) - Math.abs(p))[0];
      return furthest === undefined ? undefined : z.place(furthest);
    },
  };
}

export const sums: Regions<Inputs> = {
  ...listRegions<Inputs>({
    item: (random) => 2 * random.normal() + 1,
    call: (data, random) => [data, ordinaryA(random), ordinaryB(random)],
    noun: "point",
    special: plain,
  }),
  "a of every size": parameters(bothSigns(logarithmic(1, 100)), undefined),
  "a from 100 to 300": parameters(logarithmic(100, 300), undefined, 8),
  "a so small that z is huge": parameters(negative(logarithmic(100, 300)), undefined, 8),
  "b of every size": parameters(undefined, bothSigns(logarithmic(2, 1e6))),
  "huge b": parameters(undefined, bothSigns(logarithmic(1e6, 1e100)), 8),
  "a = 0, 1 or −1": parameters(plain, undefined, 8),
  "b = 0, 1 or −1": parameters(undefined, plain, 8),
  "one argument after another": {
    points: 9,
    draw(random, place) {
      const [data, a, b] = [points(random, 1), ordinaryA(random), ordinaryB(random)];
      return [
        [[1], 0.5, b],
        [[1], a, 2],
        [data, 0.5, 2],
      ][Math.floor(9 * place) % 3] as unknown as Inputs;
    },
    place: (data, a, b) =>
      [data.length === 1 && data[0] === 1, a === 0.5, b === 2].filter(Boolean).length > 1 ? 0 : undefined,
  },
  "a and b 0 or 1": {
    draw: (random, place) => [few(random), place < 0.5 ? 0 : 1, Math.floor(4 * place) % 2],
    place: (_data, a, b) => (isBit(a) && isBit(b) ? 0.25 + a / 2 : undefined),
  },
  "a and b as large as they come": {
    draw: (random, place) => {
      const [data, b] = [few(random), ordinaryB(random)];
      return [
        [data, 300, b],
        [data, -300, b],
        [data, ordinaryA(random), 1e100],
        [data, ordinaryA(random), -1e100],
      ][Math.floor(4 * place)] as unknown as Inputs;
    },
    place: (_data, a, b) => (Math.abs(a) > 299 ? 0.25 : Math.abs(b) > 0.999e100 ? 0.75 : undefined),
  },
  "a and b equal": {
    points: 4,
    draw(random, place) {
      const both = place < 0.5 ? 0 : ordinaryA(random);
      return [few(random), both, both];
    },
    place: (_data, a, b) => (a === b ? 0 : undefined),
  },
  "z = 0, where a point lies at b": {
    draw(random, place) {
      const b = ordinaryB(random);
      return [place < 0.25 ? [b] : among(random, b), ordinaryA(random), b];
    },
    place: (data, _a, b) => (data.includes(b) ? 0 : undefined),
  },
  "everything 0": {
    points: 2,
    draw: (random) => [Array(1 + random.integer(3)).fill(0), 0, 0],
    place: (data, a, b) => (data.length > 0 && [...data, a, b].every((v) => v === 0) ? 0 : undefined),
  },
  "the answer 0": {
    points: 2,
    draw(random) {
      const b = ordinaryB(random);
      return [Array(1 + random.integer(3)).fill(b), -HALF_LOG_2PI, b];
    },
    place: (data, a, b) => (a === -HALF_LOG_2PI && data.every((x) => x === b) ? 0 : undefined),
  },
};

export const tails: Regions<Inputs> = {
  "|z| from 38 to 1000": far(bothSigns(logarithmic(38, 1e3))),
  "|z| from 1000 to 10⁶": far(bothSigns(logarithmic(1e3, 1e6))),
  "|z| from 10⁶ to 10¹⁸": far(bothSigns(logarithmic(1e6, 1e18))),
  "|z| above 10¹⁸": far(bothSigns(logarithmic(1e19, 1e100))),
};

/** What is added up: its size is what rounding is measured by. */
const size = (data: readonly number[], a: number, b: number): number =>
  squares(data, a, b) + data.length * (Math.abs(a) + HALF_LOG_2PI);

/** What is left of a square if it is worked out as x² − 2bx + b². */
const squareOut = (data: readonly number[], a: number, b: number): number =>
  data.reduce((sum, x) => sum + ((Math.abs(x) + Math.abs(b)) * Math.exp(-a)) ** 2, 0);

export const domain: Domain<Inputs> = {
  regions: { ...sums, ...tails },
  onTheWay: { z: (data, a, b) => data.map((x) => (x - b) * Math.exp(-a)) },
  // Those of b are beyond float32, in which answers may be computed.
  ends: { a: [300, -300] },
  allows: (_answer, ...inputs) => 1e-9 * size(...inputs) + 1e-14 * squareOut(...inputs),
  /** z rounds by the size of x and b, and e^(−a) by that of a. Beyond 1e38 float32 has no numbers, not for e^(−a) either. */
  float32(_answer, data, a, b) {
    const total = size(data, a, b);
    if (total > 1e36 || a < -80) return Number.POSITIVE_INFINITY;
    return total * (1 + Math.abs(a)) + squareOut(data, a, b);
  },
};

export const squares = (data: readonly number[], a: number, b: number): number =>
  data.reduce((sum, x) => sum + 0.5 * ((x - b) * Math.exp(-a)) ** 2, 0);

export const signatures = {
  negativeLogLikelihood: fn(
    [parameter("data", vector), parameter("a", number), parameter("b", number)],
    number,
  ),
};
