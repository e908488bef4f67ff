/** Where a function is right and where it is wrong, if one border lies between. */

import type { Pair } from "../grading/answered.ts";
import type { FunctionKind } from "../harness/kinds.ts";
import { elementFeatures, type Feature, features } from "./features.ts";
import { roundText } from "./numbers.ts";
import type { Observation } from "./observation.ts";

const ENOUGH_RIGHT = 3;
const ENOUGH_WRONG = 3;

/** @param parts Named parts of the right answer: a border may lie in one of them and in no argument. */
export function regionObservation(
  kind: FunctionKind,
  parts: readonly Feature[],
  seenRight: readonly Pair[],
  wrong: readonly Pair[],
): Observation | undefined {
  // A record's fields are each right or wrong for their own reasons, and what is tiny beside the rest is right by its size.
  if (kind.returns.kind !== "number" && kind.returns.kind !== "vector") return undefined;
  const largest = Math.max(...[...seenRight, ...wrong].map(({ want }) => Math.abs(want)));
  const right = seenRight.filter(({ want }) => want === 0 || Math.abs(want) > 1e-6 * largest);
  if (right.length < ENOUGH_RIGHT || wrong.length < ENOUGH_WRONG) return undefined;
  const own = kind.returns.kind === "number" ? features(kind) : elementFeatures(kind);
  for (const { name, where, of } of [...own, ...parts]) {
    const [r, w] = [right.map(of), wrong.map(of)];
    if (new Set(r).size < ENOUGH_RIGHT || new Set(w).size < ENOUGH_WRONG) continue;
    const explained = where ? `, where ${where}` : "";
    if (Math.max(...r) < Math.min(...w))
      return say("wrong-above", `up to $${name} =$ ${roundText(Math.max(...r))}`, Math.min(...w), explained);
    if (Math.max(...w) < Math.min(...r))
      return say(
        "wrong-below",
        `from $${name} =$ ${roundText(Math.min(...r))} on`,
        Math.max(...w),
        explained,
      );
  }
  return undefined;
}

const say = (id: string, right: string, wrong: number, explained: string): Observation => ({
  id,
  text: `Where this check asked, your values are right ${right}, and wrong ${id === "wrong-above" ? "from" : "up to"} ${roundText(wrong)}${id === "wrong-above" ? " on" : ""}${explained}. What happens in your code on the way from one to the other?`,
});
