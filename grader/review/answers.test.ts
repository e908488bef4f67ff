import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { coverRun } from "../anonymous/cover.ts";
import { readTable, TABLE } from "../by-hand/table.ts";
import type { Sender } from "../grading/sender.ts";
import { markClass } from "../marks/class-files.ts";
import type { GradedRun } from "../record/read.ts";
import { writeHTML } from "../report/html.ts";
import { pageNames } from "../report/page-names.ts";
import { readRoster } from "../roster/roster.ts";
import { openDesk } from "./desk.ts";
import { findReport } from "./find-report.ts";
import { course, type Reviewed, reviewOf } from "./review.fixture.ts";

const TEXTS = { "zoe-first": "a", "yan-second": "b", "xia-third": "c", "wim-fourth": " " };
let named: Reviewed;
let blind: Reviewed;
beforeAll(async () => {
  named = await reviewOf(TEXTS);
  blind = await reviewOf(TEXTS, true);
});
afterAll(async () => {
  await named.remove();
  await blind.remove();
});

test("answers come in the order of the run, by name; who wrote nothing does not wait", async () => {
  const { answers } = await named.desk.list();
  expect(answers.map(({ who, text }) => [who, text])).toEqual([
    ["zoe-first", "waits"],
    ["yan-second", "waits"],
    ["xia-third", "waits"],
    ["wim-fourth", undefined],
  ]);
  expect(JSON.stringify((await named.desk.answer(0))?.view)).toContain("zoe-first");
});

test("the review calls everybody as the report's pages do: by the roster, without names by pseudonym", async () => {
  const { run, report } = named;
  const roster = readRoster(
    Buffer.from("id,name,login\ns1,Zoe Adams,zoe-first\ns2,Xi Bo,xia-third\n"),
    "r.csv",
  );
  const sent = ({ submission }: { submission: string }): Sender => ({
    ...{ layout: "folders", entries: [submission], people: [{ label: submission.slice(6) }] },
  });
  const summaries = run.summaries.map((one) => ({ ...one, sender: sent(one) }));
  const graded = {
    ...{ about: run.about, summaries },
    submission: async (at: number) => ({
      ...(await run.submission(at)),
      sender: sent(run.summaries[at] as never),
    }),
  };
  const called = async (shown: GradedRun, source: GradedRun) => {
    const folder = join(report.folder, "..", "named");
    await writeFile(report.record, "");
    await writeHTML(folder, shown, course, { rows: [], ...report, record: report.record });
    const desk = await openDesk(await findReport(folder), source, { course, anonymous: false });
    const who = (await desk.list()).answers.map((one) => one.who);
    const pages = await Promise.all(
      ["index.html", "class.html", ...pageNames(shown)].map((page) => readFile(join(folder, page), "utf8")),
    );
    await rm(report.record);
    await rm(folder, { recursive: true });
    return { who, pages };
  };
  const { who, pages } = await called(markClass(graded, { roster, groups: false }).run, run);
  expect(who).toEqual(["Zoe Adams (s1)", "yan-second", "Xi Bo (s2)", "wim-fourth"]);
  for (const name of who) expect(pages[0]).toContain(name);
  // All of them show the same slip, and the page of the class says whose it is.
  for (const name of who) expect(pages[1]).toContain(name);
  for (const [i, name] of who.entries()) expect(pages[i + 2]).toContain(`<title>${name}</title>`);

  const cover = coverRun(graded, { of: (key) => `Person ${key.length}-${key.slice(-2)}` }, roster);
  const hidden = await cover.hide(graded);
  const covered = await called(hidden, hidden);
  expect(covered.who).toEqual(hidden.summaries.map(({ submission }) => submission));
  expect(JSON.stringify([covered.who, covered.pages])).not.toMatch(/Zoe|Xi Bo|zoe-first/);
});

test("without names nothing that the page is told has one, and points still reach whose text it is", async () => {
  const { answers } = await blind.desk.list();
  expect(answers.map(({ who }) => who).sort()).toEqual(["Person 1", "Person 2", "Person 3", "Person 4"]);
  const views = await Promise.all(answers.map(({ id }) => blind.desk.answer(id)));
  expect(JSON.stringify([answers, views])).not.toMatch(/zoe-|yan-|xia-|wim-/);
  const of = views.findIndex((found) => JSON.stringify(found?.view).includes('"source":"b"'));
  const saved = await blind.desk.save(of, "", {
    ...{ points: 2, remark: "", version: views[of]?.entries[0]?.version ?? "" },
  });
  expect(saved?.saved).toBe(true);
  const rows = readTable(await readFile(join(blind.report.folder, TABLE)), TABLE);
  expect(rows.find(({ points }) => points === 2)?.submission).toBe("class/yan-second");
  // The same in another review of this run, so that two people can speak of "Person 3".
  const again = await reviewOf(TEXTS, true);
  expect((await again.desk.list()).answers.map(({ who }) => who)).toEqual(answers.map(({ who }) => who));
  await again.remove();
});

test("a report is found by its folder and by its record, and refused where it is not clear which", async () => {
  const { folder, record } = named.report;
  await writeFile(record, "");
  expect(await findReport(folder)).toMatchObject({ folder, record });
  expect(await findReport(record)).toMatchObject({ folder, record });
  const other = join(folder, "..", "other");
  await writeHTML(other, named.run, course, { rows: [], again: "", record });
  await expect(findReport(record)).rejects.toThrow(/has several reports: .*name the one whose points count/);
  await rm(record);
  await expect(findReport(folder)).rejects.toThrow(/which is not there; write it again/);
  await expect(findReport(record)).rejects.toThrow(/does not exist/);
  await mkdir(join(folder, "..", "empty"));
  await expect(findReport(join(folder, "..", "empty"))).rejects.toThrow(
    /holds no report that says .*--database GRADEBOOK/,
  );
  await writeFile(join(folder, "..", "lone.jsonl"), "");
  await expect(findReport(join(folder, "..", "lone.jsonl"))).rejects.toThrow(
    /there is no report of it; write one/,
  );
});
