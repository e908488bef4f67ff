/** Of each check of a class: how many passed it, and how long it took. */

import type { SubmissionSummary } from "../../record/summary.ts";
import { quantile } from "./distribution.ts";

export interface CheckOfClass {
  readonly exercise: string;
  readonly name: string;
  readonly passed: number;
  /** Of those who had written something. */
  readonly tried: number;
  /** In milliseconds, of all runs: the median, what 95 of 100 stay below, the longest. */
  readonly median: number;
  readonly most: number;
  readonly longest: number;
}

/** Checks that nobody has tried are left out. */
export function checksOfClass(submissions: readonly SubmissionSummary[]): CheckOfClass[] {
  const by = new Map<string, { exercise: string; name: string; passed: number; times: number[] }>();
  for (const { exercises } of submissions)
    for (const { exercise, status, checks } of exercises) {
      if (status === "unsolved") continue;
      for (const { name, status, milliseconds } of checks) {
        const key = JSON.stringify([exercise, name]);
        const found = by.get(key) ?? { exercise, name, passed: 0, times: [] };
        by.set(key, found);
        found.times.push(milliseconds);
        if (status === "passed") found.passed += 1;
      }
    }
  return [...by.values()].map(({ exercise, name, passed, times }) => {
    const sorted = times.toSorted((a, b) => a - b);
    return {
      ...{ exercise, name, passed, tried: times.length },
      median: quantile(sorted, 0.5),
      most: quantile(sorted, 0.95),
      longest: sorted.at(-1) as number,
    };
  });
}

/** Those that fewest passed first; those that all passed are none. */
export const hardest = (checks: readonly CheckOfClass[]): CheckOfClass[] =>
  checks
    .filter(({ passed, tried }) => passed < tried)
    .toSorted((a, b) => a.passed / a.tried - b.passed / b.tried || b.tried - a.tried);

export const slowest = (checks: readonly CheckOfClass[]): CheckOfClass[] =>
  checks.toSorted((a, b) => b.most - a.most);
