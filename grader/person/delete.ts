/**
 * Deletes all that is kept on one person. Each step leaves what is whole, and she is still found by what later ones have: a deletion that
 * was interrupted is given again and goes on.
 */

import { purge, removeFromGradebook } from "./gradebook.ts";
import type { Holdings } from "./holdings.ts";
import { searchable } from "./holdings.ts";
import { removeFromRecord } from "./record.ts";
import { removeFromReport, removePseudonyms } from "./report.ts";

/** @param onStep Told before each step. */
export async function deleteHoldings(
  { records, gradebooks, reports, names }: Holdings,
  onStep: (what: string) => void = () => {},
): Promise<void> {
  const step = async (what: string, work: () => Promise<void>) => {
    onStep(what);
    await work();
  };
  // What was made of the records and gradebooks first: without these nobody would know what she is called there.
  for (const report of reports) await step(`report ${report.folder}`, () => removeFromReport(report));
  const files = new Map(
    reports.flatMap(({ pseudonyms }) => (pseudonyms ? [[pseudonyms.path, pseudonyms.hers] as const] : [])),
  );
  for (const [path, hers] of files) if (hers.length > 0) await step(path, () => removePseudonyms(path, hers));
  for (const record of records)
    if (record.found.length > 0)
      await step(`record ${record.path}`, () => removeFromRecord(record, searchable(names)));
  for (const gradebook of gradebooks) {
    if (gradebook.found.length > 0)
      await step(`gradebook ${gradebook.database.name}`, () =>
        removeFromGradebook(gradebook, searchable(names)),
      );
    // Also where an earlier deletion was interrupted before it.
    await step(`cleaning ${gradebook.database.name}`, () => purge(gradebook.database));
  }
}

/** What is not in this program's hands, for whoever has been asked to delete. */
export const BEYOND = [
  "what was handed in: the platform's download and its copies, and the platform itself",
  "what you have uploaded or given away: marks, feedback, reports, exports and kits",
  "the roster, course.yaml, tables of times, and words of yours that name her in remarks on others",
  "others' work in which she is named, such as a note that it was written in her kit",
  "backups and copies of records, gradebooks and reports, terminals' histories, and what a disk keeps of deleted files",
  "of a server: its log of writes, archives and replicas",
] as const;
