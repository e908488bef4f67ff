import { aFinite, aSize, checkKind, demand } from "../ground/arguments/kinds.ts";
/**
 * Evenly spaced numbers from `low` to `high`, both included.
 *
 * @param count How many, at least two.
 * @throws RangeError if `count` is no such whole number.
 */
export function linspace(low: number, high: number, count: number): number[] {
  checkKind("linspace", "low", low, demand(aFinite));
  checkKind("linspace", "high", high, demand(aFinite));
  if (!Number.isInteger(count) || count < 2) {
    throw new RangeError(
      `linspace: expected count as a whole number from 2 on, for the two ends; got ${count}`,
    );
  }
  checkKind("linspace", "count", count, aSize);
  return Array.from({ length: count }, (_, index) => low + ((high - low) * index) / (count - 1));
}
