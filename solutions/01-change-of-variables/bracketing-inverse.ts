/** The z with forward(z) = x, for a continuous increasing function that takes every real value. */
export function invert(forward: (z: number) => number, x: number): number {
  // BEGIN SOLUTION
  let low = -1;
  let high = 1;
  while (forward(low) > x) low *= 2;
  while (forward(high) < x) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    // Between neighbouring floating-point numbers there is nothing left to halve.
    if (middle === low || middle === high || high - low < 1e-12) return middle;
    if (forward(middle) < x) low = middle;
    else high = middle;
  }
  // END SOLUTION
}
