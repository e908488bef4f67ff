/** Where results go. What would be lost after an hour of grading is refused before it. */

import { constants } from "node:fs";
import { access, mkdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { checkReportFolder } from "../report/report-folder.ts";
import type { GradeArguments } from "./arguments.ts";
import { PROJECT } from "./own-work.ts";
import { Refused } from "./refused.ts";

/** @throws Refused, ReportFolderError */
export async function checkDestinations({ json, html }: GradeArguments): Promise<void> {
  if (html !== undefined) await checkReportFolder(html);
  if (json === undefined) return;
  if ((await stat(json).catch(() => undefined))?.isDirectory())
    throw new Refused(`--json ${json} is a folder; name a file`);
  const above = await stat(dirname(resolve(json))).catch(() => undefined);
  if (above && !above.isDirectory()) throw new Refused(`--json ${json}: ${dirname(json)} is not a folder`);
}

/**
 * The file of the run's record: the one that was named, or one with the date in its name beside the JSON or HTML report, or in `reports/`
 * of where the person is, or of the course if that is within it.
 * A folder that cannot be written to costs no run: then it is the system's folder for temporary files.
 */
export async function recordPath(
  { record, json, html }: GradeArguments,
  startedAt: Date,
  random: string,
  from = process.cwd(),
): Promise<string> {
  if (record !== undefined) return record;
  const dated = `${startedAt.toISOString().slice(0, 19).replace("T", "-").replaceAll(":", "")}-${random}.jsonl`;
  if (json !== undefined) return `${json.replace(/\.json$/i, "")}-${dated}`;
  if (html !== undefined) return `${html.replace(/[/\\]+$/, "")}-${dated}`;
  // Within the course its own folder, so that none comes to lie among somebody's answers.
  const inside = relative(PROJECT, from);
  const within = !isAbsolute(inside) && inside.split(/[/\\]/)[0] !== "..";
  const folder = join(within ? PROJECT : from, "reports");
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return join(relative(from, folder), `record-${dated}`);
  } catch {
    return join(tmpdir(), `flowlab-record-${dated}`);
  }
}
