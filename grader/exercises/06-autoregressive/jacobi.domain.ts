import type { Domain } from "../../domain/domain.ts";
import type { Region, Regions } from "../../domain/strata.ts";
import { fn, matrix, number, parameter, record, vector } from "../../harness/kinds.ts";
import { normals, type Random } from "../../random.ts";
import { latentOf, type Made, type Parts, RIGHT, steer } from "./autoregression.affine.ts";
import * as draws from "./autoregression.draws.ts";
import { stepRegions } from "./jacobi.chains.ts";

export type StepAsked = [...made: Made, z: number[], x: number[]];
export type SolveAsked = [...made: Made, z: number[], tolerance: number];

/** All numbers at once, each under what the numbers of x say. */
export const stepOf = (
  parts: Parts,
  z: readonly number[],
  x: readonly number[],
  steering = RIGHT,
): number[] =>
  z.map((v, i) => {
    const { alpha, mu } = steer(parts, i, x, steering);
    return v * Math.exp(alpha) + mu;
  });

export const residualOf = (parts: Parts, z: readonly number[], x: readonly number[]): number =>
  Math.max(...latentOf(parts, x).map((v, i) => Math.abs(v - z[i])));

export interface Solved {
  readonly x: number[];
  readonly steps: number;
  readonly residual: number;
}

/** Every stage of the iteration, from z on, as many steps as there are numbers. */
function stagesOf(parts: Parts, z: readonly number[]): { x: number[]; residual: number }[] {
  const stages = [{ x: [...z], residual: residualOf(parts, z, z) }];
  for (const _ of z) {
    const x = stepOf(parts, z, stages[stages.length - 1].x);
    stages.push({ x, residual: residualOf(parts, z, x) });
  }
  return stages;
}

export function solveOf(parts: Parts, z: readonly number[], tolerance: number): Solved {
  const stages = stagesOf(parts, z);
  const enough = stages.findIndex(({ residual }) => residual <= tolerance);
  const steps = enough < 0 ? z.length : enough;
  return { ...stages[steps], steps };
}

/** Rounding decides nothing: no residual before the last is near the tolerance. */
const isClear = (...[A, a, M, m, z, tolerance]: SolveAsked): boolean =>
  stagesOf([A, a, M, m], z)
    .slice(0, -1)
    .every(({ residual }) => residual < 0.95 * tolerance || residual > 1.05 * tolerance + 1e-9);

const stepsOf = (...[A, a, M, m, z, tolerance]: SolveAsked): number =>
  solveOf([A, a, M, m], z, tolerance).steps;

/** Draws until it takes so many steps, and rounding decides nothing. */
function drawUntil(draw: () => SolveAsked, fits: (...asked: SolveAsked) => boolean): SolveAsked {
  for (;;) {
    const asked = draw();
    if (isClear(...asked) && fits(...asked)) return asked;
  }
}

const tolerances = [1e-1, 3e-2, 1e-2, 1e-3];
const drawSolve = (random: Random, n: number, tolerance = tolerances[random.integer(4)]): SolveAsked => [
  ...draws.drawParts(random, n),
  normals(random, n, 1.5),
  tolerance,
];

const solving = (
  points: number,
  draw: (random: Random, place: number) => SolveAsked,
  fits: (...asked: SolveAsked) => boolean,
): Region<SolveAsked> => ({
  points,
  draw: (random, place) => drawUntil(() => draw(random, place), fits),
  place: (...asked) => (fits(...asked) ? 0.5 : undefined),
});

/** By the place, each of 0, 1 and −1 first and last in a list. */
const withPlain = (list: number[], place: number): number[] =>
  list.with(Math.floor(6 * place) % 2 === 0 ? 0 : -1, draws.plain.at(place));
const hasPlain = (list: readonly number[]): boolean => list.some((v) => draws.plain.place(v) !== undefined);

const FIXED_SOLVE: SolveAsked = [...draws.FIXED_PARTS, [1.2, -0.7], 0.01];

const solves: Regions<SolveAsked> = {
  "some steps, fewer than numbers": solving(
    5,
    (random) => drawSolve(random, 4 + random.integer(4)),
    (...asked) => stepsOf(...asked) > 1 && stepsOf(...asked) < asked[4].length,
  ),
  "one step": solving(
    2,
    (random) => drawSolve(random, 3, 1),
    (...asked) => stepsOf(...asked) === 1 && asked[4].length > 1,
  ),
  "no step, as z is near enough": solving(
    2,
    (random) => drawSolve(random, 3, 20),
    (...asked) => stepsOf(...asked) === 0,
  ),
  "as many steps as numbers": solving(
    3,
    (random) => drawSolve(random, 2 + random.integer(3), 1e-6),
    (...asked) => stepsOf(...asked) === asked[4].length && asked[5] > 0,
  ),
  "a tolerance of 0": solving(
    3,
    (random) => drawSolve(random, 2 + random.integer(5), 0),
    (...asked) => asked[5] === 0,
  ),
  "one number": solving(
    2,
    (random) => drawSolve(random, 1, 1e-3),
    (...asked) => asked[4].length === 1,
  ),
  // Nothing moves here: z is the solution, and a 0 stays 0.
  "nothing but zeros, and a point with a 0": solving(
    2,
    (random) => {
      const none = Array.from({ length: 3 }, () => [0, 0, 0]);
      return [none, [0, 0, 0], none, [0, 0, 0], normals(random, 3).with(random.integer(2), 0), 1e-3];
    },
    (A, a, M, m) => [A, a, M, m].flat(2).every((v) => v === 0),
  ),
  "a 0, 1 or −1 in z": solving(
    6,
    (random, place) => {
      const asked = drawSolve(random, 3);
      return asked.with(4, withPlain(asked[4], place)) as SolveAsked;
    },
    (...asked) => hasPlain(asked[4]),
  ),
  "a z of zeros": solving(
    2,
    (random) => drawSolve(random, 3).with(4, [0, 0, 0]) as SolveAsked,
    (...asked) => asked[4].every((v) => v === 0),
  ),
  "a and m of 0, 1 or −1": solving(
    3,
    (random, place) => {
      const [v, w] = [draws.plain.at(place), draws.plain.at((place + 1 / 3) % 1)];
      return drawSolve(random, 2).with(1, [v, v]).with(3, [w, w]) as SolveAsked;
    },
    (_A, a, _M, m) => hasPlain(a) && hasPlain(m),
  ),
  ...draws.differAlone<SolveAsked>(FIXED_SOLVE, ["A", "a", "M", "m", "z", "tolerance"], (random, at, place) =>
    drawUntil(
      () => FIXED_SOLVE.with(at, drawSolve(random, 2, place < 0.5 ? 10 : 1e-3)[at]) as SolveAsked,
      () => true,
    ),
  ),
};

