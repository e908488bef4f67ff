/** The solution of f(x) = target between two bounds, for an increasing f, to the last bit or two. */
export function bisect(f: (x: number) => number, target: number, low: number, high: number): number {
  let [left, right] = [low, high];
  for (;;) {
    const middle = left + (right - left) / 2;
    if (middle <= left || middle >= right) return middle;
    if (f(middle) < target) left = middle;
    else right = middle;
  }
}
