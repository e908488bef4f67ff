/** What `npm run verify` has to say: each thing once, with the file and the remedy. */

import type { Part } from "./part.ts";

export interface Finding {
  /** An exercise's id; "–" for what belongs to none. */
  readonly exercise: string;
  readonly problem: string;
  /** Relative to the course's folder. */
  readonly file?: string;
  readonly remedy?: string;
}

/** What is wrong in an exercise, and in which of its files. */
export type Problem = Pick<Finding, "problem" | "remedy"> & { readonly part?: Part };

/** Counts under which seeds something was so. */
export interface Tally {
  add(problem: string, seed: string, remedy: string): void;
  /** One finding for each problem: "…, under 3 of 20 seeds, first verify-4". */
  findings(): { readonly problem: string; readonly remedy: string }[];
}

export function tally(seeds: number): Tally {
  const seen = new Map<string, { count: number; first: string; remedy: string }>();
  return {
    add(problem, seed, remedy) {
      const before = seen.get(problem);
      if (before) before.count += 1;
      else seen.set(problem, { count: 1, first: seed, remedy });
    },
    findings: () =>
      [...seen].map(([problem, { count, first, remedy }]) => ({
        problem: `${problem} (${count} of ${seeds} seeds, first ${first})`,
        remedy,
      })),
  };
}
