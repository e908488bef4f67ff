/** What is wrong with weights that do not fit, and with a log-density that is not that of its weights, in words. */

import { valueText } from "../../grading/transcript.ts";
import {
  conditionerOf,
  iafLogDensity,
  latentOf,
  logNormal,
  mafLogDensity,
  type Parts,
  RIGHT,
  recoverOf,
} from "./autoregression.affine.ts";
import { startOf } from "./train.descent.ts";
import { D, logDensityOf, lossOf, meanOf, NAMES, type Steers } from "./train.source.ts";

/** Mean of z² by weights that fit: 1, but for what 200 rows leave open. */
const SQUEEZED = 0.6;

/** What weights tell of the training; of the most telling first. */
export function findSlip(parts: Parts, steers: Steers, heldOut: readonly number[][], limit: number): string {
  const [A, , M] = parts;
  const below = (rows: Parts[0]) => rows.flatMap((row, i) => row.slice(0, i));
  const isStill = (rows: Parts[0]) => below(rows).every((w) => Math.abs(w) < 1e-6);
  if (isStill(A) && isStill(M)) return ": no weight below the diagonal of A or M has moved, nothing steers";
  if (isStill(A)) return ": the weights of A have not moved, so that no scale is steered";
  if (isStill(M)) return ": the weights of M have not moved, so that no shift is steered";
  const other = steers === "x" ? "z" : "x";
  if (lossOf(parts, heldOut, other) <= limit)
    return `: read as those of ${NAMES[other]} these weights would fit. ${steers === "x" ? "In a MAF x steers" : "In an IAF z steers"}`;
  const scales = heldOut.flatMap((x) => conditionerOf(parts, steers === "x" ? x : recoverOf(parts, x)).alpha);
  if (scales.filter((alpha) => alpha > 0.95).length > 0.9 * scales.length)
    return ": nearly all log-scales are at 1, the upper end of tanh. Is the sum of the α in the loss?";
  const spread = meanOf(
    heldOut.flatMap((x) => (steers === "x" ? latentOf(parts, x) : recoverOf(parts, x)).map((v) => v * v)),
  );
  if (spread < SQUEEZED)
    return `: the mean of z² is ${valueText(spread)} where a standard normal has 1, so the scales are too large. Is the sum of the α in the loss?`;
  if (lossOf(parts, heldOut, steers) > lossOf(startOf(heldOut), heldOut, steers))
    return ": that is worse than each number's own mean and deviation, with nothing steered. Has your loss risen, or is what falls another loss?";
  return "";
}

/** The log-density if what stands on the diagonals counted, too. */
function withOwnNumber(parts: Parts, x: readonly number[], steers: Steers): number {
  const steering = { ...RIGHT, sees: (i: number, j: number) => j <= i };
  return steers === "x"
    ? mafLogDensity(parts, x, steering)
    : iafLogDensity(parts, recoverOf(parts, x, steering), steering);
}

/** What a log-density is instead, in words. */
export function slipOf(parts: Parts, x: readonly number[], steers: Steers, own: number): string {
  const right = logDensityOf(parts, x, steers);
  const base = logNormal(steers === "x" ? latentOf(parts, x) : recoverOf(parts, x));
  const is = (value: number): boolean => Math.abs(own - value) < 5e-3;
  const other = steers === "x" ? "z" : "x";
  if (is(base)) return "your logDensity is that of z alone: minus the sum of the α belongs to it";
  if (is(2 * base - right)) return "the α count in your logDensity with the wrong sign";
  if (is(right + (D / 2) * Math.log(2 * Math.PI)))
    return "your logDensity lacks −½ log 2π for each of the numbers";
  if (is(right + ((D - 1) / 2) * Math.log(2 * Math.PI)))
    return "your logDensity has −½ log 2π once; each of the numbers has its own";
  if (is(Math.exp(right))) return "your logDensity is the density; asked for is its logarithm, in nats";
  if (is(withOwnNumber(parts, x, steers)))
    return "in your logDensity each number steers itself, too; only those before it count, j < i";
  if (is(logDensityOf(parts, x, other)))
    return `your logDensity is that of ${NAMES[other]} with these weights, and ${steers} was to steer`;
  return "the log-density is not that of the weights that weights() gives";
}
