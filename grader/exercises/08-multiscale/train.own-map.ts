/** What is right of a multiscale flow by its own map, however it was trained: it goes both ways, and the density is its own. */

import type { Expect } from "../../grading/expect.ts";
import { judgeEachAlone } from "../../grading/fitted/each-alone.ts";
import type { Question } from "../../grading/fitted/in-turn.ts";
import type { Plain } from "../../harness/kinds.ts";
import { jacobianBy, limitOf, type PointMap, squareOf } from "../../oracle/differences.ts";
import { logAbsDeterminant } from "../../oracle/matrices.ts";
import { logNormal, PIXELS, type signatures } from "./train.domain.ts";

export type Fitted = Plain<(typeof signatures)["fitMultiscale"]["returns"]>;

/** Nats: what differences of float32 numbers leave of 64 logarithms. */
export const AGREE = 0.1;
/** Of a picture, and of a number of the base, which moves a pixel by a hundredth of that. */
export const STEP = 1e-3;
const STEP_BACK = 0.02;
/** float32 tensors of another shape may add in another order; of thousands of nats, which noise has, that leaves more. */
export const ALONE = { absolute: 1e-3, relative: 1e-5 };
/** Of z after forward and inverse: float32 leaves some 1e-6 of a difference, and dividing by its deviation enlarges that a hundredfold. */
const BACK = 5e-3;

const logSize = (entries: readonly number[]): number => logAbsDeterminant(squareOf(entries, PIXELS));

/** The learner's log-density of a picture, beside the parts of what it should be; undefined if differences do not tell. */
export async function compare(fitted: Fitted, x: number[]): Promise<Compared | undefined> {
  const z = await fitted.inverse(x);
  return beside(fitted, x, z, await slopesOf(fitted.inverse, x, STEP));
}

/** The same by the slopes of forward: at the end of [0, 1) nobody has promised anything of what lies beyond. */
async function compareBack(fitted: Fitted, x: number[]): Promise<Compared | undefined> {
  const z = await fitted.inverse(x);
  const slopes = await slopesOf(fitted.forward, z, STEP_BACK);
  return beside(fitted, x, z, slopes === undefined ? undefined : -slopes);
}

interface Compared {
  readonly own: number;
  readonly base: number;
  readonly logDet: number;
  readonly difference: number;
}

async function beside(
  { logDensity }: Fitted,
  x: number[],
  z: readonly number[],
  logDet: number | undefined,
): Promise<Compared | undefined> {
  if (logDet === undefined) return undefined;
  const [own] = await logDensity([x]);
  const base = logNormal(z);
  return { own, base, logDet, difference: own - base - logDet };
}

/** log |det| of a map of pictures; NaN if it gives something else. */
async function slopesOf(map: PointMap, at: number[], step: number): Promise<number | undefined> {
  if (at.length !== PIXELS) return Number.NaN;
  const by = async (size: number) => (await jacobianBy(map, at, size)).flat();
  // A determinant of that size is dear: the last one is that of the limit.
  let last = Number.NaN;
  const of = (entries: readonly number[]) => {
    last = entries.length === PIXELS * PIXELS ? logSize(entries) : Number.NaN;
    return last;
  };
  return (await limitOf({ by, of }, step, AGREE / 2)) && last;
}

/** The same of the first of a few pictures where differences tell. */
export async function compareOne(
  fitted: Fitted,
  pictures: readonly number[][],
): Promise<Compared | undefined> {
  for (const x of pictures) {
    const compared = await compare(fitted, x);
    if (compared) return compared;
  }
  return undefined;
}

/** What the log-density is instead, in words. */
export function slipOf({ own, base, logDet }: Compared): string {
  const is = (value: number): boolean => Math.abs(own - value) < AGREE;
  if (is(base)) return "your logDensity is that of z alone: log |det ∂z/∂x| is missing";
  if (is(base - logDet))
    return "your logDensity has log |det| with the wrong sign: from x to z it is minus the sum of the logarithms of the scales";
  if (is(base + logDet + (PIXELS / 2) * Math.log(2 * Math.PI)))
    return "your logDensity lacks −½ log 2π for each of the 64 latents";
  return "the log-density is not that of the map: this difference should be 0";
}

/** One of each method. */
export const questionsAt = (list: number[][], z: number[]): Record<keyof Fitted, Question<Fitted>> => ({
  forward: { input: "forward of 64 normal numbers", ask: ({ forward }) => forward(z) },
  inverse: { input: "inverse of a new picture", ask: ({ inverse }) => inverse(list[0]) },
  logDensity: {
    input: `logDensity of ${list.length} new pictures`,
    ask: ({ logDensity }) => logDensity(list),
  },
});

/** From pictures and back, and from numbers of the base. */
export async function judgeBothWays(
  expect: Expect,
  { forward, inverse }: Fitted,
  pictures: readonly number[][],
  latents: readonly number[][],
): Promise<void> {
  for (const x of pictures)
    expect.close(await forward(await inverse(x)), x, {
      absolute: 1e-3,
      relative: 0,
      message: "forward(inverse(x)) is not x",
      input: "forward(inverse(x)) of a new picture",
    });
  for (const z of latents)
    expect.close(await inverse(await forward(z)), z, {
      absolute: BACK,
      relative: 0,
      message: "inverse(forward(z)) is not z",
      input: "inverse(forward(z)) of 64 numbers",
    });
}

/** Each log-density of a list is that of its picture alone; and that of noise belongs to the map. */
export async function judgeList(expect: Expect, fitted: Fitted, list: number[][]): Promise<void> {
  await judgeEachAlone<number[]>(expect, {
    list,
    ask: (pictures) => fitted.logDensity(pictures),
    name: "logDensity",
    answer: "log-density",
    one: "picture",
    several: "pictures",
    text: () => "this picture",
    tolerance: ALONE,
  });
  const noise = list.find((x) => x.includes(0));
  const compared = noise && (await compareBack(fitted, noise));
  if (compared)
    expect.close(compared.difference, 0, {
      absolute: AGREE + ALONE.relative * Math.abs(compared.own),
      relative: 0,
      input:
        "logDensity of noise with black pixels, less log Pr(z) + log |det| by the slopes of your forward",
      message: slipOf(compared),
    });
}
