import type { Domain } from "../../domain/domain.ts";
import {
  bothSigns,
  logarithmic,
  oneOf,
  only,
  type Region,
  type Regions,
  type Span,
} from "../../domain/strata.ts";
import { fn, number, parameter, record, vector } from "../../harness/kinds.ts";
import type { Random } from "../../random.ts";

export interface Parameters {
  readonly a: number;
  readonly b: number;
}

type Inputs = readonly [data: number[], a: number, b: number, rate: number];

/**
 * The step by forward differentiation: every number carries its derivatives by a and by b, so that no formula for the gradient has
 * to be trusted here.
 */
export function truth([data, a, b, rate]: Inputs): [number, number] {
  let [byA, byB] = [0, 0];
  const scale = { value: Math.exp(-a), byA: -Math.exp(-a) };
  for (const x of data) {
    // z = (x − b) e⁻ᵃ and the loss a + z²/2.
    const z = { value: (x - b) * scale.value, byA: (x - b) * scale.byA, byB: -scale.value };
    byA += (1 + z.value * z.byA) / data.length;
    byB += (z.value * z.byB) / data.length;
  }
  return [a - rate * byA, b - rate * byB];
}

export function moments(data: readonly number[], a: number, b: number): { z: number; zz: number } {
  const z = data.map((x) => (x - b) * Math.exp(-a));
  const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  return { z: mean(z), zz: mean(z.map((v) => v * v)) };
}

export const sample = (random: Random, length = 5 + random.integer(15)): number[] =>
  Array.from({ length }, () => 1.5 * random.normal() + 1);

interface Parts {
  readonly data?: (random: Random, place: number) => number[];
  readonly a?: Span;
  readonly b?: Span;
  readonly rate?: Span;
}

/** Ordinary inputs, but for the part that the region is about. */
function drawInputs({ data, a, b, rate }: Parts, random: Random, place: number): Inputs {
  return [
    data?.(random, place) ?? sample(random),
    a?.at(place) ?? random.uniform(-0.7, 0.7),
    b?.at(place) ?? random.uniform(-1, 1),
    rate?.at(place) ?? random.uniform(0.01, 0.3),
  ];
}

function region(
  parts: Parts,
  place: (data: readonly number[], a: number, b: number, rate: number) => number | undefined,
  points = 4,
): Region<Inputs> {
  return { points, draw: (random, at) => drawInputs(parts, random, at), place };
}

const plain = oneOf(0, -0, 1, -1);

/** This value alone, or somewhere among others. */
function among(random: Random, value: number): number[] {
  const data = sample(random, random.integer(6));
  data.splice(random.integer(data.length + 1), 0, value);
  return data;
}

const when = (holds: boolean): number | undefined => (holds ? 0 : undefined);

const spanOf = (data: readonly number[]): number => Math.max(...data) - Math.min(...data);

const fast = bothSigns(logarithmic(0.3, 100));

const slow = bothSigns(logarithmic(1e-4, 0.01));

const largeA = bothSigns(logarithmic(0.7, 10));

const largeB = bothSigns(logarithmic(1, 1e4));

const ones = oneOf(1, -1);

const wide = logarithmic(20, 3e3);

const backwards: Span = {
  at: (place) => -0.3 + 0.29 * place,
  place: (rate) => (rate >= -0.3 && rate < -0.01 ? (rate + 0.3) / 0.29 : undefined),
};

