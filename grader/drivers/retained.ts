/** Objects of the learner's that a session can be asked about again: their places, and what they can do. */

import type { Kind, Methods } from "../harness/kinds.ts";

export type RetainedMethods = Map<number, Methods>;

/** Remembers what the objects in an answer can do. */
export function retain(objects: RetainedMethods, kind: Kind, value: unknown): void {
  if (kind.kind === "object") objects.set(value as number, kind.methods);
  if (kind.kind !== "record") return;
  for (const [name, field] of Object.entries(kind.fields))
    retain(objects, field, (value as Record<string, unknown>)[name]);
}
