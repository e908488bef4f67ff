import { pointwise, type ToyDensity } from "./toy-density.ts";

const isDark = (column: number, row: number) => (column + row) % 2 === 0;

/**
 * Uniform on the eight dark squares of a 4 × 4 board over [−4, 4)²: every edge is a jump of the density.
 *
 * log p(x) = −log 32 on dark squares, −∞ elsewhere; entropy log 32 nats.
 *
 * @see Grathwohl, Chen, Bettencourt, Sutskever, Duvenaud 2018, "FFJORD", arXiv:1810.01367 (the set "checkerboard" of
 *   its code).
 */
export const checkerboard: ToyDensity = {
  name: "checkerboard",
  dimension: 2,
  range: [
    [-4.2, 4.2],
    [-4.2, 4.2],
  ],
  sample: pointwise(2, (random) => {
    const [square] = random.integers(1, 0, 8);
    const row = Math.floor(square / 2);
    const column = 2 * (square % 2) + (row % 2);
    const [x, y] = random.uniform(2);
    // A hair inside, so that rounding to float32 does not leave the square.
    const inside = (start: number, u: number) => 2 * (start - 2) + 2 * Math.min(Math.max(u, 1e-6), 1 - 1e-6);
    return [inside(column, x), inside(row, y)];
  }),
  logProb: ([x, y]) => {
    const [column, row] = [Math.floor(x / 2) + 2, Math.floor(y / 2) + 2];
    const onBoard = column >= 0 && column < 4 && row >= 0 && row < 4;
    return onBoard && isDark(column, row) ? -Math.log(32) : -Infinity;
  },
  entropy: Math.log(32),
};
