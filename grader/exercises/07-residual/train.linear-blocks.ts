/** Residual flows that are fitted without training: linear blocks. What wrong answers about a trained one are made of. */

import type { Implementation } from "../../harness/kinds.ts";
import {
  apply,
  determinant,
  inverse as invert,
  type Matrix,
  multiply,
  transpose,
} from "../../oracle/matrices.ts";
import { diagonalMatrix } from "./contraction.draws.ts";
import { logNormal, meanOf, type signatures } from "./train.domain.ts";

type Program = Implementation<typeof signatures>;
export type Fitted = ReturnType<Program["fitResidual"]> extends infer F ? Awaited<F> : never;

/** A log-density, by that of z, log |det| of the map that standardizes, and the matrices that the blocks add. */
export type Density = (base: number, first: number, blocks: readonly Matrix[]) => number;

const identity: Matrix = diagonalMatrix([1, 1]);
const plus = (a: Matrix, b: Matrix): number[][] => a.map((row, i) => row.map((v, j) => v + b[i][j]));

export const exact: Density = (base, first, blocks) =>
  base + first + blocks.reduce((sum, a) => sum + Math.log(Math.abs(determinant(plus(identity, a)))), 0);

/** The power of a symmetric positive matrix, by its eigenvectors. */
function power([[a, b], [, d]]: Matrix, exponent: number): number[][] {
  const angle = Math.atan2(2 * b, a - d) / 2;
  const turn = [
    [Math.cos(angle), -Math.sin(angle)],
    [Math.sin(angle), Math.cos(angle)],
  ];
  const half = Math.hypot((a - d) / 2, b);
  const eigen = diagonalMatrix([(a + d) / 2 + half, (a + d) / 2 - half].map((v) => v ** exponent));
  return multiply(multiply(turn, eigen), transpose(turn));
}

/**
 * The data are standardized, and K equal blocks z + A z whiten them: (I + A)^K is the symmetric root of the inverse correlation.
 *
 */
export function linearBlocks(
  data: readonly (readonly number[])[],
  how: { density?: Density; trained?: boolean } = {},
): Fitted {
  const { density = exact, trained = true } = how;
  const count = 4;
  const mean = [0, 1].map((i) => meanOf(data.map((x) => x[i])));
  const deviation = [0, 1].map((i) => Math.sqrt(meanOf(data.map((x) => (x[i] - mean[i]) ** 2))));
  const correlation = [0, 1].map((i) =>
    [0, 1].map((j) =>
      meanOf(data.map((x) => ((x[i] - mean[i]) * (x[j] - mean[j])) / (deviation[i] * deviation[j]))),
    ),
  );
  const step = trained ? power(correlation, -0.5 / count) : identity;
  const block = step.map((row, i) => row.map((v, j) => v - identity[i][j]));
  const blocks = Array.from({ length: count }, () => block);
  const first = -Math.log(deviation[0] * deviation[1]);
  const path = (x: readonly number[]): number[][] => {
    const points = [x.map((v, i) => (v - mean[i]) / deviation[i])];
    for (let k = 0; k < count; k++) points.push(apply(step, points[k]));
    return points;
  };
  const back = invert(step);
  const inverse = (x: readonly number[]): number[] => path(x).at(-1) as number[];
  return {
    path,
    inverse,
    forward(z) {
      let at = [...z];
      for (let k = 0; k < count; k++) at = apply(back, at);
      return at.map((v, i) => mean[i] + deviation[i] * v);
    },
    logDensity: (points) => points.map((x) => density(logNormal(inverse(x)), first, blocks)),
  };
}
