import { checkHas } from "../../ground/arguments/check-options.ts";
import { describe } from "../../ground/arguments/plain-numbers.ts";
import type { Bijection } from "../bijection.ts";

const EXAMPLE = "a bijection, such as affine() or realNVP({ dimensions: 2 })";

/** @throws TypeError if it is no bijection. The types ask for one already; a call from JavaScript does not. */
export function checkBijection(who: string, given: Bijection): void {
  checkHas(who, given, ["forward", "inverse", "eventRank", "variables"], EXAMPLE);
}

/** @throws TypeError if it is no list of bijections; it tells which one is none. */
export function checkBijections(who: string, given: readonly Bijection[]): void {
  if (!Array.isArray(given)) {
    throw new TypeError(
      `${who}: expected a list of bijections, ${who}([first, second]); got ${describe(given)}`,
    );
  }
  for (const [i, one] of given.entries()) checkBijection(`${who}, entry ${i}`, one);
}
