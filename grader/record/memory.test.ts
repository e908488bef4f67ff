/** A class of two thousand, some of them hostile, is recorded and reported in bounded memory. */

import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "flowlab-memory-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const PEOPLE = 2000;
const MOST_MB = 600;

/** Records answers as large as the sandbox lets through, reads them back and writes every report; prints its largest size in MB. */
const PROGRAM = `
  import { open } from "node:fs/promises";
  const at = (path) => import(new URL(path, ${JSON.stringify(import.meta.url)}));
  const { createRecord } = await at("write.ts");
  const { readRecord } = await at("read.ts");
  const { writeWhole } = await at("../files/write-whole.ts");
  const { jsonReport } = await at("../report/json.ts");
  const { writeHTML } = await at("../report/html.ts");
  const { terminalReport } = await at("../report/terminal/terminal.ts");
  const { paint } = await at("../report/terminal/paint.ts");
  const { course, exerciseResult, failedCheck, passed } = await at("../report/result.fixture.ts");

  const long = (length) => "x<&\\u001b ".repeat(length / 6);
  // Code is shared, as it would be read from one file: what counts here is what is made of it.
  const code = "export const density = (x: number) => 1;\\n".repeat(50);
  const handedIn = Array.from({ length: ${PEOPLE} }, (_, i) => ({
    name: "class/person-" + i,
    sources: [{ exerciseId: "16.1", code: i % 500 === 0 ? code.repeat(2000) : code, origin: "a.ts" }],
    notes: i % 500 === 0 ? Array.from({ length: 100_000 }, (_, n) => "cell " + n + " claims exercise 99") : ["a note"],
    files: i % 500 === 0 ? Array.from({ length: 20_000 }, (_, n) => ({ path: "f" + n, reason: "no" })) : [],
  }));
  const failing = { ...failedCheck, failure: { ...failedCheck.failure, trace: long(50_000), got: long(50_000) } };
  const big = exerciseResult({ status: "partial", checks: [failing, passed("b", 2)], output: long(16_000) });
  const huge = exerciseResult({
    status: "failed",
    checks: [{ ...failing, failure: { ...failing.failure, message: long(30e6), got: long(30e6), input: long(30e6) } }],
    output: long(30e6),
  });
  const head = { seed: "s", sandbox: "none", startedAt: new Date(0).toISOString(), course: "c", layouts: [] };
  const record = await createRecord("record.jsonl", { ...head, exercises: course.slice(0, 1) }, handedIn);
  for (let index = 0; index < ${PEOPLE}; index++)
    await record.answer({ index, exercise: "16.1", milliseconds: 1, result: index % 500 === 0 ? huge : big });
  await record.end({ milliseconds: 1 });
  const run = await readRecord("record.jsonl");
  await writeWhole("report.json", jsonReport(run));
  await writeHTML("report", run, course);
  console.error(terminalReport(run, { paint: paint(false), width: 80 }).length);
  await run.close();
  console.log(Math.round(process.resourceUsage().maxRSS / 1024));`;

test("two thousand people, four of them with texts of 30 MB and 100,000 notes", {
  timeout: 240_000,
}, async () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "--eval", PROGRAM], {
    cwd: root,
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
  expect(Number(stdout)).toBeGreaterThan(50);
  expect(Number(stdout)).toBeLessThan(MOST_MB);
  expect(await readdir(join(root, "report/submissions"))).toHaveLength(PEOPLE);
  const { size } = await stat(join(root, "report.json"));
  expect(size).toBeGreaterThan(PEOPLE * 10_000);
});
