import type { Domain } from "../../domain/domain.ts";
import {
  bothSigns,
  either,
  linear,
  logarithmic,
  oneOf,
  type Region,
  type Regions,
  type Span,
} from "../../domain/strata.ts";
import { derivation, fn, number, parameter, record, vector } from "../../harness/kinds.ts";
import type { DerivationTask } from "../../oracle/derivation.ts";
import { dot, identity, logAbsDeterminant } from "../../oracle/matrices.ts";
import { normals, type Random } from "../../random.ts";

export type Asked = readonly [z: number[], u: number[], w: number[], b: number];
export type Directions = readonly [u: number[], w: number[]];

/** [x…, log-determinant]: the whole Jacobian I + u ψᵀ is written down and eliminated, without the lemma. */
export function planarTruth([z, u, w, b]: Asked): number[] {
  const at = dot(w, z) + b;
  const slope = 1 / Math.cosh(at) ** 2;
  const jacobian = identity(z.length).map((row, i) => row.map((v, j) => v + u[i] * slope * w[j]));
  return [...z.map((v, i) => v + u[i] * Math.tanh(at)), logAbsDeterminant(jacobian)];
}

/** log(1 + eᵛ) without an exponential of a large number. */
const softplus = (v: number): number => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));

export function constrainTruth([u, w]: Directions): number[] {
  const product = dot(w, u);
  const missing = softplus(product) - 1 - product;
  return u.map((v, i) => v + (missing * w[i]) / dot(w, w));
}

/** A w of a length between ½ and 2. */
function someDirection(random: Random, n: number): number[] {
  const w = normals(random, n);
  const size = random.uniform(0.5, 2) / Math.hypot(...w);
  return w.map((v) => v * size);
}

/** A u whose product with w is this. */
function withProduct(random: Random, w: readonly number[], product: number): number[] {
  const u = normals(random, w.length);
  const missing = (product - dot(w, u)) / dot(w, w);
  return u.map((v, i) => v + missing * w[i]);
}

function drawLayer(random: Random, n: number, product = random.uniform(-0.8, 3)): Asked {
  const w = someDirection(random, n);
  return [normals(random, n), withProduct(random, w, product), w, random.normal()];
}

const plain = oneOf(0, 1, -1);
const large = bothSigns(logarithmic(5, 1e5));

/** Special entries of u (1) or w (2), with a product above −1; what is said of w holds for `constrain` as well. */
function specialEntries(which: 1 | 2): Regions<Asked> {
  const name = which === 1 ? "u" : "w";
  const withVector =
    (n: number, vector: (random: Random, place: number) => number[]) =>
    (random: Random, place: number): Asked => {
      for (;;) {
        const [z, u, w, b] = drawLayer(random, n);
        const asked: Asked =
          which === 1 ? [z, vector(random, place), w, b] : [z, u, vector(random, place), b];
        if (dot(asked[1], asked[2]) > -0.9) return asked;
      }
    };
  const of = (asked: Asked): readonly number[] => asked[which];
  return {
    [`a 0, 1 or −1 in ${name}`]: {
      points: 12,
      draw: withVector(2, (random, place) => normals(random, 2).with(random.integer(2), plain.at(place))),
      place: (...asked) =>
        of(asked)
          .map(plain.place)
          .find((at) => at !== undefined),
    },
    [`${name} that begins or ends with 0`]: {
      points: 4,
      draw: withVector(2, (random, place) => normals(random, 2).with(place < 0.5 ? 0 : 1, 0)),
      place: (...asked) => (of(asked)[0] === 0 ? 0.25 : of(asked).at(-1) === 0 ? 0.75 : undefined),
    },
    [`${name} that is nothing but 0`]: {
      points: 2,
      draw: withVector(2, () => [0, 0]),
      place: (...asked) => (of(asked).every((v) => v === 0) ? 0.5 : undefined),
    },
    [`equal entries of ${name}`]: {
      points: 2,
      draw: withVector(3, (random) => {
        const [both] = normals(random, 1);
        return [both, both, both];
      }),
      place: (...asked) => (of(asked).length === 3 && of(asked)[0] === of(asked)[1] ? 0.5 : undefined),
    },
  };
}

