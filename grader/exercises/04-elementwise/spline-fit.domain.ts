import type { Regions } from "../../domain/strata.ts";
import type { Domains } from "../../exercise.ts";
import { fn, object, parameter, vector } from "../../harness/kinds.ts";
import { type Random, random as seeded } from "../../random.ts";
import { positionAt, shareAt, slopeAt } from "./spline-bin.rational-quadratic.ts";

/** Two bells that overlap little: a straight line cannot make them of one. */
export interface Mixture {
  readonly weight: number;
  readonly bells: readonly [Bell, Bell];
}
type Bell = readonly [mean: number, width: number];

export const drawMixture = (random: Random): Mixture => ({
  weight: random.uniform(0.4, 0.6),
  bells: [
    [random.uniform(-2, -1.4), random.uniform(0.4, 0.6)],
    [random.uniform(1.2, 1.8), random.uniform(0.4, 0.6)],
  ],
});

export const drawFrom = ({ weight, bells }: Mixture, random: Random, count: number): number[] =>
  Array.from({ length: count }, () => {
    const [mean, width] = bells[random.uniform(0, 1) < weight ? 0 : 1];
    return mean + width * random.normal();
  });

export const logNormal = (z: number): number => -0.5 * z * z - 0.5 * Math.log(2 * Math.PI);

export function logMixture({ weight, bells }: Mixture, x: number): number {
  const [a, b] = bells.map(([mean, width], i) => {
    const share = i === 0 ? weight : 1 - weight;
    return Math.log(share / width) + logNormal((x - mean) / width);
  });
  const most = Math.max(a, b);
  return most + Math.log(Math.exp(a - most) + Math.exp(b - most));
}

/** A spline through corners, from x to z, and straight on beyond them. */
export interface Spline {
  readonly x: readonly number[];
  readonly z: readonly number[];
  readonly slopes: readonly number[];
}

/** The bin on the axis, or the end beyond which a value lies. */
const binOf = (value: number, edges: readonly number[]): number =>
  value <= edges[0] ? -1 : edges.findLastIndex((edge) => value > edge);

export function toBase({ x, z, slopes }: Spline, value: number): { z: number; slope: number } {
  const k = binOf(value, x);
  const end = k < 0 ? 0 : k;
  if (k < 0 || k === x.length - 1) return { z: z[end] + slopes[end] * (value - x[end]), slope: slopes[end] };
  const [width, height] = [x[k + 1] - x[k], z[k + 1] - z[k]];
  const bin = [height / width, slopes[k], slopes[k + 1]] as const;
  const xi = (value - x[k]) / width;
  return { z: z[k] + height * shareAt(xi, ...bin), slope: slopeAt(xi, ...bin) };
}

export function toData({ x, z, slopes }: Spline, value: number): number {
  const k = binOf(value, z);
  const end = k < 0 ? 0 : k;
  if (k < 0 || k === z.length - 1) return x[end] + (value - z[end]) / slopes[end];
  const [width, height] = [x[k + 1] - x[k], z[k + 1] - z[k]];
  return x[k] + width * positionAt((value - z[k]) / height, height / width, slopes[k], slopes[k + 1]);
}

/** Φ at −2.4, −2, … 2.4: which share of a standard normal lies below. */
const LEVELS = [
  0.0082, 0.0228, 0.0548, 0.1151, 0.2119, 0.3446, 0.5, 0.6554, 0.7881, 0.8849, 0.9452, 0.9772, 0.9918,
];

/** Corners where the quantiles of the data meet those of the base. */
export function quantileSpline(data: readonly number[]): Spline {
  const sorted = [...data].sort((a, b) => a - b);
  const x = LEVELS.map((level) => {
    const place = Math.max(0, level * sorted.length - 0.5);
    const below = Math.min(Math.floor(place), sorted.length - 2);
    return sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
  });
  const z = LEVELS.map((_, i) => 0.4 * (i - 6));
  const steepness = z.slice(1).map((v, i) => (v - z[i]) / (x[i + 1] - x[i]));
  const slopes = z.map((_, i) => {
    const [left, right] = [steepness[Math.max(0, i - 1)], steepness[Math.min(i, steepness.length - 1)]];
    return (left + right) / 2;
  });
  return { x, z, slopes };
}

/** How many numbers a spline is fitted to. */
export const COUNT = 1000;

/** One set of data for all: what is right of a flow that is fitted is right of it alone. */
const example = seeded("data of the domain");
const data = drawFrom(drawMixture(example), example, COUNT);

/** Lists within and beyond the data, with 0, 1 and −1 in them, at both ends, and with equal numbers. */
const withSpecial = (values: readonly number[]): number[] => [0, 0, ...values, 1, -1, -4, 4, 0];
export const drawnNoise = (random: Random): number[] =>
  withSpecial(Array.from({ length: 200 }, () => random.normal()));
export const drawnData = (source: Mixture, random: Random): number[] => [
  ...withSpecial(drawFrom(source, random, 200))
    .with(-2, 6)
    .with(-3, -6),
];

const lists: Regions<[data: number[], list: number[]]> = {
  "a list of numbers": {
    draw: (random) => [data, drawnNoise(random)],
    place: () => 0.5,
  },
};
/** What the checks can see of a model that is right in many ways. */
const common = { regions: lists, allows: () => 5e-3, float32: false, sees: { effect: 0.05 } } as const;

export const domains = { forward: common, inverse: common, logDensity: common } satisfies Domains<
  typeof signatures
>["fitSpline"];

export const signatures = {
  fitSpline: fn(
    [parameter("data", vector)],
    object({
      forward: fn([parameter("z", vector)], vector),
      inverse: fn([parameter("x", vector)], vector),
      logDensity: fn([parameter("x", vector)], vector),
    }),
  ),
};
