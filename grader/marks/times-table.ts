/** A table of when people handed in, for downloads whose names do not tell: a CSV of one's own, or Moodle's worksheet as it is. */

import { fieldsOf } from "../roster/columns.ts";
import { nameKeys } from "../roster/names.ts";
import { keyOf, type Learner, learnerKeys } from "../roster/roster.ts";
import { readCells, TableError } from "../tables/cells.ts";
import { timeIn } from "./times.ts";

const TIME =
  /^(?:time|timestamp|submitted|submitted at|submission time|handed in|last modified \(submission\))$/i;

/** When a learner handed in, as an instant; undefined for who is not in the table. */
export type TimeOf = (learner: Learner) => number | undefined;

/**
 * @param zone Where a time names none.
 * @throws TableError
 */
export function readTimes(bytes: Uint8Array, path: string, zone?: string): TimeOf {
  const { head, rows } = readCells(bytes, path);
  const fields = fieldsOf(head);
  const at = head.findIndex((name) => TIME.test(name));
  if (at < 0 || fields.every((field) => field === undefined))
    throw new TableError(
      `${path}: expected a column time, and one of id, name, login, email or identifier; got ${head.map((one) => JSON.stringify(one)).join(", ")}. Name them in the first row`,
    );
  const times = new Map<string, number>();
  const several = new Set<string>();
  for (const { number, cells } of rows) {
    const text = cells[at]?.value.trim() ?? "";
    // Moodle writes - for nothing.
    if (text === "" || text === "-") continue;
    const read = timeIn(text, zone);
    if (!("instant" in read)) {
      const what =
        read.missing === "zone"
          ? "a zone, as 2026-11-10 23:59+01:00, or a course.yaml with timezone"
          : "a time such as 2026-11-10 23:59";
      throw new TableError(
        `${path}, row ${number}: expected ${what}; got ${JSON.stringify(text.slice(0, 80))}. Correct it`,
      );
    }
    const exact: string[] = [];
    const names: string[] = [];
    for (const [i, field] of fields.entries()) {
      const value = cells[i]?.value.trim() ?? "";
      if (value === "" || field === undefined) continue;
      if (field === "name") names.push(...nameKeys(value).map((key) => keyOf("name", key)));
      else exact.push(keyOf(field, field === "moodle" ? (/\d+$/.exec(value)?.[0] ?? value) : value));
    }
    for (const key of [...exact, ...names]) {
      if (times.has(key)) several.add(key);
      times.set(key, read.instant);
    }
  }
  // Of two people of one name neither is meant; of somebody who is there twice neither row.
  return (learner) => {
    const found = learnerKeys(learner).filter((key) => times.has(key) && !several.has(key));
    return found.length === 0
      ? undefined
      : times.get(found.find((key) => !key.startsWith("name ")) ?? (found[0] as string));
  };
}
