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

/** Something that is so under some of the seeds. Plain data, so that it may come from another thread. */
export interface Counted {
  readonly problem: string;
  readonly remedy: string;
  readonly part: Part;
  /** Under which. */
  readonly seeds: readonly string[];
}

/** Counts under which seeds something was so. */
export interface Tally {
  add(problem: string, seed: string, mend: Pick<Counted, "remedy" | "part">): void;
  counted(): Counted[];
}

export function tally(): Tally {
  const seen = new Map<string, Counted & { seeds: string[] }>();
  return {
    add(problem, seed, mend) {
      const before = seen.get(problem);
      if (before) before.seeds.push(seed);
      else seen.set(problem, { problem, ...mend, seeds: [seed] });
    },
    counted: () => [...seen.values()],
  };
}

/**
 * One problem for each thing that was counted, by however many tallies: "… (3 of 20 seeds, first verify-4)".
 *
 * @param seeds All that were tried, in order.
 */
export function countedProblems(counted: readonly Counted[], seeds: readonly string[]): Problem[] {
  const byProblem = Map.groupBy(counted, ({ problem }) => problem);
  return [...byProblem].map(([problem, all]) => {
    const { remedy, part } = all[0] as Counted;
    const under = new Set(all.flatMap((one) => one.seeds));
    const first = seeds.find((seed) => under.has(seed));
    return { problem: `${problem} (${under.size} of ${seeds.length} seeds, first ${first})`, remedy, part };
  });
}
