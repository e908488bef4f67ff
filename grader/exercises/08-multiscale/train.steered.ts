/** Multiscale flows of 8 × 8 pictures that are fitted by least squares: what wrong answers and the stand-in are made of. */

import type { Implementation } from "../../harness/kinds.ts";
import { logNormal, meanOf, type signatures } from "./train.domain.ts";

type Program = Implementation<typeof signatures>;
export type Fitted = ReturnType<Program["fitMultiscale"]> extends infer F ? Awaited<F> : never;
type Numbers = readonly number[];

const HAAR = [
  [1, 1, 1, 1],
  [1, -1, 1, -1],
  [1, 1, -1, -1],
  [1, -1, -1, 1],
].map((row) => row.map((v) => v / 2));
const mix = (four: Numbers): number[] => HAAR.map((row) => row.reduce((sum, w, j) => sum + w * four[j], 0));

/** Places of the four pixels of a block in a picture of this side. */
function corners(block: number, side: number): number[] {
  const at = 2 * side * Math.floor((2 * block) / side) + ((2 * block) % side);
  return [at, at + 1, at + side, at + side + 1];
}

/** A level: the first channels, a picture of half the side, and three differences for each block. */
interface Cut {
  readonly coarse: number[];
  readonly details: number[][];
}

/** From the finest level to the coarsest, whose first channel is one number. */
function cut(picture: Numbers): Cut[] {
  const cuts: Cut[] = [];
  for (let fine = picture; fine.length > 1; fine = (cuts.at(-1) as Cut).coarse) {
    const side = Math.sqrt(fine.length);
    const channels = Array.from({ length: fine.length / 4 }, (_, n) =>
      mix(corners(n, side).map((at) => fine[at])),
    );
    cuts.push({ coarse: channels.map(([y]) => y), details: channels.map((y) => y.slice(1)) });
  }
  return cuts;
}

/** Solves the normal equations of a sum of squares, held by a small ridge where data are few. */
function leastSquares(rows: readonly Numbers[], values: Numbers): number[] {
  const size = rows[0].length;
  const system = Array.from({ length: size }, () => new Array<number>(size + 1).fill(0));
  for (const [n, row] of rows.entries())
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) system[i][j] += row[i] * row[j];
      system[i][size] += row[i] * values[n];
    }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) system[j][i] = system[i][j];
    system[i][i] += 0.01;
  }
  for (let k = 0; k < size; k++) {
    for (let i = k + 1; i < size; i++) {
      const factor = system[i][k] / system[k][k];
      for (let j = k; j <= size; j++) system[i][j] -= factor * system[k][j];
    }
  }
  const weights = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    const known = weights.reduce((sum, w, j) => (j > i ? sum + system[i][j] * w : sum), 0);
    weights[i] = (system[i][size] - known) / system[i][i];
  }
  return weights;
}

/** Places of the coarse numbers that are seen from each block of a picture of this side. */
function nearPlaces(side: number, radius: number): number[][] {
  const places = Array.from({ length: side * side }, (_, at) => at);
  const apart = (a: number, b: number): number =>
    Math.max(Math.abs(Math.floor(a / side) - Math.floor(b / side)), Math.abs((a % side) - (b % side)));
  return places.map((block) => places.filter((at) => apart(at, block) <= radius));
}

/** What the density may be made of. */
export type Density = (base: number, logDet: number) => number;

/**
 * Each difference is normal around a linear function of what stays, with one deviation: affine couplings, fitted by
 * least squares.
 *
 * @param how.radius How far the coarse numbers are seen; below 0 nothing steers.
 */
export function fitLevels(
  pictures: readonly Numbers[],
  how: { radius?: number; density?: Density; order?: (z: number[]) => number[] } = {},
): Fitted {
  const { radius = 1, density = (base, logDet) => base + logDet, order = (z) => z } = how;
  const data = pictures.map(cut);
  const near = data[0].map(({ coarse }) => nearPlaces(Math.sqrt(coarse.length), radius));
  /** What steers a difference: 1, the coarse numbers that are near, and the differences of its block before it. */
  const look = (level: number, coarse: Numbers, before: Numbers, block: number): number[] =>
    radius < 0 ? [1] : [1, ...near[level][block].map((at) => coarse[at]), ...before];
  const deviation = (left: Numbers): number => Math.sqrt(meanOf(left.map((v) => v * v)));
  const laws = data[0].map(({ details }, level) =>
    details.map((channels, block) =>
      channels.map((_, k) => {
        const rows = data.map((one) =>
          look(level, one[level].coarse, one[level].details[block].slice(0, k), block),
        );
        const values = data.map((one) => one[level].details[block][k]);
        const weights = leastSquares(rows, values);
        const left = values.map((v, n) => v - rows[n].reduce((sum, f, i) => sum + f * weights[i], 0));
        return { weights, scale: deviation(left) };
      }),
    ),
  );
  const tops = data.map((one) => (one.at(-1) as Cut).coarse[0]);
  const top = { mean: meanOf(tops), scale: deviation(tops.map((v) => v - meanOf(tops))) };
  const logDet = -laws.flat(2).reduce((sum, { scale }) => sum + Math.log(scale), Math.log(top.scale));
  const middle = (weights: Numbers, seen: Numbers) => seen.reduce((sum, f, i) => sum + f * weights[i], 0);

  const inverse = (x: Numbers): number[] => {
    const cuts = cut(x);
    const z = cuts.flatMap(({ coarse, details }, level) =>
      details.flatMap((channels, block) =>
        channels.map((v, k) => {
          const { weights, scale } = laws[level][block][k];
          return (v - middle(weights, look(level, coarse, channels.slice(0, k), block))) / scale;
        }),
      ),
    );
    return [...z, ((cuts.at(-1) as Cut).coarse[0] - top.mean) / top.scale];
  };
  return {
    inverse,
    forward(latents) {
      const z = order([...latents]);
      let coarse = [z[z.length - 1] * top.scale + top.mean];
      let end = z.length - 1;
      for (let level = laws.length - 1; level >= 0; level--) {
        const start = end - 3 * coarse.length;
        const side = 2 * Math.sqrt(coarse.length);
        const fine = new Array<number>(4 * coarse.length).fill(0);
        for (const [block, first] of coarse.entries()) {
          const channels: number[] = [];
          for (const [k, { weights, scale }] of laws[level][block].entries())
            channels.push(
              middle(weights, look(level, coarse, channels, block)) + scale * z[start + 3 * block + k],
            );
          for (const [j, v] of mix([first, ...channels]).entries()) fine[corners(block, side)[j]] = v;
        }
        coarse = fine;
        end = start;
      }
      return coarse;
    },
    logDensity: (rows) => rows.map((x) => density(logNormal(inverse(x)), logDet)),
  };
}
