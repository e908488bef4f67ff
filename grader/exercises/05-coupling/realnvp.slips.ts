/** What is wrong with a log-density, told by the map that it should belong to: no two trained flows are alike, but slips are. */

import { valueText } from "../../grading/transcript.ts";
import type { Learner, Plain } from "../../harness/kinds.ts";
import { jacobianBy, limitOf, type PointMap, squareOf } from "../../oracle/differences.ts";
import { logAbsDeterminant } from "../../oracle/matrices.ts";
import { logNormal, type signatures } from "./realnvp.domain.ts";

export type Fitted = Plain<(typeof signatures)["fitRealNVP"]["returns"]>;
export type Asked = Learner<typeof signatures>;

const STEP = 0.002;
/** What differences leave of a flow in float32, in nats. */
export const AGREE = 0.05;
const LOG_2PI = Math.log(2 * Math.PI);

/** A log-density at one point, and what the change of variables of the same flow says there. */
interface Compared {
  readonly own: number;
  readonly base: number;
  readonly logDet: number;
}

/** The Jacobian's entries, row by row. */
const logSize = (entries: readonly number[]): number => logAbsDeterminant(squareOf(entries, 2));

/** Undefined where the map bends too much for differences to tell its slope. */
async function compare({ logDensity }: Fitted, toBase: PointMap, x: number[]): Promise<Compared | undefined> {
  const [own] = await logDensity([x]);
  const by = async (step: number) => (await jacobianBy(toBase, x, step)).flat();
  const jacobian = await limitOf({ by, of: logSize }, STEP, AGREE / 2);
  return jacobian && { own, base: logNormal(await toBase(x)), logDet: logSize(jacobian) };
}

/** Of so many points those of which differences tell the slope. */
async function compareAll(
  fitted: Fitted,
  toBase: PointMap,
  points: readonly number[][],
): Promise<Compared[]> {
  const all: Compared[] = [];
  for (const x of points) {
    const compared = await compare(fitted, toBase, x);
    if (compared) all.push(compared);
  }
  return all;
}

const differenceOf = ({ own, base, logDet }: Compared): number => own - base - logDet;

/** By how much logDensity differs from the change of variables of the learner's own inverse; undefined where differences do not tell. */
export async function disagreement(fitted: Fitted, x: number[]): Promise<number | undefined> {
  const compared = await compare(fitted, fitted.inverse, x);
  return compared && differenceOf(compared);
}

/** What a slip would make of the right log-density; the first that gives the learner's numbers is said. */
const SLIPS: readonly { readonly words: string; readonly gives: (right: Compared) => number }[] = [
  {
    words: "your logDensity is that of z alone: log |det ∂z/∂x| is missing",
    gives: ({ base }) => base,
  },
  {
    words:
      "your logDensity has log |det| with the wrong sign: from x to z it is minus the sum of the s, and minus the logarithms of the deviations",
    gives: ({ base, logDet }) => base - logDet,
  },
  {
    words: "your logDensity lacks the −log 2π of the standard normal base in the plane",
    gives: ({ base, logDet }) => base + LOG_2PI + logDet,
  },
  {
    words: "your logDensity has −½ log 2π once; the base has two numbers, so it is −log 2π",
    gives: ({ base, logDet }) => base + LOG_2PI / 2 + logDet,
  },
  {
    words: "your logDensity is the density; asked for is its logarithm, in nats",
    gives: ({ base, logDet }) => Math.exp(base + logDet),
  },
];

/** The same but for one number, such as what standardizing adds. */
const SLIPS_BESIDES: readonly {
  words(difference: number): string;
  readonly gives: (right: Compared) => number;
}[] = [
  {
    words: (difference) =>
      `your logDensity differs from that of your own map by ${valueText(difference)} nats at every point: a scale that is the same everywhere does not count in it. Have you standardized the data? Then minus the logarithms of the deviations belong to it`,
    gives: ({ base, logDet }) => base + logDet,
  },
  {
    words: () => "the s of your couplings do not count in your logDensity: minus their sum belongs to it",
    gives: ({ base }) => base,
  },
  {
    words: () =>
      "the s of your couplings count in your logDensity with the wrong sign: from x to z each coupling divides by exp(s), so its part is −s",
    gives: ({ base, logDet }) => base - logDet,
  },
];

const agrees = (difference: number): boolean => Math.abs(difference) < AGREE;

/** The slip in words, if these points of the data tell one. */
export async function findSlip(fitted: Fitted, points: readonly number[][]): Promise<string | undefined> {
  const compared = await compareAll(fitted, fitted.inverse, points);
  if (compared.every((one) => agrees(differenceOf(one)))) return undefined;
  for (const { words, gives } of SLIPS)
    if (compared.every((one) => agrees(one.own - gives(one)))) return words;
  for (const { words, gives } of SLIPS_BESIDES) {
    const left = compared.map((one) => one.own - gives(one));
    if (left.every((difference) => agrees(difference - left[0]))) return words(left[0]);
  }
  const turned = await compareAll(fitted, fitted.forward, points);
  if (turned.length > 0 && turned.every((one) => agrees(differenceOf(one))))
    return "your forward takes x to z, and your inverse z to x: they are exchanged. Forward generates";
  return undefined;
}
