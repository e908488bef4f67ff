import { checkOptions } from "../../ground/arguments/check-options.ts";
import { aFunction, aNumber, checkKind, demand } from "../../ground/arguments/kinds.ts";
import { NoInverseError } from "../../ground/errors.ts";
import type { Solution } from "../bijection.ts";

/** An increasing function of one variable and its slope, in double precision. */
export type Increasing = (x: number) => { value: number; slope: number };

/** Two bounds of a solution, each of which may be the solution. */
export interface Bracket {
  readonly low: number;
  readonly high: number;
}

/** After so many steps, more than any bracket of ordinary size takes, the ends of the bracket are tried first. */
const PATIENCE = 64;

/**
 * Solves g(x) = target for an increasing g between two bounds: Newton steps, but halving the bracket whenever a step
 * would leave it or the last one has not halved the residual. An end of the bracket is tried once it has closed in on it.
 *
 * @param bracket Where the solution lies, the ends included: g(low) ≤ target ≤ g(high).
 * @param minimalSlope A positive lower bound of g′: |g(x) − target| / minimalSlope then bounds the distance to the
 *   true solution, and the iteration stops when that, or the bracket, is below `tolerance`·max(1, |x|).
 * @returns x, |g(x) − target|, and a proven bound of the distance to the true solution.
 * @throws RangeError if the minimal slope is negative.
 * @throws NoInverseError if an end of the bracket is not finite, the target is not between g(low) and g(high), or no tolerance is met in 200 iterations.
 */
export function solveIncreasing(
  g: Increasing,
  target: number,
  bracket: Bracket,
  minimalSlope: number,
  tolerance = 1e-12,
): { x: number } & Solution {
  checkKind("solveIncreasing", "g", g, demand(aFunction));
  checkKind("solveIncreasing", "the target", target, demand(aNumber));
  checkOptions("solveIncreasing", bracket, "solveIncreasing(g, 0.5, { low: 0, high: 1 }, 1)", {
    low: demand(aNumber),
    high: demand(aNumber),
  });
  checkKind("solveIncreasing", "the minimal slope", minimalSlope, demand(aNumber));
  checkKind("solveIncreasing", "the tolerance", tolerance, aNumber);
  if (!(minimalSlope >= 0)) {
    throw new RangeError(`solveIncreasing: expected a minimal slope that is positive; got ${minimalSlope}`);
  }
  let { low, high } = bracket;
  // With an infinite end any number would lie within the tolerance.
  if (!(Number.isFinite(low) && Number.isFinite(high))) {
    throw new NoInverseError(
      `solveIncreasing: expected finite ends of the bracket for the target ${target}; got ${low} and ${high}`,
    );
  }
  // The bracket proves something only if both of its ends have been tried.
  let [lowTried, highTried] = [false, false];
  let x = (low + high) / 2;
  let previous = Infinity;
  for (let iterations = 1; iterations <= 200; iterations++) {
    const { value, slope } = g(x);
    const residual = value - target;
    if (residual > 0) [high, highTried] = [x, true];
    else [low, lowTried] = [x, true];
    const enclosed = lowTried && highTried;
    const byResidual = Math.abs(residual) / minimalSlope;
    const limit = tolerance * Math.max(1, Math.abs(x));
    if (byResidual <= limit || (high - low <= limit && enclosed)) {
      return {
        x,
        iterations,
        residual: Math.abs(residual),
        errorBound: enclosed ? Math.min(byResidual, high - low) : byResidual,
      };
    }
    const beyond = (x === bracket.low && residual > 0) || (x === bracket.high && residual < 0);
    if (beyond || Number.isNaN(residual)) break;
    const newton = x - residual / slope;
    const converging = Math.abs(residual) < previous / 2;
    previous = Math.abs(residual);
    if (!enclosed && (high - low <= limit || iterations === PATIENCE)) {
      x = lowTried ? bracket.high : bracket.low;
    } else x = converging && newton > low && newton < high ? newton : (low + high) / 2;
  }
  throw new NoInverseError(
    `solveIncreasing: expected an increasing g that is ${target} between ${bracket.low} and ${bracket.high}; found no such x`,
  );
}