export const regions: Regions<Inputs> = {
  "ordinary data": region({}, ({ length }) => when(length >= 5 && length < 20), 6),
  "one point": region({ data: (random) => sample(random, 1) }, ({ length }) => when(length === 1)),
  "a few points": region({ data: (random) => sample(random, 2 + random.integer(3)) }, ({ length }) =>
    when(length >= 2 && length <= 4),
  ),
  "equal points": region(
    { data: (random) => Array(2 + random.integer(6)).fill(random.uniform(-3, 3)) },
    (data) => when(data.length > 1 && spanOf(data) === 0),
  ),
  "tens of points": region(
    { data: (random, place) => sample(random, 20 + Math.floor(180 * place)) },
    ({ length }) => (length >= 20 && length < 200 ? (length - 20) / 180 : undefined),
    6,
  ),
  "one argument after another": {
    points: 12,
    draw(random, place) {
      const [data, a, b, rate] = drawInputs({}, random, place);
      return [
        [[1], 0.5, 2, rate],
        [[1], 0.5, b, 0.1],
        [[1], a, 2, 0.1],
        [data, 0.5, 2, 0.1],
      ][Math.floor(12 * place) % 4] as unknown as Inputs;
    },
    place: (data, a, b, rate) =>
      [data.length === 1 && data[0] === 1, a === 0.5, b === 2, rate === 0.1].filter(Boolean).length > 2
        ? 0
        : undefined,
  },
  "many points": {
    ...region(
      { data: (random) => sample(random, 200 + random.integer(200)) },
      ({ length }) => when(length >= 200),
      1,
    ),
    once: true,
  },
  "points of which some come twice": region(
    {
      data(random) {
        const once = sample(random);
        return [...once, ...once.slice(0, 3)];
      },
    },
    (data) => when(new Set(data).size < data.length && spanOf(data) > 0),
  ),
  "equal points beside each other": region(
    {
      data(random) {
        const [first, second] = sample(random, 2);
        return [first, first, second, second, second];
      },
    },
    (data) => when(spanOf(data) > 0 && data.some((x, i) => x === data[i + 1])),
    2,
  ),
  "points far apart": region(
    { data: (random, place) => sample(random).map((x) => x * wide.at(place)) },
    (data) => when(spanOf(data) > 100),
    8,
  ),
  "large rates": region({ rate: fast }, (_data, _a, _b, rate) => fast.place(rate), 8),
  "small rates": region({ rate: slow }, (_data, _a, _b, rate) => slow.place(rate), 16),
  "negative rates": region({ rate: backwards }, (_data, _a, _b, rate) => backwards.place(rate)),
  "the rate 0": region({ rate: only(0) }, (_data, _a, _b, rate) => when(rate === 0), 1),
  "the rates 1 and −1": region({ rate: ones }, (_data, _a, _b, rate) => ones.place(rate), 2),
  "a = 0, 1 or −1": region({ a: plain }, (_data, a) => plain.place(a), 8),
  "b = 0, 1 or −1": region({ b: plain }, (_data, _a, b) => plain.place(b), 8),
  "data with 0, 1 or −1": region(
    { data: (random, place) => among(random, plain.at(place)) },
    (data) => data.map(plain.place).find((at) => at !== undefined),
    12,
  ),
  "z = 0, where a point lies at b": {
    draw(random, place) {
      const [, a, b, rate] = drawInputs({}, random, place);
      return [place < 0.25 ? [b] : among(random, b), a, b, rate];
    },
    place: (data, _a, b) => when(data.includes(b)),
  },
  "a, b and the rate 0 or 1": {
    points: 8,
    draw(random, place) {
      const [data] = drawInputs({}, random, place);
      const i = Math.floor(8 * place);
      return [data, i & 1, (i >> 1) & 1, i >> 2];
    },
    place: (_data, ...numbers) =>
      numbers.every((v) => v === 0 || v === 1)
        ? (numbers[0] + 2 * numbers[1] + 4 * numbers[2] + 0.5) / 8
        : undefined,
  },
  "numbers as large as they come": {
    points: 6,
    draw(random, place) {
      const [data, a, b, rate] = drawInputs({}, random, place);
      const sign = place < 0.5 ? -1 : 1;
      return [
        [data, 10 * sign, b, rate],
        [data, a, 1e4 * sign, rate],
        [data, a, b, 100 * sign],
      ][Math.floor(6 * place) % 3] as unknown as Inputs;
    },
    place: (_data, ...numbers) => {
      const ends = [10, 1e4, 100];
      const at = numbers.find((v, i) => Math.abs(v) >= 0.999 * (ends[i] as number));
      return at === undefined ? undefined : at < 0 ? 0.25 : 0.75;
    },
  },
  "equal numbers": {
    points: 12,
    draw(random, place) {
      const [data, a, b, rate] = drawInputs({}, random, place);
      return [
        [data, a, a, rate],
        [data, rate, b, rate],
        [data, a, rate, rate],
      ][Math.floor(3 * place)] as unknown as Inputs;
    },
    place: (_data, a, b, rate) => (a === b ? 0.1 : a === rate ? 0.5 : b === rate ? 0.9 : undefined),
  },
  "everything 0": region(
    { data: (random) => Array(1 + random.integer(3)).fill(0), a: only(0), b: only(0) },
    (data, a, b) => when([...data, a, b].every((v) => v === 0)),
    2,
  ),
  "large |a|": region({ a: largeA }, (_data, a) => largeA.place(a), 8),
  "large |b|": region({ b: largeB }, (_data, _a, b) => largeB.place(b), 16),
};

/** Six digits of what is added up, which float32 can hold: it rounds x − b by the size of x and b, and e^(−a) by that of a. */
const SIX_DIGITS = 4 * 2 ** -23;

export const domain: Domain<Inputs> = {
  regions,
  onTheWay: { z: (data, a, b) => data.map((x) => (x - b) * Math.exp(-a)) },
  ends: { a: [10, -10], b: [1e4, -1e4], rate: [100, -100] },
  allows(_answer, data, a, b, rate) {
    const scale = Math.exp(-a);
    const mean = (f: (x: number) => number) => data.reduce((sum, x) => sum + f(x), 0) / data.length;
    const roundingOf = (x: number) => (Math.abs(x) + Math.abs(b) + Math.abs(a * (x - b))) * scale;
    const z = (x: number) => Math.abs(x - b) * scale;
    const ofA = 1 + mean((x) => z(x) ** 2 + z(x) * roundingOf(x));
    const ofB = scale * mean((x) => z(x) * (1 + Math.abs(a)) + roundingOf(x));
    return [Math.abs(a) + Math.abs(rate) * ofA, Math.abs(b) + Math.abs(rate) * ofB].map(
      (v) => SIX_DIGITS * v,
    );
  },
  float32: () => 0,
};

export const signatures = {
  gradientStep: fn(
    [parameter("data", vector), parameter("a", number), parameter("b", number), parameter("rate", number)],
    record({ a: number, b: number }),
  ),
};
