import type { Domain } from "../../domain/domain.ts";
import { bothSigns, logarithmic, oneOf, type Region, type Regions } from "../../domain/strata.ts";
import { fn, matrix, number, parameter, record, vector } from "../../harness/kinds.ts";
import { apply, logAbsDeterminant, type Matrix, solve } from "../../oracle/matrices.ts";
import type { Random } from "../../random.ts";

/** The layers, and the point that goes through them or comes back. */
export type Asked = readonly [layers: number[][], point: number[]];

/** One row [a, b, c, d, e, f] taken apart: Ω and β. */
const partsOf = ([a, b, c, d, e, f]: readonly number[]): { omega: Matrix; beta: number[] } => ({
  omega: [
    [a, b],
    [c, d],
  ],
  beta: [e, f],
});

const add = (a: readonly number[], b: readonly number[], sign = 1): number[] =>
  a.map((v, i) => v + sign * b[i]);

/** log|det| of one layer at the place where the matrix has brought the point, by elimination on the whole Jacobian. */
const layerLogDet = (omega: Matrix, at: readonly number[]): number =>
  logAbsDeterminant(omega.map((row, i) => row.map((v) => v / Math.hypot(1, at[i]))));

/** [x₁, x₂, log|det ∂x/∂z|] */
export function chainTruth([layers, z]: Asked): [number, number, number] {
  let point: readonly number[] = z;
  let logDet = 0;
  for (const { omega, beta } of layers.map(partsOf)) {
    const at = add(apply(omega, point), beta);
    logDet += layerLogDet(omega, at);
    point = at.map(Math.asinh);
  }
  return [point[0], point[1], logDet];
}

/** [z₁, z₂, log|det ∂z/∂x|] */
export function unchainTruth([layers, x]: Asked): [number, number, number] {
  let point: readonly number[] = x;
  let logDet = 0;
  for (const { omega, beta } of layers.map(partsOf).toReversed()) {
    const at = point.map(Math.sinh);
    logDet -= layerLogDet(omega, at);
    point = solve(omega, add(at, beta, -1));
  }
  return [point[0], point[1], logDet];
}

/** A turn, two stretches between ½ and 2 and another turn; mirrored if asked. */
function layer(random: Random, sign = random.integer(2) === 0 ? 1 : -1, size = 1): number[] {
  const [p, q] = [random.uniform(0, 2 * Math.PI), random.uniform(0, 2 * Math.PI)];
  const [s, t] = [size * random.uniform(0.5, 2), sign * size * random.uniform(0.5, 2)];
  const [cp, sp, cq, sq] = [Math.cos(p), Math.sin(p), Math.cos(q), Math.sin(q)];
  return [
    cp * s * cq - sp * t * sq,
    -cp * s * sq - sp * t * cq,
    sp * s * cq + cp * t * sq,
    -sp * s * sq + cp * t * cq,
    random.normal(),
    random.normal(),
  ];
}

const some = (random: Random, count: number, sign?: 1 | -1): number[][] =>
  Array.from({ length: count }, () => layer(random, sign));

const near = (random: Random): number[] => [random.normal(), random.normal()];

/** Two layers that stay while the point changes. */
const FIXED = [
  [1.5, -0.5, 0.25, 0.75, 0.5, -1],
  [0.5, 1, -1.25, 0.5, 0, 0.75],
];
const STAYS = [0.6, -0.4];

const plain = oneOf(0, 1, -1);
const large = bothSigns(logarithmic(3, 1e6));

/** Where the point of a region comes from: it is drawn as z, and for the way back its image is asked. */
type Arrive = (layers: number[][], z: number[]) => Asked;

