/** All that is kept on one person as one archive, with an index that she can read. */

import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import { tableText } from "../by-hand/table.ts";
import type { AnyExercise } from "../exercise.ts";
import { loadStyles } from "../feedback/self-contained.ts";
import { writeWhole } from "../files/write-whole.ts";
import { readRecord } from "../record/read.ts";
import { escapeHTML } from "../report/escape.ts";
import { alonePage } from "../report/html.ts";
import { readFromGradebook } from "./gradebook.ts";
import { describeHoldings, type Holdings } from "./holdings.ts";

interface Entry {
  readonly name: string;
  readonly about: string;
  readonly content: string;
}

/** @returns How many files are in it, beside the index. */
export async function writeExport(
  path: string,
  who: string,
  holdings: Holdings,
  course: readonly AnyExercise[],
): Promise<number> {
  const entries = [
    ...(await ofRecords(holdings, course)),
    ...(await ofGradebooks(holdings)),
    ...ofReports(holdings),
  ];
  const zip = new ZipFile();
  const add = (name: string, text: string) => zip.addBuffer(Buffer.from(text.toWellFormed()), name);
  add("index.html", indexPage(who, entries, describeHoldings(holdings)));
  for (const { name, content } of entries) add(name, content);
  zip.end();
  await writeWhole(path, await buffer(zip.outputStream as unknown as Parameters<typeof buffer>[0]));
  return entries.length;
}

async function ofRecords({ records }: Holdings, course: readonly AnyExercise[]): Promise<Entry[]> {
  const entries: Entry[] = [];
  const styles = await loadStyles();
  for (const [i, { path, found }] of records.entries()) {
    if (found.length === 0) continue;
    const run = await readRecord(path);
    try {
      const page = await alonePage(run, course, styles);
      for (const [j, { at, submission, handedIn, answers }] of found.entries()) {
        const folder = `record-${i + 1}/${j + 1}`;
        const about = `${submission}, of ${path}`;
        entries.push({
          name: `${folder}.html`,
          about: `what was found, as a page: ${about}`,
          content: await page(at),
        });
        const content = json({ handedIn, answers });
        entries.push({
          name: `${folder}.json`,
          about: `what was handed in and every result: ${about}`,
          content,
        });
      }
    } finally {
      await run.close();
    }
  }
  return entries;
}

async function ofGradebooks({ gradebooks }: Holdings): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const [i, gradebook] of gradebooks.entries())
    for (const [j, content] of (await readFromGradebook(gradebook)).entries())
      entries.push({
        name: `gradebook-${i + 1}/${j + 1}.json`,
        about: `what was handed in, and every result that there ever was, of the gradebook ${gradebook.database.name}`,
        content: json(content),
      });
  return entries;
}

const ofReports = ({ reports }: Holdings): Entry[] =>
  reports.flatMap(({ folder, rows }, i) =>
    rows.length === 0
      ? []
      : [
          {
            name: `points-${i + 1}.csv`,
            about: `points given by a person, of ${folder}`,
            content: tableText(rows),
          },
        ],
  );

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 1)}\n`;

function indexPage(who: string, entries: readonly Entry[], holdings: readonly string[]): string {
  const list = (items: readonly string[]) =>
    `<ul>\n${items.map((item) => `<li>${item}</li>`).join("\n")}\n</ul>`;
  const name = escapeHTML(who);
  const files = entries.map((one) => `<a href="${one.name}">${one.name}</a>: ${escapeHTML(one.about)}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Data on ${name}</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark } li { margin: 0.4rem 0; overflow-wrap: anywhere }</style>
</head>
<body>
<h1>Data on ${name}</h1>
<p>What the grader of the course on normalizing flows keeps, as of ${new Date().toISOString().slice(0, 10)}. JSON and CSV are for programs and spreadsheets, pages for a browser.</p>
<h2>In this archive</h2>
${list(files)}
<h2>Where it is kept</h2>
<p>Files with marks of the whole class are named here, and not copied, since they hold others' data.</p>
${list(holdings.map((line) => escapeHTML(line)))}
</body>
</html>
`;
}
