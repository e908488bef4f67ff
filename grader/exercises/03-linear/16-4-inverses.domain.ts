import { type Domain, wellConditioned } from "../../domain/domain.ts";
import { fn, matrix, number } from "../../harness/kinds.ts";
import { inverse, type Matrix } from "../../oracle/matrices.ts";
import type { Random } from "../../random.ts";

export interface Matrices {
  /** Diagonal: one negative number, and a 1. */
  readonly omega1: Matrix;
  /** Lower triangular, with a positive diagonal. */
  readonly omega2: Matrix;
}

export const TEXTBOOK: Matrices = {
  omega1: [
    [2, 0, 0, 0],
    [0, -5, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 2],
  ],
  omega2: [
    [1, 0, 0, 0],
    [2, 4, 0, 0],
    [1, -1, 2, 0],
    [4, -2, -2, 1],
  ],
};

/** With them the inverse has halves, quarters and eighths, or tenths. */
const DIAGONALS = [
  [1, 4, 2, 1],
  [1, 2, 2, 2],
  [1, 2, 4, 2],
  [1, 2, 5, 1],
];

const pick = <A>(random: Random, list: readonly A[]): A => list[random.integer(list.length)] as A;

function shuffle<A>(random: Random, list: readonly A[]): A[] {
  const left = [...list];
  return list.map(() => left.splice(random.integer(left.length), 1)[0] as A);
}

/** Small whole numbers. Below the diagonal nothing is 0, neither in Ω₂ nor in its inverse, as every slip has to show. */
export function drawMatrices(random: Random): Matrices {
  for (;;) {
    const [a, b, c] = [2 + random.integer(5), 3 + random.integer(6), 2 + random.integer(5)];
    const omega1 = diagonal(shuffle(random, [a, -b, 1, c]));
    const diagonal2 = shuffle(random, pick(random, DIAGONALS));
    const omega2 = diagonal(diagonal2).map((row, i) =>
      row.map((value, j) => (j < i ? pick(random, [-4, -3, -2, -1, 1, 2, 3, 4]) : value)),
    );
    if (inverse(omega2).every((row, i) => row.slice(0, i).every((value) => Math.abs(value) > 1e-9)))
      return { omega1, omega2 };
  }
}

const diagonal = (values: readonly number[]): number[][] =>
  values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));

/** Nothing is given, so that only one thing can be asked; what a machine computed has zeros that are off by a rounding. */
export const byHand: Domain<readonly []> = {
  regions: { "worked out by hand": { draw: (): readonly [] => [], place: () => 0, points: 1 } },
  allows: (answer) => answer.map((value) => 1e-9 * Math.abs(value) + 1e-12),
  float32: wellConditioned,
};

export const signatures = {
  inverse1: fn([], matrix),
  determinant1: fn([], number),
  inverse2: fn([], matrix),
  determinant2: fn([], number),
};