const GIVEN: Asked = [[0.5, -1.25], [1.5, 0.25], [0.75, 0.5], 0.25];

function ofSize(low: number, high: number, points: number): Region<Asked> {
  return {
    points,
    draw: (random, place) => drawLayer(random, low + Math.floor(place * (high - low + 1) * (1 - 1e-12))),
    place: ({ length }) =>
      length >= low && length <= high ? (length - low + 0.5) / (high - low + 1) : undefined,
  };
}

function ofProduct(span: Span, points: number): Region<Asked> {
  return {
    points,
    draw: (random, place) => {
      const [z, u, w, b] = drawLayer(random, 3, span.at(place));
      // Close to the plane, where the product decides.
      const shift = dot(w, z) + b - random.uniform(-0.5, 0.5);
      return [z, u, w, b - shift];
    },
    place: (_z, u, w) => span.place(Math.round(dot(u, w) * 1e9) / 1e9),
  };
}

export const layers: Regions<Asked> = {
  "two to five dimensions": ofSize(2, 5, 12),
  "one dimension": ofSize(1, 1, 3),
  "twelve dimensions": ofSize(12, 12, 2),
  "w·u close to −1": ofProduct(
    {
      at: (place) => -1 + 10 ** (-1 - 2 * place),
      place: (v) => (v < -0.89 ? (Math.log10(1 + v) + 1) / -2 : undefined),
    },
    4,
  ),
  "a large w·u": ofProduct(logarithmic(5, 1e3), 4),
  ...specialEntries(1),
  ...specialEntries(2),
  "a point on the plane": {
    points: 3,
    draw(random) {
      const [, u, w] = drawLayer(random, 2);
      return [[0, 0], u, w, 0];
    },
    place: (z, _u, _w, b) => (b === 0 && z.every((v) => v === 0) ? 0 : undefined),
  },
  "a 0, 1 or −1 in z": {
    points: 9,
    draw(random, place) {
      const [z, u, w, b] = drawLayer(random, 2);
      return [z.with(random.integer(2), plain.at(place)), u, w, b];
    },
    place: (z) => z.map(plain.place).find((at) => at !== undefined),
  },
  "equal coordinates": {
    points: 2,
    draw(random) {
      const [[first], u, w, b] = drawLayer(random, 3);
      return [[first, first, first], u, w, b];
    },
    place: (z) => (z.length === 3 && z[0] === z[1] ? 0 : undefined),
  },
  "a plain b": {
    points: 6,
    draw(random, place) {
      const [z, u, w] = drawLayer(random, 2);
      return [z, u, w, plain.at(place)];
    },
    place: (_z, _u, _w, b) => plain.place(b),
  },
  "a large b or z": {
    points: 8,
    draw(random, place) {
      const [z, u, w, b] = drawLayer(random, 2);
      const size = large.at((2 * place) % 1);
      return place < 0.5 ? [z, u, w, size] : [z.with(random.integer(2), size), u, w, b];
    },
    place: (z, _u, _w, b) => [b, ...z].map(large.place).find((at) => at !== undefined),
  },
  "one argument after another": {
    points: 12,
    draw: (random, place) => {
      const which = Math.floor(4 * place * (1 - 1e-12));
      const other = drawLayer(random, 2);
      if (which === 1)
        return GIVEN.with(1, withProduct(random, GIVEN[2], random.uniform(-0.8, 3))) as unknown as Asked;
      if (which === 2)
        return GIVEN.with(2, [random.uniform(0.1, 1), random.uniform(-1, 1)]) as unknown as Asked;
      return GIVEN.with(which, other[which]) as unknown as Asked;
    },
    place(...inputs) {
      const other = inputs.flatMap((input, i) =>
        JSON.stringify(input) === JSON.stringify(GIVEN[i]) ? [] : [i],
      );
      return other.length === 1 ? (other[0] + 0.5) / 4 : undefined;
    },
  },
};

const isOf = (span: Span, u: readonly number[], w: readonly number[]) =>
  span.place(Math.round(dot(u, w) * 1e6) / 1e6);

function pairOf(points: number, span: Span, n = 3): Region<Directions> {
  return {
    points,
    draw: (random, place) => {
      const w = someDirection(random, n);
      return [withProduct(random, w, span.at(place)), w];
    },
    place: (u, w) => (u.length === n ? isOf(span, u, w) : undefined),
  };
}

