/** Everything that the grader keeps on one person, in the places that were named. */

import type { Database } from "../gradebook/database/database.ts";
import { plural } from "../plural.ts";
import type { Who } from "./find.ts";
import { findInGradebook, type InGradebook } from "./gradebook.ts";
import { findInRecord, type InRecord } from "./record.ts";
import { findInReport, type InReport } from "./report.ts";

export interface Places {
  readonly records: readonly string[];
  readonly databases: readonly Database[];
  /** Folders of reports. */
  readonly reports: readonly string[];
  readonly pseudonyms?: string;
}

export interface Holdings {
  readonly records: readonly InRecord[];
  readonly gradebooks: readonly InGradebook[];
  readonly reports: readonly InReport[];
  /** All that she is called, for whom it is compared as a whole. */
  readonly names: readonly string[];
}

/** Changes nothing. @throws Refused, NoRecord */
export async function findHoldings(who: Who, places: Places): Promise<Holdings> {
  const records: InRecord[] = [];
  for (const path of places.records) records.push(await findInRecord(path, who));
  const gradebooks: InGradebook[] = [];
  for (const database of places.databases) gradebooks.push(await findInGradebook(database, who));
  const found = [...records, ...gradebooks].flatMap((one) => [...one.found]);
  const { name, id, login, email } = who.learner ?? {};
  const names = [
    ...new Set([
      who.text,
      ...found.flatMap((one) => one.names),
      ...[name, id, login, email].filter((one) => one !== undefined),
    ]),
  ];
  const submissions = [...new Set(found.filter(({ shared }) => !shared).map(({ submission }) => submission))];
  const reports: InReport[] = [];
  for (const folder of places.reports)
    reports.push(await findInReport(folder, submissions, searchable(names), places.pseudonyms));
  return { records, gradebooks, reports, names };
}

/** Shorter ones are parts of other words. */
export const searchable = (names: readonly string[]): string[] => names.filter((name) => name.length >= 4);

export const isEmpty = ({ records, gradebooks, reports }: Holdings): boolean =>
  records.every(({ found }) => found.length === 0) &&
  gradebooks.every(({ found }) => found.length === 0) &&
  reports.every(
    ({ named, written, pseudonyms }) =>
      !named && written.length === 0 && (pseudonyms?.hers.length ?? 0) === 0,
  );

/** A line for each thing. */
export function describeHoldings({ records, gradebooks, reports }: Holdings): string[] {
  const others = " (a group's: the submission stays, her name in it goes)";
  return [
    ...records.flatMap(({ path, found }) =>
      found.map(
        ({ submission, answers, shared }) =>
          `record ${path}: ${submission}, ${plural(answers.length, "graded answer")}${shared ? others : ""}`,
      ),
    ),
    ...gradebooks.flatMap(({ database, found }) =>
      found.map(
        ({ submission, run, shared }) =>
          `gradebook ${database.name}, run ${run}: ${submission}, with every answer and result${shared ? others : ""}`,
      ),
    ),
    ...reports.flatMap(({ folder, named, rows, written, pseudonyms }) => [
      ...(rows.length > 0 ? [`report ${folder}: ${plural(rows.length, "row")} of points by hand`] : []),
      ...(named ? [`report ${folder}: its pages, which name her or show her answers`] : []),
      ...written.map((path) => `written with the report ${folder}: ${path}`),
      ...(pseudonyms?.hers ?? []).map((one) => `${pseudonyms?.path}: ${one}`),
    ]),
  ];
}
