/** Whether a check makes the calls that were foreseen for it. */

import { type Plan, partOf } from "../../harness/ahead/plan.ts";
import type { Target } from "../session.ts";

/** Whether this is the plan's call number `at`, given the answers to those before it. */
export function isPlanned(
  { calls, values }: Plan,
  at: number,
  target: Target,
  inputs: readonly unknown[],
  answers: readonly unknown[],
): boolean {
  const call = calls[at];
  if (!call || !("export" in target) || target.export !== call.export) return false;
  if (inputs.length !== call.inputs.length) return false;
  return call.inputs.every((argument, i) =>
    isSame(inputs[i], typeof argument === "number" ? values[argument] : partOf(answers, argument)),
  );
}

/** Whether two plain values are the same, to the last bit. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => isSame(item, b[i]))
    );
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every(
      (name) =>
        Object.hasOwn(b, name) &&
        isSame((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]),
    )
  );
}
