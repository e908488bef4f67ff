/** Data, rates and steps to train a flow of two parameters with, and numbers to push through it when it is trained. */

import { bothSigns, linear, oneOf, type Region, type Regions, type Span } from "../../domain/strata.ts";
import { normals, type Random } from "../../random.ts";

export type Training = readonly [data: number[], rate: number, steps: number];
export type Drawing = readonly [z: number[], a: number, shift: number];

/** Numbers about a mean between −2 and 2. */
function sample(random: Random, length = 5 + random.integer(15)): number[] {
  const [mean, deviation] = [random.uniform(-2, 2), random.uniform(0.5, 1.5)];
  return Array.from({ length }, () => mean + deviation * random.normal());
}

const calm = (random: Random): number => random.uniform(0.005, 0.05);

const plain = oneOf(0, 1, -1);
const GIVEN = [1.5, -0.5, 2.25, 0.75];

/** One number among others. */
function among(random: Random, value: number): number[] {
  const data = sample(random, 1 + random.integer(5));
  return [...data.slice(0, 2), value, ...data.slice(2)];
}

/**
 * What may be asked of `train(data, rate, steps)`.
 *
 * @param tame Whether a training goes where its numbers keep their digits; others are drawn again.
 * @param large What a region of large rates is called, and how large they are.
 */
export function trainingRegions({
  tame,
  large,
}: {
  tame(asked: Training): boolean;
  readonly large: { readonly name: string; readonly rates: Span };
}): Regions<Training> {
  function region(
    points: number,
    draw: (random: Random, place: number) => Training,
    place: (...asked: Training) => number | undefined,
  ): Region<Training> {
    return {
      points,
      draw(random, at) {
        let asked = draw(random, at);
        while (!tame(asked)) asked = draw(random, at);
        return asked;
      },
      place,
    };
  }
  return {
    "ten to sixty steps": region(
      10,
      (random, place) => [sample(random), calm(random), 10 + Math.floor(50 * place)],
      (_data, rate, steps) => (rate < 0.1 && steps >= 10 && steps < 61 ? (steps - 10) / 51 : undefined),
    ),
    "one step": region(
      6,
      (random) => [sample(random), calm(random), 1],
      (_data, _rate, steps) => (steps === 1 ? 0.5 : undefined),
    ),
    "two or three steps": region(
      4,
      (random, place) => [sample(random), calm(random), place < 0.5 ? 2 : 3],
      (_data, _rate, steps) => (steps === 2 ? 0.25 : steps === 3 ? 0.75 : undefined),
    ),
    "no step": region(
      2,
      (random) => [sample(random), calm(random), 0],
      (_data, _rate, steps) => (steps === 0 ? 0.5 : undefined),
    ),
    "until it stands still": region(
      2,
      (random) => [sample(random), random.uniform(0.03, 0.05), 1000],
      (_data, _rate, steps) => (steps === 1000 ? 0.5 : undefined),
    ),
    [large.name]: region(
      6,
      (random, place) => [sample(random), large.rates.at(place), 2 + random.integer(2)],
      (_data, rate) => large.rates.place(rate),
    ),
    "a rate of 0 or 1": region(
      4,
      (random, place) => [sample(random), place < 0.5 ? 0 : 1, 2],
      (_data, rate) => (rate === 0 ? 0.25 : rate === 1 ? 0.75 : undefined),
    ),
    "rate and steps 0 or 1, or equal": region(
      5,
      (random, place) => {
        const [rate, steps] = [
          [0, 0],
          [0, 1],
          [1, 0],
          [1, 1],
          [2, 2],
        ][Math.floor(5 * place)];
        return [sample(random), rate, steps];
      },
      (_data, rate, steps) =>
        rate === steps
          ? [0.1, 0.7, 0.9][steps]
          : steps + rate === 1 && rate * steps === 0
            ? 0.3 + 0.2 * rate
            : undefined,
    ),
    "one number": region(
      4,
      (random) => [[random.uniform(0.2, 2)], calm(random), 5],
      (data) => (data.length === 1 ? 0.5 : undefined),
    ),
    "two numbers": region(
      3,
      (random) => [sample(random, 2), calm(random), 5],
      (data) => (data.length === 2 ? 0.5 : undefined),
    ),
    "two hundred numbers": region(
      2,
      (random) => [sample(random, 200), calm(random), 5],
      (data) => (data.length === 200 ? 0.5 : undefined),
    ),
    "a 0, 1 or −1 in the data": region(
      9,
      (random, place) => [among(random, plain.at(place)), calm(random), 5],
      (data) => data.map(plain.place).find((at) => at !== undefined),
    ),
    "zeros only": region(
      2,
      (random) => [[0, 0, 0], calm(random), 5],
      (data) => (data.every((v) => v === 0) ? 0.5 : undefined),
    ),
    "equal numbers": region(
      3,
      (random) => {
        const value = random.uniform(-2, 2);
        return [[value, value, random.uniform(-2, 2), value], calm(random), 5];
      },
      ([first, second]) => (first === second ? 0.5 : undefined),
    ),
    "in order": region(
      2,
      (random) => [sample(random, 6).toSorted((p, q) => p - q), calm(random), 5],
      (data) => (data.length === 6 && data.every((v, i) => i === 0 || v >= data[i - 1]) ? 0.5 : undefined),
    ),
    "an outlier": region(
      4,
      (random, place) => [among(random, bothSigns(linear(5, 9)).at(place)), 0.005, 5],
      (data) => data.map(bothSigns(linear(5, 9)).place).find((at) => at !== undefined),
    ),
    "one argument after another": region(
      9,
      (random, place) =>
        place < 1 / 3
          ? [sample(random, 4), 0.03125, 7]
          : place < 2 / 3
            ? [GIVEN, calm(random), 7]
            : [GIVEN, 0.03125, 2 + random.integer(30)],
      (data, rate, steps) =>
        rate === 0.03125 && steps === 7
          ? 1 / 6
          : data[0] === GIVEN[0]
            ? steps === 7
              ? 0.5
              : 5 / 6
            : undefined,
    ),
  };
}

