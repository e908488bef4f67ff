/** The report that is to be reviewed: its folder, where the points are, and the record that it was written from. */

import { readdir, realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Refused } from "../cli/refused.ts";
import { type Source, sourceOf } from "../report/report-folder.ts";

export interface FoundReport extends Source {
  readonly folder: string;
}

/**
 * @param path Of the report's folder, or of its record.
 * @throws Refused if there is none, or it does not say where it comes from.
 */
export async function findReport(path: string): Promise<FoundReport> {
  const about = await stat(path).catch(() => undefined);
  if (!about)
    throw new Refused(
      `${path} does not exist; name the folder of a report (npm run grade -- … --html FOLDER)`,
    );
  return about.isDirectory() ? await inFolder(path) : await ofRecord(path);
}

async function inFolder(folder: string): Promise<FoundReport> {
  const source = await sourceOf(folder);
  if (!source)
    throw new Refused(
      `${folder} holds no report that says from which record it was written; write it again: npm run grade -- --from-record RECORD --html ${folder}, or the same with --database GRADEBOOK`,
    );
  if (!(await stat(source.record).catch(() => undefined)))
    throw new Refused(
      `the report in ${folder} was written from ${source.record}, which is not there; write it again from where the record is now: npm run grade -- --from-record RECORD --html ${folder}`,
    );
  return { folder, ...source };
}

/** Points have one place, the report's folder: a table beside the record would be a second truth. */
async function ofRecord(record: string): Promise<FoundReport> {
  const wanted = await realpath(record);
  const beside = await readdir(dirname(wanted), { withFileTypes: true });
  const found: FoundReport[] = [];
  for (const entry of beside.filter((one) => one.isDirectory())) {
    const folder = join(dirname(wanted), entry.name);
    const source = await sourceOf(folder);
    const of = source && (await realpath(source.record).catch(() => undefined));
    if (source && of === wanted) found.push({ folder, ...source });
  }
  const [first, second] = found;
  if (first && !second) return first;
  throw new Refused(
    second
      ? `${record} has several reports: ${found.map(({ folder }) => folder).join(", ")}; name the one whose points count`
      : `beside ${record} there is no report of it; write one, and review its folder: npm run grade -- --from-record ${record} --html FOLDER`,
  );
}
