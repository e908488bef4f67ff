/** What a person adds to the points of an exercise's checks. */

import type { CheckResult, Manual } from "../grading/result.ts";

/** Below 0 where she takes away; undefined where she has given nothing. */
export function sumByHand({
  checks,
  manual,
}: {
  readonly checks: readonly Pick<CheckResult, "earned" | "byHand">[];
  readonly manual?: Pick<Manual, "given">;
}): number | undefined {
  const changes = checks.flatMap(({ byHand, earned }) => (byHand ? [byHand.points - earned] : []));
  const all = [...(manual?.given === undefined ? [] : [manual.given]), ...changes];
  return all.length > 0 ? all.reduce((sum, points) => sum + points) : undefined;
}