const ordinary: Span = either(logarithmic(0.2, 4), {
  at: (q) => -4 + 3.8 * q,
  place: (v) => (v >= -4 && v <= -0.2 ? (v + 4) / 3.8 : undefined),
});

export const pairs: Regions<Directions> = {
  "three dimensions": pairOf(10, ordinary),
  "one dimension": pairOf(4, ordinary, 1),
  "two dimensions": pairOf(4, ordinary, 2),
  "twelve dimensions": pairOf(2, ordinary, 12),
  "w·u far below −1": pairOf(4, {
    at: (q) => -30 * (2000 / 30) ** q,
    place: (v) => (v <= -30 ? Math.log(v / -30) / Math.log(2000 / 30) : undefined),
  }),
  // Whoever takes v for log(1 + eᵛ) from some v on is off by e⁻ᵛ, which counts up to about 16: from wherever that is.
  "w·u between 4 and 16": pairOf(12, linear(4, 16)),
  "w·u between 16 and 30": pairOf(2, linear(16, 30)),
  "w·u far above 0": pairOf(6, logarithmic(30, 2000)),
  "w·u = 0": {
    points: 3,
    draw: (random) => [
      [random.uniform(0.5, 2), 0],
      [0, random.uniform(0.5, 2)],
    ],
    place: (u, w) => (u.length === 2 && u[1] === 0 && w[0] === 0 ? 0 : undefined),
  },
  "answers with a 0 in them": {
    points: 4,
    draw: (random, place) => {
      const [first, second] = normals(random, 2);
      return place < 0.5
        ? [
            [0, first],
            [0, second],
          ]
        : [
            [first, 0],
            [second, 0],
          ];
    },
    place: (u, w) => (w[0] === 0 && u[0] === 0 ? 0.25 : w[1] === 0 && u[1] === 0 ? 0.75 : undefined),
  },
  ...Object.fromEntries(
    Object.entries({ ...specialEntries(1), ...specialEntries(2) })
      .filter(([name]) => name !== "w that is nothing but 0")
      .map(([name, { draw, place, points = 4 }]): [string, Region<Directions>] => [
        name,
        {
          points,
          draw: (random, at) => {
            const [, u, w] = draw(random, at);
            return [u, w];
          },
          place: (u, w) => place([], u, w, 0),
        },
      ]),
  ),
  "one argument after another": {
    points: 8,
    draw: (random, place) =>
      place < 0.5 ? [normals(random, 2), [0.75, 0.5]] : [[1.5, 0.25], someDirection(random, 2)],
    place: (u, w) =>
      w[0] === 0.75 && w[1] === 0.5 ? 0.25 : u[0] === 1.5 && u[1] === 0.25 ? 0.75 : undefined,
  },
};

/** Eight digits, of numbers of size 1 or of the answer. */
const eightDigits = (answer: readonly number[]): number[] => answer.map((v) => 1e-8 * (1 + Math.abs(v)));

export const planarDomain: Domain<Asked> = {
  regions: layers,
  allows: eightDigits,
  float32: false,
  open: (z, u, w) => u.length !== z.length || w.length !== z.length || dot(u, w) <= -1,
};

export const constrainDomain: Domain<Directions> = {
  regions: pairs,
  allows: eightDigits,
  float32: false,
  open: (u, w) => u.length !== w.length || w.every((v) => v === 0),
};

/** The determinant of I + u pᵀ in two dimensions, multiplied out. */
export const lemmaTask: DerivationTask = {
  first: "(1 + u1*p1)*(1 + u2*p2) - u1*p2*u2*p1",
  last: "1 + u1*p1 + u2*p2",
  variables: {
    u1: (random) => random.uniform(-2, 2),
    u2: (random) => random.uniform(-2, 2),
    p1: (random) => random.uniform(-2, 2),
    p2: (random) => random.uniform(-2, 2),
  },
};

export const signatures = {
  determinantLemma: fn([], derivation),
  planar: fn(
    [parameter("z", vector), parameter("u", vector), parameter("w", vector), parameter("b", number)],
    record({ x: vector, logDet: number }),
  ),
  constrain: fn([parameter("u", vector), parameter("w", vector)], vector),
};
