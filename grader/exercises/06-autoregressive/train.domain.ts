import type { Region } from "../../domain/strata.ts";
import type { Domains } from "../../exercise.ts";
import { fn, matrix, number, object, parameter, record, text, vector } from "../../harness/kinds.ts";
import { type Random, random as seeded } from "../../random.ts";
import { D, drawSource, type Source, type Steers } from "./train.source.ts";

type Fit = [data: number[][], steps: number, steeredBy: string];
type Point = readonly number[];

/** Of what is only asked about its weights; what has to fit takes 120. */
export const STEPS = { some: 60, few: 15 } as const;
const ROWS = 60;

/** Numbers that people test for. */
const SPECIAL = [0, 1, -1];
/** So far out the density is smaller than any number of double precision, and its logarithm is not. */
const FAR = 60;

/** Points of two sources in turns, one of which comes twice, and among them some of each kind that has a region of its own. */
export function drawPoints(random: Random, sources: readonly Source[]): number[][] {
  const draw = (count: number) =>
    Array.from({ length: count }, (_, n) => sources[n % sources.length].draw(1, random)[0]);
  const holding = (v: () => number) => draw(D).map((x, i) => x.with(i, v()));
  const far = () => (random.integer(2) === 0 ? 1 : -1) * random.uniform(FAR, 1.5 * FAR);
  const [first, last] = [draw(6), draw(6)];
  const special = SPECIAL.flatMap((v) => holding(() => v));
  return [...first, ...special, new Array<number>(D).fill(0), ...holding(far), ...last, first[1]];
}

/** Two sets of data for all calls: what is right of a flow that is fitted is right of it alone. */
const example = seeded("data of the domain of autoregressive flows");
const sources = [drawSource(example, "x"), drawSource(example, "z")];
const sets = sources.map((source) => source.draw(ROWS));

/** Half of the places are a MAF's, half an IAF's. */
const steersAt = (place: number): Steers => (place < 0.5 ? "x" : "z");
const placeOf = (steeredBy: string): number => (steeredBy === "x" ? 0.25 : 0.75);
const fitAt = (random: Random, place: number, steps: number): Fit => [
  sets[random.integer(2)],
  steps,
  steersAt(place),
];
const isOf = (steps: number, kind: keyof typeof STEPS): boolean => steps <= STEPS.few === (kind === "few");

const weightsOf = (kind: keyof typeof STEPS): Region<Fit> => ({
  draw: (random, place) => fitAt(random, place, STEPS[kind]),
  place: (_data, steps, steeredBy) => (isOf(steps, kind) ? placeOf(steeredBy) : undefined),
});

type Listed = [...fit: Fit, points: number[][]];
type Placed = Pick<Region<Listed>, "points" | "place">;
const inLists = (placed: Placed, kind: keyof typeof STEPS = "some"): Region<Listed> => ({
  draw: (random, place) => [...fitAt(random, place, STEPS[kind]), drawPoints(random, sources)],
  ...placed,
});
/** Those points of a list of which this holds. */
const where = (holds: (x: Point) => boolean): Region<Listed> =>
  inLists({ points: 2, place: (...[, , , points]) => points.map((x) => (holds(x) ? 0.5 : undefined)) });

/**
 * What the checks can see: whether the log-density is that of the weights. Which weights there should be nobody knows, nor how many of the
 * steps were taken; a tenth more of each of them is another density.
 */
const common = { allows: () => 5e-3, float32: false, sees: { effect: 0.1 } } as const;

export const domains = {
  weights: { ...common, regions: { "some steps": weightsOf("some"), "few steps": weightsOf("few") } },
  logDensity: {
    ...common,
    regions: {
      "a list of points": inLists({ place: (_data, _steps, steeredBy) => placeOf(steeredBy) }),
      "a list after few steps": inLists(
        { place: (_data, steps, steeredBy) => (isOf(steps, "few") ? placeOf(steeredBy) : undefined) },
        "few",
      ),
      "a part of a list": inLists({
        points: 8,
        place: (...[, , , points]) => points.map((_, i) => i / Math.max(1, points.length - 1)),
      }),
      "a 0 in a point": where((x) => x.includes(0)),
      "a 1 in a point": where((x) => x.includes(1)),
      "a −1 in a point": where((x) => x.includes(-1)),
      "a point of zeros": where((x) => x.every((v) => v === 0)),
      "a point far out": where((x) => x.some((v) => Math.abs(v) >= FAR)),
    },
  },
} satisfies Domains<typeof signatures>["fitAutoregressive"];

export const signatures = {
  fitAutoregressive: fn(
    [parameter("data", matrix), parameter("steps", number), parameter("steeredBy", text)],
    object({
      weights: fn([], record({ A: matrix, a: vector, M: matrix, m: vector })),
      logDensity: fn([parameter("points", matrix)], vector),
    }),
  ),
};