function along(arrive: Arrive): Regions<Asked> {
  const ofCount = (low: number, high: number, points: number): Region<Asked> => ({
    points,
    draw(random, place) {
      const count = low + Math.floor(place * (high - low + 1) * (1 - 1e-12));
      return arrive(some(random, count), near(random));
    },
    place: (layers) =>
      layers.length >= low && layers.length <= high
        ? (layers.length - low + 0.5) / (high - low + 1)
        : undefined,
  });
  return {
    "two to five layers": ofCount(2, 5, 12),
    "one layer": ofCount(1, 1, 4),
    "eight layers": ofCount(8, 8, 2),
    "an odd number of mirrors": {
      points: 4,
      draw: (random) => arrive(some(random, 3, -1), near(random)),
      place: (layers) =>
        layers.length === 3 && layers.every(([a, b, c, d]) => a * d < b * c) ? 0 : undefined,
    },
    "a matrix of whole numbers": {
      points: 3,
      draw: (random) => arrive([[2, 1, 1, 1, ...near(random)]], near(random)),
      place: ([[a, b, c, d]]) => (a === 2 && b === 1 && c === 1 && d === 1 ? 0 : undefined),
    },
  };
}

/** A quarter of a turn: log-determinants and coordinates that are exactly 0. */
const QUARTER = [0, -1, 1, 0, 0, 0];

const pointsOf: Regions<Asked> = {
  "answers of 0": {
    points: 6,
    draw: (random, place) => [
      [QUARTER],
      [
        [0, 0],
        [0, random.normal()],
        [random.normal(), 0],
      ][Math.floor(3 * place)],
    ],
    place: ([row]) => (row.every((v, i) => v === QUARTER[i]) ? 0.5 : undefined),
  },
  "a 0, 1 or −1 in the point": {
    points: 9,
    draw(random, place) {
      const at = random.integer(2);
      return [some(random, 2), near(random).with(at, plain.at(place))];
    },
    place: (_layers, point) => point.map(plain.place).find((at) => at !== undefined),
  },
  "the origin": {
    points: 2,
    draw: (random) => [some(random, 2), [0, 0]],
    place: (_layers, [first, second]) => (first === 0 && second === 0 ? 0 : undefined),
  },
  "equal coordinates": {
    points: 2,
    draw(random) {
      const both = random.normal();
      return [some(random, 2), [both, both]];
    },
    place: (_layers, [first, second]) => (first === second ? 0 : undefined),
  },
  "one argument after another": {
    points: 8,
    draw: (random, place) =>
      place < 0.5 ? [some(random, 2), STAYS] : [FIXED, near(random).map((v) => v / 2)],
    place: (layers, [first, second]) =>
      first === STAYS[0] && second === STAYS[1] ? 0.25 : layers[0][4] === FIXED[0][4] ? 0.75 : undefined,
  },
};

export const chains: Regions<Asked> = {
  ...along((layers, z) => [layers, z]),
  ...pointsOf,
  "a point far out": {
    points: 8,
    draw: (random, place) => [some(random, 2), near(random).with(random.integer(2), large.at(place))],
    place: (_layers, point) => point.map(large.place).find((at) => at !== undefined),
  },
};

/** Matrices so small that the product of all determinants is 0 in floating point; the shifts keep the points where they are. */
export const shrinking: Regions<Asked> = {
  "a hundred layers that shrink": {
    points: 2,
    draw: (random) => [Array.from({ length: 100 }, () => layer(random, undefined, 1e-3)), near(random)],
    place: ({ length }) => (length === 100 ? 0.5 : undefined),
  },
};

export const returns: Regions<Asked> = {
  ...along((layers, z) => {
    const [first, second] = chainTruth([layers, z]);
    return [layers, [first, second]];
  }),
  ...pointsOf,
};

/** Eight digits of numbers of size 1: what is left of sixteen after as many layers, each of which may multiply an error by twenty. */
const domainOf = (regions: Regions<Asked>): Domain<Asked> => ({
  regions,
  allows: (answer) => answer.map((value) => 1e-8 * (1 + Math.abs(value))),
  float32: false,
  open: (layers, point) => layers.some((row) => row.length !== 6) || point.length !== 2,
});

export const chaining = domainOf({ ...chains, ...shrinking });
export const unchaining = domainOf(returns);

export const signatures = {
  chain: fn([parameter("layers", matrix), parameter("z", vector)], record({ x: vector, logDet: number })),
  unchain: fn([parameter("layers", matrix), parameter("x", vector)], record({ z: vector, logDet: number })),
};
