import type { Domain } from "../../domain/domain.ts";
import { bothSigns, linear, logarithmic } from "../../domain/strata.ts";
import { fn, number, parameter, record, vector } from "../../harness/kinds.ts";
import {
  type Drawing,
  drawingRegions,
  type Training,
  trainingRegions,
} from "../01-change-of-variables/training.draws.ts";

/** No check asks for more. What is tried to explain wrong answers may ask for 1/0 steps, and has to come to an end as well. */
const MOST_STEPS = 5000;

/** [a, c] after so many steps, and the smallest |a| on the way. The gradients are those of a parabola in a and c, and of −log|a|. */
function follow([data, rate, steps]: Training): { end: [number, number]; smallest: number } {
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / data.length;
  const [first, second] = [mean(data), mean(data.map((x) => x * x))];
  let [a, c, smallest] = [1, 0, 1];
  for (let k = 0; k < Math.min(steps, MOST_STEPS); k++) {
    // The mean of ½(ax + c)² is ½(a²·second + 2ac·first + c²).
    [a, c] = [a - rate * (a * second + c * first - 1 / a), c - rate * (a * first + c)];
    smallest = Math.min(smallest, Math.abs(a));
  }
  return { end: [a, c], smallest };
}

export const trainTruth = (asked: Training): [number, number] => follow(asked).end;

export const drawTruth = ([z, a, c]: Drawing): number[] => z.map((v) => (v - c) / a);

const slopes = bothSigns(logarithmic(0.05, 20));

export const trainings = trainingRegions({
  // So close to 0, 1/a loses digits.
  tame: (asked) => follow(asked).smallest >= 0.05,
  large: { name: "a rate at which it explodes", rates: linear(0.5, 2) },
});

export const drawings = drawingRegions(slopes);

/** Seven digits of numbers of size 1, or of the answer: where it explodes, each step multiplies an error by some tens. */
const sevenDigits = (answer: readonly number[]): number[] => answer.map((v) => 1e-7 * (1 + Math.abs(v)));

export const trainDomain: Domain<Training> = { regions: trainings, allows: sevenDigits, float32: false };

export const drawDomain: Domain<Drawing> = {
  regions: drawings,
  allows: sevenDigits,
  float32: false,
  open: (_z, a) => a === 0,
};

export const signatures = {
  train: fn(
    [parameter("data", vector), parameter("rate", number), parameter("steps", number)],
    record({ a: number, c: number }),
  ),
  generate: fn([parameter("z", vector), parameter("a", number), parameter("c", number)], vector),
};