const FIXED_STEP: StepAsked = [...draws.FIXED_PARTS, [1.2, -0.7], [0.8, 1.9]];
const steps: Regions<StepAsked> = {
  ...Object.fromEntries(
    Object.entries(draws.regions)
      .filter(([name]) => !name.startsWith("another"))
      .map(([name, region]): [string, Region<StepAsked>] => [
        name,
        {
          points: region.points ?? 4,
          draw: (random, place) => {
            const asked = region.draw(random, place);
            return [...asked, normals(random, asked[4].length, 1.5)];
          },
          place: (...[A, a, M, m, z]) => region.place(A, a, M, m, z),
        },
      ]),
  ),
  "a 0, 1 or −1 in x": {
    points: 6,
    draw: (random, place) => [
      ...draws.drawParts(random, 3),
      normals(random, 3, 1.5),
      withPlain(normals(random, 3, 1.5), place),
    ],
    place: (...asked) => (hasPlain(asked[5]) ? 0.5 : undefined),
  },
  "an x of zeros": {
    points: 2,
    draw: (random) => [...draws.drawParts(random, 3), normals(random, 3, 1.5), [0, 0, 0]],
    place: (...asked) => (asked[5].every((v) => v === 0) ? 0.5 : undefined),
  },
  ...draws.differAlone<StepAsked>(
    FIXED_STEP,
    ["A", "a", "M", "m", "z", "x"],
    (random, at) =>
      FIXED_STEP.with(
        at,
        [...draws.drawParts(random, 2), normals(random, 2), normals(random, 2)][at],
      ) as StepAsked,
  ),
};

/** What the terms of a step are in size. */
const stepSizes = ([A, a, M, m]: Parts, z: readonly number[], x: readonly number[]): number[] =>
  z.map((v, i) => {
    const size = (row: readonly number[], bias: number) =>
      row.slice(0, i).reduce((sum, w, j) => sum + Math.abs(w * x[j]), Math.abs(bias));
    const { alpha } = steer([A, a, M, m], i, x);
    return Math.abs(v) * Math.exp(alpha) * (2 + size(A[i], a[i])) + 2 * size(M[i], m[i]);
  });

const largest = (list: readonly number[]): number => Math.max(...list.map(Math.abs));

/** Nine digits of the largest terms. */
const stepDomain: Domain<StepAsked> = {
  regions: steps,
  allows: (_answer, ...[A, a, M, m, z, x]) => stepSizes([A, a, M, m], z, x).map((size) => 1e-9 * size),
  float32: (_answer, ...[A, a, M, m, z, x]) =>
    stepSizes([A, a, M, m], z, x).map((size) => (1 + z.length / 4) * size),
  open: (...[A, a, M, m, z, x]) => draws.isOpen(A, a, M, m, z) || x.length !== z.length,
};
const solveDomain: Domain<SolveAsked> = {
  regions: solves,
  allows: (answer, ...[A, a, M, m, z]) => {
    const size = largest([...answer, ...z, ...[A, M].flat(2), ...a, ...m]);
    return answer.map((_, i) => 1e-9 * (i === z.length ? 1 : 1 + size));
  },
  float32: false,
  open: (...asked) => {
    const [A, a, M, m, z, tolerance] = asked;
    return draws.isOpen(A, a, M, m, z) || !(tolerance >= 0) || !isClear(...asked);
  },
};
const chainDomain: Domain<[depends: number[][]]> = {
  regions: stepRegions,
  allows: () => 1e-9,
  float32: false,
};

export const domains = { jacobiStep: stepDomain, jacobiSolve: solveDomain, stepsNeeded: chainDomain };

export const signatures = {
  jacobiStep: fn([...draws.parts, parameter("z", vector), parameter("x", vector)], vector),
  jacobiSolve: fn(
    [...draws.parts, parameter("z", vector), parameter("tolerance", number)],
    record({ x: vector, steps: number, residual: number }),
  ),
  stepsNeeded: fn([parameter("depends", matrix)], number),
};
