/** @throws RangeError if it is no whole number from 1. */
export function checkDimensions(name: string, dimensions: number): void {
  if (Number.isInteger(dimensions) && dimensions >= 1) return;
  throw new RangeError(`${name}: expected dimensions ≥ 1, a whole number; got ${dimensions}`);
}
