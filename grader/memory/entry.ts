/** What is remembered of one exercise. */

import type { Form } from "./file.ts";

export interface Entry {
  /** Of the last check; 0 once the exercise was put back. */
  readonly points: number;
  readonly maxPoints: number;
  /** When that was, ISO 8601. */
  readonly at: string;
  /** Of the exercise that was checked: `exerciseVersion`. */
  readonly version: string;
  /** When all of it passed for the first time. */
  readonly passed?: string;
  /** Present once the exercise was put back, until its next check. */
  readonly putBack?: true;
  /** Checks that failed, in all. */
  readonly failures: number;
}

export const exerciseForm: Form<Entry> = { file: "progress.json", of: "exercises", isEntry };

function isEntry(value: unknown): value is Entry {
  const entry = (value ?? {}) as Partial<Record<keyof Entry, unknown>>;
  const count = (one: unknown) => typeof one === "number" && Number.isFinite(one) && one >= 0;
  return (
    [entry.points, entry.maxPoints, entry.failures].every(count) &&
    isDate(entry.at) &&
    typeof entry.version === "string" &&
    (entry.putBack === undefined || entry.putBack === true) &&
    (entry.passed === undefined || isDate(entry.passed))
  );
}

export const isDate = (one: unknown): boolean => typeof one === "string" && !Number.isNaN(Date.parse(one));
