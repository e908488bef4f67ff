/** z₀ and what the map makes of it, again and again: count + 1 numbers. */
export function iterates(f: (z: number) => number, start: number, count: number): number[] {
  // BEGIN SOLUTION
  const list = [start];
  while (list.length <= count) list.push(f(list[list.length - 1]));
  return list;
  // END SOLUTION
}

/** Iterates until a step changes z by no more than the tolerance, or so many steps are taken. */
export function fixedPoint(
  f: (z: number) => number,
  start: number,
  tolerance: number,
  most: number,
): { z: number; change: number; steps: number } {
  // BEGIN SOLUTION
  let z = start;
  let change = Infinity;
  let steps = 0;
  while (change > tolerance && steps < most) {
    const next = f(z);
    change = Math.abs(next - z);
    z = next;
    steps += 1;
  }
  return { z, change, steps };
  // END SOLUTION
}

/** The smallest k with slopeᵏ · distance ≤ tolerance. */
export function stepsNeeded(slope: number, distance: number, tolerance: number): number {
  // BEGIN SOLUTION
  if (distance <= tolerance) return 0;
  return Math.ceil(Math.log(tolerance / distance) / Math.log(slope));
  // END SOLUTION
}
