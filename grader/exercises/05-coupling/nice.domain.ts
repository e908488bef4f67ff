import type { Domain } from "../../domain/domain.ts";
import { bothSigns, linear, oneOf, type Region, type Regions } from "../../domain/strata.ts";
import type { Domains } from "../../exercise.ts";
import { fn, matrix, number, object, parameter, vector } from "../../harness/kinds.ts";
import { apply, type Matrix, multiply } from "../../oracle/matrices.ts";
import { normals, type Random } from "../../random.ts";

/** The parts of the flow; and a point. */
export type Made = [W: number[][], c: number[], V: number[][], sigma: number[]];
export type Asked = [...made: Made, point: number[]];
export type Parts = readonly [W: Matrix, c: readonly number[], V: Matrix, sigma: readonly number[]];

const sum = (list: readonly number[]): number => list.reduce((total, v) => total + v, 0);

export const hiddenOf = ([W, c]: Parts, kept: readonly number[]): number[] =>
  apply(W, kept).map((v, k) => Math.tanh(v + c[k]));

/** ∂t/∂a of t = V tanh(W a + c): the chain rule with a slope for each hidden number. */
export function steeringSlope(
  parts: Parts,
  kept: readonly number[],
  slope = (h: number) => 1 - h * h,
): number[][] {
  const [W, , V] = parts;
  const slopes = hiddenOf(parts, kept).map(slope);
  return multiply(
    V,
    W.map((row, k) => row.map((w) => slopes[k] * w)),
  );
}

/** Ones on the diagonal, this block at the lower left, and every row times its scale. */
export function blockMatrix(block: Matrix, scale: readonly number[]): number[][] {
  const kept = block[0].length;
  return scale.map((own, i) =>
    scale.map((_, j) => own * (i === j ? 1 : i >= kept && j < kept ? block[i - kept][j] : 0)),
  );
}

export function jacobianOf(parts: Parts, z: readonly number[]): number[][] {
  const kept = z.slice(0, parts[0][0].length);
  return blockMatrix(steeringSlope(parts, kept), parts[3].map(Math.exp));
}

/** What the terms of each entry are in size, with the condition of the slope of tanh. */
export function jacobianSizes([W, c, V, sigma]: Parts, z: readonly number[]): number[][] {
  const kept = z.slice(0, W[0].length).map(Math.abs);
  const size = (a: Matrix): number[][] => a.map((row) => row.map(Math.abs));
  const argument = apply(size(W), kept).map((v, k) => v + Math.abs(c[k]));
  const inner = size(W).map((row, k) => row.map((w) => w * (2 + argument[k])));
  return blockMatrix(multiply(size(V), inner), sigma.map(Math.exp));
}

export function latentOf(parts: Parts, x: readonly number[]): number[] {
  const [W, , V, sigma] = parts;
  const before = x.map((v, i) => v / Math.exp(sigma[i]));
  const kept = before.slice(0, W[0].length);
  const shift = apply(V, hiddenOf(parts, kept));
  return before.map((v, i) => (i < kept.length ? v : v - shift[i - kept.length]));
}

export const logNormalOf = (z: readonly number[]): number =>
  -sum(z.map((v) => v * v)) / 2 - (z.length / 2) * Math.log(2 * Math.PI);

export const logDensityOf = (parts: Parts, x: readonly number[]): number =>
  logNormalOf(latentOf(parts, x)) - sum([...parts[3]]);

/** An error of z is one of z²/2 times |z|. */
export function logDensitySize(parts: Parts, x: readonly number[]): number {
  const [W, c, V, sigma] = parts;
  const before = x.map((v, i) => Math.abs(v) / Math.exp(sigma[i]));
  const kept = W[0].length;
  const argument = W.map((row, k) => sum(row.map((w, j) => Math.abs(w) * before[j])) + Math.abs(c[k]));
  const z = latentOf(parts, x);
  const sizes = before.map((v, i) =>
    i < kept ? v : v + sum(V[i - kept].map((weight, k) => Math.abs(weight) * (1 + argument[k]))),
  );
  return sum(
    z.map((v, i) => Math.abs(v) * (1 + Math.abs(sigma[i])) * sizes[i] + v * v + 1 + Math.abs(sigma[i])),
  );
}

/** Of a point that is meant as z, the x to ask about: a large scale leaves it no place but far out. */
const dataPoint = ([, , , sigma, point]: Asked): number[] =>
  point.map((v, i) => (Math.abs(sigma[i]) < 3 ? v : v * Math.exp(sigma[i])));

function drawParts(random: Random, kept: number, changed: number, hidden: number): Made {
  return [
    Array.from({ length: hidden }, () => normals(random, kept, 0.8 / Math.sqrt(kept))),
    normals(random, hidden, 0.4),
    Array.from({ length: changed }, () => normals(random, hidden)),
    normals(random, kept + changed, 0.6),
  ];
}

function ofSize(kept: number, changed: number, hidden: number, points: number): Region<Asked> {
  return {
    points,
    draw: (random) => [...drawParts(random, kept, changed, hidden), normals(random, kept + changed, 1.3)],
    place: (W, _c, V) =>
      W.length === hidden && W[0].length === kept && V.length === changed ? 0.5 : undefined,
  };
}

