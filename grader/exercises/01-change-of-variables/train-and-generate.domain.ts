import type { Domain } from "../../domain/domain.ts";
import { bothSigns, linear, logarithmic, type Regions } from "../../domain/strata.ts";
import { derivation, fn, number, parameter, record, vector } from "../../harness/kinds.ts";
import type { DerivationTask } from "../../oracle/derivation.ts";
import type { Random } from "../../random.ts";
import { type Drawing, drawingRegions, type Training, trainingRegions } from "./training.draws.ts";

/** From equation 16.1 to what one number adds to the loss. */
export const task: DerivationTask = {
  first: "-log(p((x - b)/exp(a))/abs(exp(a)))",
  last: "a + ((x - b)*exp(-a))^2/2 + log(2*pi)/2",
  // So that p stays far above the smallest number.
  variables: {
    x: (random) => random.uniform(-2, 2),
    a: (random) => random.uniform(-1, 1),
    b: (random) => random.uniform(-2, 2),
  },
  functions: { p: (z) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) },
  forms: [
    {
      name: "the normal density written out, without p",
      appears: ({ functions }) => !functions.has("p"),
    },
  ],
};

export const STEPS: readonly string[] = [
  task.first,
  "-log(p((x - b)/exp(a))) + log(exp(a))",
  "-log(exp(-((x - b)/exp(a))^2/2)/sqrt(2*pi)) + a",
  "((x - b)/exp(a))^2/2 + log(sqrt(2*pi)) + a",
  task.last,
];

/** Both ends, and two lines between them. */
export const LEAST_LINES = 4;

/** Where the training begins: at a scale of 1, and at this b. */
export interface Start {
  readonly shift: number;
}

export const AT_ZERO: Start = { shift: 0 };

/** Within the data's reach, to either side, in steps of a twentieth. */
export function drawStart(random: Random): Start {
  const twentieths = 5 + random.integer(30);
  return { shift: (random.integer(2) === 0 ? -twentieths : twentieths) / 20 };
}

/** No check asks for more. What is tried to explain wrong answers may ask for 1/0 steps, and has to come to an end as well. */
const MOST_STEPS = 5000;

/**
 * [a, b] after so many steps, and the smallest e^(2a) on the way. By mean and mean square of the data: the loss is a and a parabola in b,
 * ½e^(−2a)(second − 2b·first + b²).
 */
function follow(
  { shift }: Start,
  [data, rate, steps]: Training,
): { end: [number, number]; smallest: number } {
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / data.length;
  const [first, second] = [mean(data), mean(data.map((x) => x * x))];
  let [a, b, smallest] = [0, shift, 1];
  for (let k = 0; k < Math.min(steps, MOST_STEPS); k++) {
    const precision = Math.exp(-2 * a);
    [a, b] = [
      a - rate * (1 - precision * (second - 2 * b * first + b * b)),
      b + rate * precision * (first - b),
    ];
    smallest = Math.min(smallest, Math.exp(2 * a));
  }
  return { end: [a, b], smallest };
}

export const trainTruth = (of: Start, asked: Training): [number, number] => follow(of, asked).end;

export const drawTruth = ([z, a, b]: Drawing): number[] => z.map((v) => v * Math.exp(a) + b);

/** A deviation that small makes the loss steep, and a step throws b far away. */
const tameFrom =
  (of: Start) =>
  (asked: Training): boolean =>
    follow(of, asked).smallest >= 0.05;

const deviationOf = (data: readonly number[]): number => {
  const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
  return Math.sqrt(data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / data.length);
};

const CLOSE = 0.35;

export const trainingsFrom = (of: Start): Regions<Training> => ({
  ...trainingRegions({ tame: tameFrom(of), large: { name: "large rates", rates: linear(0.3, 1) } }),
  "data close together, where a becomes negative": {
    points: 2,
    draw(random) {
      const middle = random.uniform(-1, 1);
      const z = Array.from({ length: 8 }, () => random.normal());
      return [z.map((v) => middle + (CLOSE * v) / deviationOf(z)), 0.05, 300];
    },
    place: (data, _rate, steps) => (steps === 300 && deviationOf(data) < 0.5 ? 0.5 : undefined),
  },
});

const normals = (random: Random): number[] => [random.normal(), random.normal(), random.normal()];

export const drawings: Regions<Drawing> = {
  ...drawingRegions(bothSigns(logarithmic(0.02, 5))),
  "a = 0, with any b, 0 and 1": {
    points: 6,
    draw: (random, place) => [normals(random), 0, place < 1 / 3 ? random.normal() : place < 2 / 3 ? 0 : 1],
    place: (_z, a, b) => (a === 0 ? (b === 0 ? 0.5 : b === 1 ? 0.9 : 0.1) : undefined),
  },
  "an x of 0": {
    points: 3,
    draw: (random) => [normals(random).with(random.integer(3), 0), random.normal(), 0],
    place: (z, _a, b) => (b === 0 && z.includes(0) ? 0.5 : undefined),
  },
};

/** Seven digits of numbers of size 1, or of the answer. */
const sevenDigits = (answer: readonly number[]): number[] => answer.map((v) => 1e-7 * (1 + Math.abs(v)));

export const trainDomainFrom = (of: Start): Domain<Training> => ({
  regions: trainingsFrom(of),
  allows: sevenDigits,
  float32: false,
});

export const drawDomain: Domain<Drawing> = { regions: drawings, allows: sevenDigits, float32: false };

export const signatures = {
  lossSteps: fn([], derivation),
  train: fn(
    [parameter("data", vector), parameter("rate", number), parameter("steps", number)],
    record({ a: number, b: number }),
  ),
  generate: fn([parameter("z", vector), parameter("a", number), parameter("b", number)], vector),
};
