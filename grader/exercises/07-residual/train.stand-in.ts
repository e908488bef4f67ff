import type { Implementation } from "../../harness/kinds.ts";
import { logNormal, meanOf, type signatures } from "./train.domain.ts";

const BLOCKS = 6;
const HIDDEN = 6;
const STEPS = 70;
const LIPSCHITZ = 0.95;

/** One hidden number: it looks along w, and moves the point along v. */
type Unit = [w1: number, w2: number, b: number, v1: number, v2: number];
type Block = Unit[];
type Point = readonly [number, number];

const start = (k: number): Block =>
  Array.from({ length: HIDDEN }, (_, j): Unit => {
    const n = k * HIDDEN + j;
    return [Math.cos(2 * n), Math.sin(2 * n), Math.sin(1.7 * n), Math.sin(3 * n) / 20, Math.cos(3 * n) / 20];
  });

/** The largest singular value of two columns. */
function normOf(columns: readonly Point[]): number {
  const [a, b, d] = columns.reduce(([p, q, r], [x, y]) => [p + x * x, q + x * y, r + y * y], [0, 0, 0]);
  return Math.sqrt((a + d) / 2 + Math.hypot((a - d) / 2, b));
}

/** The block with weights so small that it contracts. */
function contract(block: Block): void {
  const norm =
    normOf(block.map(([x, y]): Point => [x, y])) * normOf(block.map(([, , , x, y]): Point => [x, y]));
  const factor = Math.sqrt(Math.min(1, LIPSCHITZ / norm));
  for (const unit of block) for (const i of [0, 1, 3, 4]) unit[i] *= factor;
}

interface Passed {
  readonly from: Point;
  readonly to: Point;
  readonly hidden: readonly number[];
  /** I + A, row after row, and its determinant. */
  readonly jacobian: readonly [number, number, number, number];
  readonly determinant: number;
}

function pass(block: Block, from: Point): Passed {
  let [x, y] = from;
  let [p, q, r, s] = [1, 0, 0, 1];
  const hidden = block.map(([w1, w2, b, v1, v2]) => {
    const h = Math.tanh(w1 * from[0] + w2 * from[1] + b);
    const slope = 1 - h * h;
    x += v1 * h;
    y += v2 * h;
    p += slope * v1 * w1;
    q += slope * v1 * w2;
    r += slope * v2 * w1;
    s += slope * v2 * w2;
    return h;
  });
  return { from, to: [x, y], hidden, jacobian: [p, q, r, s], determinant: p * s - q * r };
}

function passAll(blocks: readonly Block[], from: Point): Passed[] {
  const passed: Passed[] = [];
  for (const block of blocks) passed.push(pass(block, passed.at(-1)?.to ?? from));
  return passed;
}

/** Adds the slopes of −log Pr by all weights, from the last block to the first. */
function addSlopes(blocks: readonly Block[], slopes: readonly Block[], from: Point): void {
  const passed = passAll(blocks, from);
  let [g1, g2] = passed[passed.length - 1].to;
  for (let k = blocks.length - 1; k >= 0; k--) {
    const { from: at, hidden, jacobian, determinant } = passed[k];
    const [p, q, r, s] = jacobian.map((v) => v / determinant);
    let [d1, d2] = [g1, g2];
    for (const [j, [w1, w2, , v1, v2]] of blocks[k].entries()) {
      const h = hidden[j];
      const slope = 1 - h * h;
      const [m1, m2] = [s * v1 - q * v2, p * v2 - r * v1];
      const u = slope * (g1 * v1 + g2 * v2 + 2 * h * (w1 * m1 + w2 * m2));
      const own = slopes[k][j];
      own[0] += u * at[0] - slope * m1;
      own[1] += u * at[1] - slope * m2;
      own[2] += u;
      own[3] += h * g1 - slope * (s * w1 - r * w2);
      own[4] += h * g2 - slope * (p * w2 - q * w1);
      d1 += u * w1;
      d2 += u * w2;
    }
    [g1, g2] = [d1, d2];
  }
}

/** Adam over all rows at once; after each step the blocks contract again. */
function train(rows: readonly Point[]): Block[] {
  const zeros = (): Block[] =>
    Array.from({ length: BLOCKS }, () => Array.from({ length: HIDDEN }, (): Unit => [0, 0, 0, 0, 0]));
  const blocks = Array.from({ length: BLOCKS }, (_, k) => start(k));
  const [means, squares] = [zeros(), zeros()];
  for (const block of blocks) contract(block);
  for (let step = 1; step <= STEPS; step++) {
    const slopes = zeros();
    for (const row of rows) addSlopes(blocks, slopes, row);
    const rate = (0.07 * (1 - step / (STEPS + 1))) / (1 - 0.9 ** step);
    for (const [k, block] of blocks.entries()) {
      for (const [j, unit] of block.entries())
        for (let i = 0; i < unit.length; i++) {
          const slope = slopes[k][j][i] / rows.length;
          means[k][j][i] += 0.1 * (slope - means[k][j][i]);
          squares[k][j][i] += 0.01 * (slope * slope - squares[k][j][i]);
          unit[i] -= (rate * means[k][j][i]) / (Math.sqrt(squares[k][j][i] / (1 - 0.99 ** step)) + 1e-8);
        }
      contract(block);
    }
  }
  return blocks;
}

/** The x with x + f(x) = y. The step that is left, times L/(1 − L), bounds the error. */
function undo(block: Block, y: Point): Point {
  let x = y;
  for (let i = 0; i < 1000; i++) {
    const { to } = pass(block, x);
    const [e1, e2] = [y[0] - to[0], y[1] - to[1]];
    x = [x[0] + e1, x[1] + e2];
    if ((Math.hypot(e1, e2) * LIPSCHITZ) / (1 - LIPSCHITZ) < 1e-9) break;
  }
  return x;
}

/** Any that passes is right: six blocks of six hidden numbers. */
export const standIn: Implementation<typeof signatures> = {
  fitResidual(data) {
    const mean = [0, 1].map((i) => meanOf(data.map((x) => x[i])));
    const deviation = [0, 1].map((i) => Math.sqrt(meanOf(data.map((x) => (x[i] - mean[i]) ** 2))));
    const standardize = ([x, y]: readonly number[]): Point => [
      (x - mean[0]) / deviation[0],
      (y - mean[1]) / deviation[1],
    ];
    const blocks = train(data.map(standardize));
    const path = (x: readonly number[]): number[][] => {
      const from = standardize(x);
      return [[...from], ...passAll(blocks, from).map(({ to }) => [...to])];
    };
    return {
      path,
      inverse: (x) => path(x)[BLOCKS],
      forward: (z) =>
        blocks
          .reduceRight((y: Point, block) => undo(block, y), z as unknown as Point)
          .map((v, i) => mean[i] + deviation[i] * v),
      logDensity: (points) =>
        points.map((x) => {
          const passed = passAll(blocks, standardize(x));
          const logDet = passed.reduce((sum, { determinant }) => sum + Math.log(determinant), 0);
          return logNormal(passed[BLOCKS - 1].to) + logDet - Math.log(deviation[0] * deviation[1]);
        }),
    };
  },
};