const plain = oneOf(0, 1, -1);
const large = bothSigns(linear(3, 12));

const flows: Regions<Asked> = {
  "two stay, two change": ofSize(2, 2, 3, 4),
  "one stays, one changes": ofSize(1, 1, 2, 4),
  "two stay, three change": ofSize(2, 3, 2, 2),
  "three stay, one changes": ofSize(3, 1, 4, 2),
  "as many hidden numbers as stay": ofSize(2, 2, 2, 2),
  "no scale at all": {
    points: 2,
    draw(random) {
      const [W, c, V] = drawParts(random, 2, 2, 3);
      return [W, c, V, [0, 0, 0, 0], normals(random, 4)];
    },
    place: (...inputs) => (inputs[3].every((v) => v === 0) ? 0 : undefined),
  },
  "a scale of any size": {
    points: 4,
    draw(random, place) {
      const [W, c, V, sigma] = drawParts(random, 2, 2, 3);
      return [W, c, V, sigma.with(random.integer(4), large.at(place)), normals(random, 4)];
    },
    place: (...inputs) => inputs[3].map(large.place).find((at) => at !== undefined),
  },
  "c and sigma of 0, 1 or −1": {
    points: 3,
    draw(random, place) {
      const weight = bothSigns(linear(0.5, 1.5));
      const [W, V] = [0, 1].map(() => [[weight.at(random.uniform(0, 1))]]);
      const others = normals(random, 1, 0.6);
      return [W, [plain.at(place)], V, [plain.at((place + 1 / 3) % 1), ...others], normals(random, 2)];
    },
    place: (...inputs) => plain.place(inputs[1][0]),
  },
  "a point of zeros": {
    points: 1,
    draw: (random) => [...drawParts(random, 2, 2, 3), [0, 0, 0, 0]],
    place: (...inputs) => (inputs[4].every((v) => v === 0) ? 0 : undefined),
  },
  "a 0, 1 or −1 in the point": {
    points: 6,
    // Each value once at the beginning, among the numbers that stay, where the Jacobian sees it, and once at the end.
    draw: (random, place) => [
      ...drawParts(random, 2, 2, 3),
      normals(random, 4).with([0, 3][Math.floor(6 * place) % 2], plain.at(place)),
    ],
    place: (...inputs) => inputs[4].map(plain.place).find((at) => at !== undefined),
  },
};

/** The same flows, each with a point of the data; and one whose log-density is 0 there. */
const dataFlows: Regions<Asked> = {
  ...Object.fromEntries(
    Object.entries(flows).map(([name, region]): [string, Region<Asked>] => [
      name,
      {
        ...region,
        draw(random, place) {
          const asked = region.draw(random, place);
          return [...partsOf(asked), dataPoint(asked)];
        },
      },
    ]),
  ),
  "a log-density of 0": {
    points: 1,
    draw(random) {
      const [W, c, V] = drawParts(random, 1, 1, 2);
      const sigma = [0, 0].map(() => -Math.log(2 * Math.PI) / 2);
      const shift = apply(V, hiddenOf([W, c, V, sigma], [0]))[0];
      return [W, c, V, sigma, [0, shift * Math.exp(sigma[1])]];
    },
    place: (...asked) => (Math.abs(logDensityOf(partsOf(asked), asked[4])) < 1e-12 ? 0 : undefined),
  },
};

export const partsOf = ([W, c, V, sigma]: Asked): Made => [W, c, V, sigma];

/** Two flows of one size, and two points. */
export const twoFlows = (random: Random): { made: Made; other: Made; points: [number[], number[]] } => ({
  made: drawParts(random, 2, 3, 3),
  other: drawParts(random, 2, 3, 3),
  points: [normals(random, 5), normals(random, 5)],
});

/** Parts that do not fit together, or do not fit the point. */
function isOpen(...[W, c, V, sigma, point]: Asked): boolean {
  const [hidden, kept] = [W.length, W[0]?.length];
  return (
    !hidden ||
    !kept ||
    V.length === 0 ||
    c.length !== hidden ||
    W.some(({ length }) => length !== kept) ||
    V.some(({ length }) => length !== hidden) ||
    [sigma, point].some(({ length }) => length !== kept + V.length)
  );
}

/** Nine digits of the largest terms; in float32 what sums of so many of them leave. */
const ofTerms = (
  regions: Regions<Asked>,
  sizes: (parts: Parts, point: number[]) => number[],
): Domain<Asked> => ({
  regions,
  allows: (_answer, ...asked) => sizes(partsOf(asked), asked[4]).map((size) => 1e-9 * size),
  float32: (_answer, ...asked) => sizes(partsOf(asked), asked[4]).map((size) => (1 + asked[0].length) * size),
  open: isOpen,
});

export const domains = {
  jacobian: ofTerms(flows, (parts, z) => jacobianSizes(parts, z).flat()),
  logDensity: ofTerms(dataFlows, (parts, x) => [logDensitySize(parts, x)]),
} satisfies Domains<typeof signatures>["niceFlow"];

export const signatures = {
  niceFlow: fn(
    [parameter("W", matrix), parameter("c", vector), parameter("V", matrix), parameter("sigma", vector)],
    object({
      jacobian: fn([parameter("z", vector)], matrix),
      logDensity: fn([parameter("x", vector)], number),
    }),
  ),
};
