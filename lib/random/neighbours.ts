/** The largest number in double precision below a finite one. */
export function doubleBelow(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  const number = Float64Array.of(value);
  const bits = new BigInt64Array(number.buffer);
  bits[0] -= value > 0 ? 1n : -1n;
  return number[0];
}

/** The largest float32 number below a number. */
export function float32Below(value: number): number {
  const nearest = Math.fround(value);
  return nearest < value ? nearest : neighbour(nearest, -1);
}

/** The smallest float32 number that is not below a number. */
export function float32From(value: number): number {
  const nearest = Math.fround(value);
  return nearest >= value ? nearest : neighbour(nearest, 1);
}

/** The next float32 number down or up. Numbers are ordered as their bits are, negative ones the other way round. */
function neighbour(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * 2 ** -149;
  const number = Float32Array.of(value);
  const bits = new Int32Array(number.buffer);
  bits[0] += value > 0 ? direction : -direction;
  return number[0];
}
