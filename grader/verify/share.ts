/** How the work of verifying one exercise is divided, and under how many seeds it is done. */

import type { AnyExercise } from "../exercise.ts";

export interface Modules {
  readonly solution: Record<string, unknown>;
  readonly stub: Record<string, unknown>;
  /** The solution with other numbers, of an exercise that may have others. */
  readonly solved?: (numbers: unknown) => Record<string, unknown>;
}

export interface Seeds {
  /** Under how many seeds a right answer has to pass. */
  readonly right: number;
  /** Under how many a wrong one has to be rejected. */
  readonly wrong: number;
  /** Under how many a misconception has to be explained by its own text. */
  readonly explained: number;
  /** With how many learners' numbers, where they have their own. */
  readonly variants?: number;
}

export const SEEDS: Seeds = { right: 1000, wrong: 200, explained: 20, variants: 50 };

/** What there is time for before each commit (`npm run check`) and in `npm test`; `npm run verify` takes all. */
export const FEW_SEEDS: Seeds = { right: 50, wrong: 10, explained: 3, variants: 2 };

/** What right answers and explanations show, and what wrong answers do. */
export type Half = "right" | "wrong";

/** Every `of`-th seed of a half, from number `at` on. Together the shares are the half, whatever their number. */
export interface Share {
  readonly half: Half;
  readonly at: number;
  readonly of: number;
}

/** Shares that are about as much work. */
export function sharesOf(each: number): Share[] {
  const halves: Half[] = ["right", "wrong"];
  return halves.flatMap((half) => Array.from({ length: each }, (_, at) => ({ half, at, of: each })));
}

/** A spoilt file is as wrong under any seed, and each trial asks a flow about hundreds of pictures. */
const FILE_SEEDS = 2;

/** Fewer of them for an exercise that says why, or is answered by a file. */
export const seedsFor = ({ trials, file }: Pick<AnyExercise, "trials" | "file">, seeds: Seeds): Seeds => ({
  ...seeds,
  right: Math.min(seeds.right, trials?.right ?? seeds.right),
  wrong: file ? Math.min(seeds.wrong, FILE_SEEDS) : seeds.wrong,
});

export const seedNames = (n: number): string[] => Array.from({ length: n }, (_, i) => `verify-${i}`);
