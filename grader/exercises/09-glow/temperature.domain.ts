import type { Domain } from "../../domain/domain.ts";
import { linear, logarithmic, oneOf, type Region, type Regions } from "../../domain/strata.ts";
import { derivation, fn, number, parameter, vector } from "../../harness/kinds.ts";
import type { DerivationTask } from "../../oracle/derivation.ts";
import type { Random } from "../../random.ts";

/** A power of the standard normal density q, to a normal density of deviation T and what does not depend on z. */
export const task: DerivationTask = {
  first: "log((exp(-z^2/2)/sqrt(2*pi))^(1/T^2))",
  last: "log(q(z/T)/T) + log(T) + (1 - 1/T^2)*log(2*pi)/2",
  variables: { z: (random) => random.uniform(-2, 2), T: (random) => random.uniform(0.4, 1.8) },
  functions: { q: (z) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) },
  forms: [
    {
      name: "the exponent in front of the logarithm, and multiplied out: a line without q",
      appears: ({ functions }) => !functions.has("q"),
    },
  ],
  slips: [
    {
      line: "-z^2/(2*T^2) - log(2*pi)/2",
      says: "The exponential has the power 1/T^2, and the root of 2*pi has it not. The power is that of the whole quotient.",
    },
    {
      line: "T^2*(-z^2/2 - log(2*pi)/2)",
      says: "The power is 1/T^2, as the first line has it, and not T^2.",
    },
    {
      line: "(-z^2/2 - log(2*pi)/2)/T",
      says: "The power is 1/T^2, and here it is 1/T.",
    },
    {
      line: "(-z^2/2 + log(2*pi)/2)/T^2",
      says: "The logarithm of a quotient is a difference: the root stands below, so its logarithm is taken away.",
    },
    {
      line: "-z^2/(2*T^2)",
      says: "The root of 2*pi is gone. No z is in it, but here every line is to equal the one before.",
    },
    {
      line: "(-z^2/2 - log(2*pi))/T^2",
      says: "log(sqrt(2*pi)) is half of log(2*pi).",
    },
  ],
};

export const STEPS: readonly string[] = [
  task.first,
  "(1/T^2)*log(exp(-z^2/2)/sqrt(2*pi))",
  "(1/T^2)*(-z^2/2 - log(2*pi)/2)",
  "-z^2/(2*T^2) - log(2*pi)/(2*T^2)",
  "log(exp(-(z/T)^2/2)) - log(2*pi)/(2*T^2)",
  "log(q(z/T)) + (1 - 1/T^2)*log(2*pi)/2",
  task.last,
];

type Latents = readonly [z: number[], T: number];
type Point = readonly [x: number, T: number];

const HALF_LOG_2PI = Math.log(2 * Math.PI) / 2;

/** Normal, of this mean and deviation. */
export const logNormal = (v: number, mean: number, deviation: number): number =>
  -(((v - mean) / deviation) ** 2) / 2 - Math.log(deviation) - HALF_LOG_2PI;

export const temperedOf = (z: readonly number[], T: number): number =>
  z.reduce((sum, v) => sum + logNormal(v, 0, T), 0);
export const drawnOf = (x: number, T: number): number => logNormal(Math.log(x), 0, T) - Math.log(x);
/** Under the power 1/T², log x is normal of mean T² − 1 and deviation T. */
export const powerOf = (x: number, T: number): number => logNormal(Math.log(x), T * T - 1, T) - Math.log(x);

const temperatures = linear(0.3, 2);
const cold = linear(0.3, 0.95);
const warm = linear(1.05, 2);
const places = logarithmic(0.02, 40);
const normals = (random: Random, n: number): number[] =>
  Array.from({ length: n }, () => 1.2 * random.normal());

function region<I extends readonly unknown[]>(
  points: number,
  draw: (random: Random, place: number) => I,
  fits: (...asked: I) => boolean,
): Region<I> {
  return { points, draw, place: (...asked) => (fits(...asked) ? 0.5 : undefined) };
}

const FIXED = [0.5, -1.25, 2];
const isFixed = (z: readonly number[]): boolean => z.length === 3 && z.every((v, i) => v === FIXED[i]);
const plain = oneOf(0, 1, -1);

export const latents: Regions<Latents> = {
  "several latents, cold": region<Latents>(
    4,
    (random, place) => [normals(random, 2 + random.integer(6)), cold.at(place)],
    (z, T) => z.length > 1 && T < 1,
  ),
  "several latents, warm": region<Latents>(
    3,
    (random, place) => [normals(random, 2 + random.integer(6)), warm.at(place)],
    (z, T) => z.length > 1 && T > 1,
  ),
  "one latent": region<Latents>(
    3,
    (random, place) => [normals(random, 1), temperatures.at(place)],
    (z) => z.length === 1,
  ),
  "many latents": region<Latents>(
    1,
    (random) => [normals(random, 200), random.uniform(0.5, 0.9)],
    (z) => z.length === 200,
  ),
  "temperature 1": region<Latents>(
    3,
    (random) => [normals(random, 1 + random.integer(4)), 1],
    (_z, T) => T === 1,
  ),
  "the same latents, several temperatures": region<Latents>(
    3,
    (_random, place) => [[...FIXED], temperatures.at(place)],
    (z) => isFixed(z),
  ),
  "one temperature, several latents": region<Latents>(
    3,
    (random) => [normals(random, 3), 0.7],
    (_z, T) => T === 0.7,
  ),
  "a 0, 1 or −1 among them": region<Latents>(
    6,
    (random, place) => [
      normals(random, 3).with(place < 0.5 ? 0 : 2, plain.at((2 * place) % 1)),
      random.uniform(0.4, 1.6),
    ],
    (z) => z.some((v) => plain.place(v) !== undefined),
  ),
  "nothing but zeros": region<Latents>(
    2,
    (random) => [[0, 0, 0], random.uniform(0.4, 1.6)],
    (z) => z.every((v) => v === 0),
  ),
};