function drawing(
  points: number,
  draw: (random: Random, place: number) => Drawing,
  place: (...asked: Drawing) => number | undefined,
): Region<Drawing> {
  return { points, draw, place };
}

/** What may be asked of `generate(z, a, shift)`, with such a. */
export function drawingRegions(slopes: Span): Regions<Drawing> {
  return {
    "two to twenty numbers": drawing(
      8,
      (random, place) => [
        normals(random, 2 + Math.floor(18 * place)),
        slopes.at(random.uniform(0, 1)),
        random.normal(),
      ],
      (z) => (z.length > 1 && z.length < 21 ? (z.length - 1) / 20 : undefined),
    ),
    "one number": drawing(
      3,
      (random) => [normals(random, 1), slopes.at(random.uniform(0, 1)), random.normal()],
      (z) => (z.length === 1 ? 0.5 : undefined),
    ),
    "no number": drawing(
      2,
      (random) => [[], slopes.at(random.uniform(0, 1)), random.normal()],
      (z) => (z.length === 0 ? 0.5 : undefined),
    ),
    "a of every size and sign": drawing(
      8,
      (random, place) => [normals(random, 3), slopes.at(place), random.normal()],
      (z, a) => (z.length === 3 ? slopes.place(a) : undefined),
    ),
    "a = 1 or −1": drawing(
      4,
      (random, place) => [normals(random, 3), place < 0.5 ? 1 : -1, random.normal()],
      (_z, a) => (a === 1 ? 0.25 : a === -1 ? 0.75 : undefined),
    ),
    "c = 0, 1 or −1": drawing(
      9,
      (random, place) => [normals(random, 3), slopes.at(random.uniform(0, 1)), plain.at(place)],
      (_z, _a, c) => plain.place(c),
    ),
    "a 0, 1 or −1 in z": drawing(
      9,
      (random, place) => [
        normals(random, 3).with(random.integer(3), plain.at(place)),
        slopes.at(random.uniform(0, 1)),
        random.normal(),
      ],
      (z) => z.map(plain.place).find((at) => at !== undefined),
    ),
    "a and c equal, or 1 and 0": drawing(
      6,
      (random, place) => {
        const slope = slopes.at(random.uniform(0, 1));
        const [a, c] = [
          [slope, slope],
          [1, 0],
          [1, 1],
        ][Math.floor(3 * place)];
        return [normals(random, 3), a, c];
      },
      (_z, a, c) => (a === c ? (a === 1 ? 0.9 : 0.2) : a === 1 && c === 0 ? 0.5 : undefined),
    ),
    "a z equal to c": drawing(
      3,
      (random) => {
        const c = random.normal();
        return [[c, ...normals(random, 2)], slopes.at(random.uniform(0, 1)), c];
      },
      ([first], _a, c) => (first === c ? 0.5 : undefined),
    ),
    "equal numbers, or zeros": drawing(
      4,
      (random, place) => {
        const value = place < 0.5 ? 0 : random.normal();
        return [[value, value, value], slopes.at(random.uniform(0, 1)), random.normal()];
      },
      ([first, second]) =>
        first !== undefined && first === second ? (first === 0 ? 0.25 : 0.75) : undefined,
    ),
    "in order": drawing(
      2,
      (random) => [
        normals(random, 5).toSorted((p, q) => p - q),
        slopes.at(random.uniform(0, 1)),
        random.normal(),
      ],
      (z) => (z.length === 5 && z.every((v, i) => i === 0 || v >= z[i - 1]) ? 0.5 : undefined),
    ),
    "five hundred numbers": drawing(
      1,
      (random) => [normals(random, 500), slopes.at(random.uniform(0, 1)), random.normal()],
      (z) => (z.length === 500 ? 0.5 : undefined),
    ),
    "one argument after another": drawing(
      9,
      (random, place) =>
        place < 1 / 3
          ? [normals(random, 2), 0.5, -2.5]
          : place < 2 / 3
            ? [[1.5, -0.5], slopes.at(random.uniform(0, 1)), -2.5]
            : [[1.5, -0.5], 0.5, random.normal()],
      (z, a, c) => (a === 0.5 && c === -2.5 ? 1 / 6 : z[0] === 1.5 ? (c === -2.5 ? 0.5 : 5 / 6) : undefined),
    ),
  };
}

/** Twenty numbers that have the mean and the deviation, with no error of a sample. */
export function drawExactData(random: Random): { data: number[]; mean: number; deviation: number } {
  const [mean, deviation] = [random.uniform(-1.5, 1.5), random.uniform(0.8, 1.5)];
  const half = Array.from({ length: 10 }, () => random.normal());
  const size = Math.sqrt(half.reduce((sum, v) => sum + v * v, 0) / half.length);
  const data = half.flatMap((v) => [mean + (deviation * v) / size, mean - (deviation * v) / size]);
  return { data, mean, deviation };
}
