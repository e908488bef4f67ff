/** The numbers of 16.2 as its statement, hints and explanations write them. */

import { endOf, isTextbook, type Sigmoid } from "./16-2-sigmoid.domain.ts";

/** `f(z)` */
export function texForward(of: Sigmoid): string {
  const { low, width } = of;
  return `${low === 0 ? "" : `${low} + `}\\frac{${width}}{1 + e^{-z}}`;
}

/** How far x is from the lower end: `x`, or `x + 3`. */
export const texAboveLow = ({ low }: Sigmoid): string => (low === 0 ? "x" : `x + ${-low}`);

/** How far the upper end is from x: `1 - x`. */
export const texBelowEnd = (of: Sigmoid): string => `${endOf(of)} - x`;

/** The slope, by its own value: `x(1 - x)`. */
export const texSlope = (of: Sigmoid): string =>
  isTextbook(of) ? "x(1 - x)" : `(${texAboveLow(of)})(${texBelowEnd(of)})/${of.width}`;
