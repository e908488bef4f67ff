/** Halves [low, high] until `enough` says so. */
export function bisect(
  f: (z: number) => number,
  x: number,
  ends: [number, number],
  enough: (low: number, high: number, middle: number) => boolean,
): number {
  let [low, high] = ends;
  for (let i = 0; i < 2000; i++) {
    const middle = (low + high) / 2;
    if (enough(low, high, middle)) return middle;
    if (f(middle) < x) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Doubles each end of [−1, 1] until x lies between their images. */
export function widen(f: (z: number) => number, x: number): [number, number] {
  let [low, high] = [-1, 1];
  while (f(low) > x) low *= 2;
  while (f(high) < x) high *= 2;
  return [low, high];
}
