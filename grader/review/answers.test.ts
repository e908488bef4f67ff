import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readTable, TABLE } from "../by-hand/table.ts";
import { writeHTML } from "../report/html.ts";
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
