/** Roots of increasing functions, for judging inverses. */

/**
 * The z with f(z) = x to the last bit, for an increasing f that takes every real value.
 *
 * @throws RangeError if no finite z has that image.
 */
export function increasingInverse(f: (z: number) => number, x: number): number {
  let [low, high] = [-1, 1];
  while (f(low) > x) low *= 2;
  while (f(high) < x) high *= 2;
  if (!Number.isFinite(low) || !Number.isFinite(high))
    throw new RangeError(`increasingInverse: no z has the image ${x}`);
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) return Math.abs(f(low) - x) < Math.abs(f(high) - x) ? low : high;
    if (f(middle) < x) low = middle;
    else high = middle;
  }
}
