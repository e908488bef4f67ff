/** The review of a gradebook's report, by real runs. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gradeFolder } from "../cli/grade.fixture.ts";
import { course } from "../course.ts";
import { readRecord } from "../record/read.ts";
import { openDesk } from "./desk.ts";
import { findReport } from "./find-report.ts";

const { root, put, grade, results } = gradeFolder();
const SOLUTION = join(import.meta.dirname, "../../solutions/09-glow/16-11-reverse-kl.ts");

test("a report from a gradebook is reviewed by itself, and the same command takes the points", async () => {
  await put("class/ada/16-11-reverse-kl.ts", await readFile(SOLUTION, "utf8"));
  const command = ["class", "--database", "book", "--html", "report", "--json", "report.json", "--trust"];
  expect((await grade(command)).code).toBe(0);
  const report = await findReport(join(root(), "report"));
  expect(report.again).toContain("--database book");
  const run = await readRecord(report.record);
  try {
    const desk = await openDesk(report, run, { course, anonymous: false });
    const shown = await desk.answer(0);
    const { version = "" } = shown?.entries[0] ?? {};
    expect(await desk.save(0, "", { points: 2.5, remark: "Good.", version })).toMatchObject({ saved: true });
  } finally {
    await run.close();
  }
  const again = await grade(command);
  expect([again.code, again.err]).toEqual([0, expect.not.stringContaining("has changed since")]);
  const [ada] = (await results("report.json")).submissions;
  expect([ada?.points, ada?.pointsByHand]).toEqual([12, 2.5]);
});