const ofPoints = (
  points: number,
  draw: (random: Random, place: number) => Point,
  fits: (...asked: Point) => boolean,
) => region<Point>(points, draw, fits);

const isZero = (answer: number): boolean => Math.abs(answer) < 1e-9;

/** Where the density of x is 1 if log x is normal of this mean and of deviation T: the root of a quadratic equation in log x. */
function ofDensity1(T: number, mean: (T: number) => number): Point {
  const [m, half] = [mean(T), T * T - mean(T)];
  const rest = m * m + 2 * T * T * (Math.log(T) + HALF_LOG_2PI);
  return [Math.exp(-half + Math.sqrt(half * half - rest)), T];
}

export const points: Regions<Point> = {
  "cold, above 1": ofPoints(
    4,
    (random, place) => [random.uniform(1.05, 8), cold.at(place)],
    (x, T) => x > 1 && T < 1,
  ),
  "cold, below 1": ofPoints(
    4,
    (random, place) => [random.uniform(0.05, 0.95), cold.at(place)],
    (x, T) => x < 1 && T < 1,
  ),
  "warm, above 1": ofPoints(
    3,
    (random, place) => [random.uniform(1.05, 8), warm.at(place)],
    (x, T) => x > 1 && T > 1,
  ),
  "warm, below 1": ofPoints(
    3,
    (random, place) => [random.uniform(0.05, 0.95), warm.at(place)],
    (x, T) => x < 1 && T > 1,
  ),
  "temperature 1": ofPoints(
    4,
    (_random, place) => [places.at(place), 1],
    (_x, T) => T === 1,
  ),
  "x = 1": ofPoints(
    3,
    (_random, place) => [1, temperatures.at(place)],
    (x) => x === 1,
  ),
  "far out": ofPoints(
    4,
    (random, place) => [
      place < 0.5 ? random.uniform(0.002, 0.02) : random.uniform(50, 500),
      random.uniform(0.5, 1.5),
    ],
    (x) => x < 0.02 || x > 50,
  ),
  "x = 1 at temperature 1": ofPoints(
    1,
    () => [1, 1],
    (x, T) => x === 1 && T === 1,
  ),
  "x and T alike": ofPoints(
    2,
    (_random, place) => [temperatures.at(place), temperatures.at(place)],
    (x, T) => x === T,
  ),
  "what is drawn has the density 1": ofPoints(
    2,
    (random) => ofDensity1(random.uniform(0.3, 0.38), () => 0),
    (x, T) => isZero(drawnOf(x, T)),
  ),
  "the power has the density 1": ofPoints(
    2,
    (random) => ofDensity1(random.uniform(0.4, 0.6), (T) => T * T - 1),
    (x, T) => isZero(powerOf(x, T)),
  ),
  "one place, several temperatures": ofPoints(
    3,
    (_random, place) => [2.5, temperatures.at(place)],
    (x) => x === 2.5,
  ),
  "one temperature, several places": ofPoints(
    3,
    (_random, place) => [places.at(place), 0.7],
    (_x, T) => T === 0.7,
  ),
};

const latentSize = (z: readonly number[], T: number): number =>
  z.reduce((sum, v) => sum + (v / T) ** 2 + Math.abs(Math.log(T)) + 1, 0);

export const latentDomain: Domain<Latents> = {
  regions: latents,
  allows: (_answer, z, T) => 1e-9 * latentSize(z, T),
  float32: (_answer, z, T) => 2 * latentSize(z, T),
  open: (z, T) => !(T > 0) || z.length === 0,
};

const pointSize = (x: number, T: number): number =>
  ((Math.abs(Math.log(x)) + 1 + T * T) / T) ** 2 + Math.abs(Math.log(x)) + Math.abs(Math.log(T)) + 1;

/** Of a function of one place; 0 and below has no logarithm. */
export const pointDomain: Domain<Point> = {
  regions: points,
  allows: (_answer, x, T) => 1e-9 * pointSize(x, T),
  float32: (_answer, x, T) => 2 * pointSize(x, T),
  open: (x, T) => !(T > 0) || !(x > 0),
};

export const signatures = {
  logTempered: fn([parameter("z", vector), parameter("T", number)], number),
  logDrawn: fn([parameter("x", number), parameter("T", number)], number),
  logPower: fn([parameter("x", number), parameter("T", number)], number),
  powerSteps: fn([], derivation),
};
