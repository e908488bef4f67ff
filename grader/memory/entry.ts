/** What is remembered of one exercise, and the file's form. */

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

export type Entries = { readonly [exercise: string]: Entry };

const FORM = 1;

export const entriesText = (entries: Entries): string =>
  `${JSON.stringify({ form: FORM, exercises: entries }, null, 2)}\n`;

/** @throws SyntaxError for anything that this program has not written. */
export function readEntries(text: string): Entries {
  const found = JSON.parse(text) as { form?: unknown; exercises?: unknown } | null;
  const { exercises } = found ?? {};
  if (found?.form !== FORM || typeof exercises !== "object" || exercises === null || Array.isArray(exercises))
    throw new SyntaxError(`expected { "form": ${FORM}, "exercises": … }`);
  for (const [id, entry] of Object.entries(exercises))
    if (!isEntry(entry)) throw new SyntaxError(`what it says of ${id} is not what a check remembers`);
  return exercises as Entries;
}

function isEntry(value: unknown): value is Entry {
  const entry = (value ?? {}) as Partial<Record<keyof Entry, unknown>>;
  const count = (one: unknown) => typeof one === "number" && Number.isFinite(one) && one >= 0;
  const date = (one: unknown) => typeof one === "string" && !Number.isNaN(Date.parse(one));
  return (
    [entry.points, entry.maxPoints, entry.failures].every(count) &&
    date(entry.at) &&
    typeof entry.version === "string" &&
    (entry.putBack === undefined || entry.putBack === true) &&
    (entry.passed === undefined || date(entry.passed))
  );
}
