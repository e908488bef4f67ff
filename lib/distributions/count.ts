/**
 * Checks a number of events that are to be drawn.
 *
 * @throws RangeError if it is no whole number ≥ 0.
 */
export function checkCount(count: number): void {
  if (Number.isInteger(count) && count >= 0) return;
  throw new RangeError(`expected a count ≥ 0 of events, a whole number; got ${count}`);
}
