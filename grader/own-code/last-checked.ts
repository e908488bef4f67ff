/** What each exercise's check has seen last in this process, so that a later cell need not ask again. */

import type { ExerciseResult } from "../grading/result.ts";

export interface LastChecked {
  readonly implementation: Readonly<Record<string, unknown>>;
  readonly status: ExerciseResult["status"];
}

const checked = new Map<string, LastChecked>();

export const lastCheckOf = (id: string): LastChecked | undefined => checked.get(id);

export function rememberChecked(id: string, last: LastChecked): void {
  checked.set(id, last);
}
