/** How many bits a saved flow takes for faces that it has not seen, by the judge's own accounting. */

import { drawnImages } from "flowlab/data";
import type { Expect } from "../../grading/expect.ts";
import { ownTurn } from "../../grading/turn.ts";
import type { Learner, NDArray } from "../../harness/kinds.ts";
import type { flowQuestions } from "../../harness/saved-flow/read.ts";
import { logAbsDeterminant } from "../../oracle/matrices.ts";
import type { Random } from "../../random.ts";

export type Asked = Learner<typeof flowQuestions>;

export const SIDE = 16;
export const PIXELS = SIDE * SIDE;
const LEVELS = 256;
/** Faces that are scored: the mean of so many varies by 0.03 bits per dimension. */
const FACES = 200;
/** By how much a log-determinant may be above that by differences, in bits per dimension. Of float32 numbers they give it to 0.01. */
const AGREE = 0.03;
/** For differences: the sixteenth part of a level. */
const STEP = 2 ** -12;

/** How pixels are put to the flow: y = (x + u)/256, by its number of the level and the noise. */
export type Spread = (level: number, noise: number) => number;
const spread: Spread = (level, noise) => (level + noise) / LEVELS;

/** Faces of a seed of their own, as whole numbers from 0 to 255. */
export function drawFaces(random: Random, count: number): number[][] {
  const { images } = drawnImages("faces", { count, size: SIDE, seed: random.integer(2 ** 32) });
  const values = images.dataSync();
  images.dispose();
  return Array.from({ length: count }, (_, i) => Array.from(values.subarray(i * PIXELS, (i + 1) * PIXELS)));
}

const noisy = (faces: readonly number[][], random: Random, put: Spread = spread): number[][] =>
  faces.map((face) => face.map((level) => put(level, random.uniform(0, 1))));

const tensorOf = (rows: readonly number[][]): NDArray => ({
  shape: [rows.length, PIXELS],
  values: rows.flat(),
});

const rowsOf = ({ values }: NDArray): number[][] =>
  Array.from(
    { length: values.length / PIXELS },
    (_, i) => values.slice(i * PIXELS, (i + 1) * PIXELS) as number[],
  );

/** log Norm_z[0, I] in nats. */
const logBase = (z: readonly number[]): number =>
  -z.reduce((sum, v) => sum + v * v, PIXELS * Math.log(2 * Math.PI)) / 2;

/** −(log p/D)/log 2 of a log-density in nats. */
const bitsOf = (nats: number): number => -nats / (PIXELS * Math.LN2);

/** log Pr of each picture in nats: the base's by the judge, the log-determinant by the flow. */
async function logDensities({ normalize }: Asked, rows: readonly number[][]): Promise<number[]> {
  const { z, logDet } = await normalize(tensorOf(rows));
  return rowsOf(z).map((own, i) => logBase(own) + logDet[i]);
}

const meanOf = (list: readonly number[]): number => list.reduce((sum, v) => sum + v, 0) / list.length;

/**
 * log |det ∂z/∂y| at one picture by differences and elimination, in double precision, beside the flow's own. Both points of a difference
 * stay inside of their level.
 */
async function determinants({ normalize }: Asked, y: readonly number[]) {
  const ends = y.map((v) => {
    const level = Math.floor(v * LEVELS) / LEVELS;
    const inside = (w: number) =>
      Math.fround(Math.min(level + 0.999 / LEVELS, Math.max(level + 1e-3 / LEVELS, w)));
    return [inside(v - STEP), inside(v + STEP)] as const;
  });
  const sides: number[][][] = [];
  for (const side of [0, 1] as const) {
    const moved = ends.map((pair, j) => y.with(j, pair[side]));
    sides.push(rowsOf((await normalize(tensorOf(moved))).z));
    await ownTurn();
  }
  const [below, above] = sides;
  const columns = ends.map(([from, to], j) => above[j].map((v, i) => (v - below[j][i]) / (to - from)));
  const {
    logDet: [own],
  } = await normalize(tensorOf([[...y]]));
  return {
    own,
    exact: logAbsDeterminant(columns),
    finite: Number.isFinite(own) && columns.every((column) => column.every(Number.isFinite)),
  };
}

/**
 * Bits per dimension of so many new faces; undefined if the flow has no density of such pictures, which has been said then. That its
 * log-determinant is the map's is looked at where its density is highest: nothing is gained by being wrong elsewhere.
 */
export async function scoreFaces(
  learner: Asked,
  random: Random,
  expect: Expect,
  count: number = FACES,
): Promise<number | undefined> {
  if (!(await isOfPictures(learner, expect))) return undefined;
  const rows = noisy(drawFaces(random, count), random);
  const all = await logDensities(learner, rows);
  const best = all.reduce((at, v, i) => (v > all[at] ? i : at), 0);
  if (!(await isDensity(learner, rows[best], expect))) return undefined;
  return bitsOf(meanOf(all)) + Math.log2(LEVELS);
}

async function isOfPictures(learner: Asked, expect: Expect): Promise<boolean> {
  const { base, eventShape } = await learner.describe();
  const fits = `${eventShape}` === `${[SIDE, SIDE, 1]}`;
  expect.that(fits, "the flow is not one of grey pictures of 16 × 16 pixels", {
    input: "the shape of its base's events",
    got: `[${eventShape}]`,
    expected: `[${SIDE},${SIDE},1]`,
  });
  if (!fits) return false;
  expect.that(
    base === "standardNormal",
    "another base than the standard normal one was saved; what it should scale or shift, an affine layer next to it can do",
    { input: "the base", got: base, expected: "standardNormal([16, 16, 1])" },
  );
  return base === "standardNormal";
}

async function isDensity(learner: Asked, y: readonly number[], expect: Expect): Promise<boolean> {
  const { own, exact, finite } = await determinants(learner, y);
  expect.that(
    finite,
    "the flow maps a new face to numbers that are not finite: its layers stretch too much",
    {
      input: "a face that was drawn just now",
    },
  );
  if (!finite) return false;
  // Rounding adds to differences: where a map is too flat for float32 they give more, and to nobody's advantage.
  const agrees = bitsOf(exact - own) <= AGREE;
  expect.that(
    agrees,
    "the log-determinant of the layers is above that of the map from pixels to z, as float32 computes it: somewhere in it pixels are rounded until they are equal, by a large shift or a tiny scale",
    {
      input: "log |det ∂z/∂y| of a new face, in nats",
      got: own,
      expected: `by differences ${exact.toFixed(1)}`,
    },
  );
  return agrees;
}

/** Bits per dimension of a few faces put to the flow in another way. @param width Of a level. */
export async function bitsIf(learner: Asked, random: Random, put: Spread, width: number): Promise<number> {
  const all = await logDensities(learner, noisy(drawFaces(random, 20), random, put));
  return bitsOf(meanOf(all)) - Math.log2(width);
}
