/** What is wrong with the log-density of a trained residual flow, told by the way that its points take. */

import { valueText } from "../../grading/transcript.ts";
import type { Learner, Plain } from "../../harness/kinds.ts";
import { jacobianBy, limitOf, squareOf } from "../../oracle/differences.ts";
import { determinant, inverse as invert, type Matrix, multiply } from "../../oracle/matrices.ts";
import { logNormal, type signatures } from "./train.domain.ts";

export type Asked = Learner<typeof signatures>;
export type Fitted = Plain<(typeof signatures)["fitResidual"]["returns"]>;

const STEP = 0.002;
/** What differences leave of a flow in float32, in nats. */
export const AGREE = 0.02;
const LOG_2PI = Math.log(2 * Math.PI);
const MOST_TERMS = 12;

const logSize = (a: Matrix): number => Math.log(Math.abs(determinant(a)));
const plusIdentity = (a: Matrix): number[][] => a.map((row, i) => row.map((v, j) => v + (i === j ? 1 : 0)));
const sum = (list: readonly number[]): number => list.reduce((all, v) => all + v, 0);

/** A log-density at one point, and what belongs to it. */
interface Compared {
  readonly own: number;
  readonly base: number;
  /** Of the first map, which standardizes; and the Jacobian of each block's f. */
  readonly first: number;
  readonly blocks: readonly Matrix[];
}

/** From the entries of the Jacobians of all points of the way, each row by row. */
function partsOf(entries: readonly number[]): Pick<Compared, "first" | "blocks"> {
  const jacobians = Array.from({ length: entries.length / 4 }, (_, k) =>
    squareOf(entries.slice(4 * k, 4 * k + 4), 2),
  );
  const blocks = jacobians.slice(1).map((after, k) => {
    const change = multiply(after, invert(jacobians[k]));
    return change.map((row, i) => row.map((v, j) => v - (i === j ? 1 : 0)));
  });
  return { first: logSize(jacobians[0] ?? [[Number.NaN]]), blocks };
}

const logDetOf = ({ first, blocks }: Pick<Compared, "first" | "blocks">): number =>
  first + sum(blocks.map((a) => logSize(plusIdentity(a))));

/** Undefined where the way bends too much for differences to tell its slopes. */
async function compare({ path, logDensity }: Fitted, x: number[]): Promise<Compared | undefined> {
  const [own] = await logDensity([x]);
  const way = async (at: number[]) => (await path(at)).flat();
  const by = async (step: number) => (await jacobianBy(way, x, step)).flat();
  const entries = await limitOf({ by, of: (all) => logDetOf(partsOf(all)) }, STEP, AGREE / 2);
  const z = (await path(x)).at(-1) ?? [];
  return entries && { own, base: logNormal(z), ...partsOf(entries) };
}

const rightOf = (compared: Compared): number => compared.base + logDetOf(compared);

/** By how much logDensity differs from the change of variables along the learner's own path; undefined where differences do not tell. */
export async function disagreement(fitted: Fitted, x: number[]): Promise<number | undefined> {
  const compared = await compare(fitted, x);
  return compared && compared.own - rightOf(compared);
}

function seriesOf(a: Matrix, terms: number, weight: (k: number) => number): number {
  let power: Matrix = a;
  let total = 0;
  for (let k = 1; k <= terms; k++) {
    if (k > 1) power = multiply(power, a);
    total += weight(k) * (power[0][0] + power[1][1]);
  }
  return total;
}

const right = (k: number): number => (k % 2 === 1 ? 1 : -1) / k;

interface Slip {
  readonly words: string;
  readonly gives: (compared: Compared) => number;
}

/** What a slip would make of the right log-density; the first that gives the learner's numbers is said. */
const SLIPS: readonly Slip[] = [
  {
    words: "your logDensity is that of z alone: the log-determinants of the blocks are missing",
    gives: ({ base }) => base,
  },
  {
    words:
      "your logDensity has the log-determinants with the wrong sign: your blocks go from x to z, so that + log det(I + A) belongs to it",
    gives: (compared) => 2 * compared.base - rightOf(compared),
  },
  {
    words: "your logDensity lacks the −log 2π of the standard normal base in the plane",
    gives: (compared) => rightOf(compared) + LOG_2PI,
  },
  {
    words: "your logDensity has −½ log 2π once; the base has two numbers, so it is −log 2π",
    gives: (compared) => rightOf(compared) + LOG_2PI / 2,
  },
  {
    words: "your logDensity is the density; asked for is its logarithm, in nats",
    gives: (compared) => Math.exp(rightOf(compared)),
  },
  {
    words:
      "the first map, which standardizes, does not count in your logDensity: minus the logarithms of the deviations belong to it",
    gives: (compared) => rightOf(compared) - compared.first,
  },
  {
    words:
      "your logDensity has log |det A| of the blocks instead of log det(I + A): the block adds f to its input",
    gives: ({ base, first, blocks }) => base + first + sum(blocks.map(logSize)),
  },
  {
    words: "only the last block counts in your logDensity; the log-determinants of all blocks are added",
    gives: ({ base, first, blocks }) =>
      base + first + (blocks.length > 0 ? logSize(plusIdentity(blocks[blocks.length - 1])) : 0),
  },
  ...Array.from({ length: MOST_TERMS }, (_, i): Slip => {
    const terms = i + 1;
    return {
      words: `your log-determinants are those of ${terms === 1 ? "the first term" : `the first ${terms} terms`} of the series; in the plane the exact one is a 2 × 2 determinant`,
      gives: ({ base, first, blocks }) => base + first + sum(blocks.map((a) => seriesOf(a, terms, right))),
    };
  }),
  ...Array.from({ length: MOST_TERMS - 1 }, (_, i): Slip => {
    const weight = (k: number) => k * right(k);
    return {
      words: "your log-determinants are a series without the 1/k, as 16.22 is printed",
      gives: ({ base, first, blocks }) => base + first + sum(blocks.map((a) => seriesOf(a, i + 2, weight))),
    };
  }),
];

const agrees = (difference: number): boolean => Math.abs(difference) < AGREE;

/** The slip in words, if these points of the data tell one; undefined if nothing is wrong. */
export async function findSlip(fitted: Fitted, points: readonly number[][]): Promise<string | undefined> {
  const compared: Compared[] = [];
  for (const x of points) {
    const one = await compare(fitted, x);
    if (one) compared.push(one);
  }
  if (2 * compared.length < points.length)
    return "the slopes of your path cannot be told by differences: from one step to half of it log |det| moves. Does it jump, or answer otherwise each time?";
  const differences = compared.map((one) => one.own - rightOf(one));
  if (differences.every(agrees)) return undefined;
  const slip = SLIPS.find(({ gives }) => compared.every((one) => agrees(one.own - gives(one))));
  return (
    slip?.words ??
    `your logDensity is not that of your own path: at one point it is ${valueText(differences[0])} nats from log Pr(z) + log |det|, the determinant by differences`
  );
}
