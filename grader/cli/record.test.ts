/** What is graded stays, however a run ends: real runs, killed. */

import { once } from "node:events";
import { appendFile, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { needingPosix } from "../../setup/testing/needs.ts";
import type { AnswerLine, Line } from "../record/lines.ts";
import { readRecord } from "../record/read.ts";
import type { GradeArguments } from "./arguments.ts";
import { recordPath } from "./destinations.ts";
import { gradeFolder, RIGHT, WRONG } from "./grade.fixture.ts";
import { PROJECT } from "./own-work.ts";

const { root, put, grade, start, read, results } = gradeFolder();
const LOOP = "// exercise: 16.1\nexport function density(x: number): number {\n  while (true) {}\n}";
const lines = async (path: string): Promise<Line[]> =>
  (await read(path))
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));

/** A run of four that is killed while it grades the third, whose answer would take ten minutes. */
async function killed(record: string): Promise<void> {
  await put("class/a-right.ts", RIGHT);
  await put("class/b-wrong.ts", WRONG);
  await put("class/c-loop.ts", LOOP);
  await put("class/d-right.ts", RIGHT);
  const options = ["--jobs", "1", "--limit-seconds", "600", "--seed", "killed", "--trust"];
  const child = start(["class", ...options, "--record", record]);
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  while (!said.includes("b-wrong.ts: ")) await sleep(20);
  await sleep(500);
  child.kill("SIGKILL");
  await once(child, "close");
}

test("a run that is killed has kept every answer that was graded, and what everybody handed in", async () => {
  await killed("kept.jsonl");
  const kept = await lines("kept.jsonl");
  expect(kept.map(({ kind }) => kind)).toEqual([
    "run",
    ...Array(4).fill("submission"),
    ...Array(2).fill("answer"),
  ]);
  const { about, summaries, close } = await readRecord(join(root(), "kept.jsonl"));
  await close();
  expect(about).toMatchObject({ seed: "killed", interrupted: true });
  expect(summaries.map(({ points, problem }) => [points, problem])).toEqual([
    [3, undefined],
    [1, undefined],
    [0, "not graded: the run was ended before"],
    [0, "not graded: the run was ended before"],
  ]);
});

test("its reports can be written afterwards, also if its last line is cut off", async () => {
  await killed("cut.jsonl");
  await appendFile(join(root(), "cut.jsonl"), '{"kind":"answer","index":2,"exercise":"16.1","result":{"exe');
  const { code, out } = await grade(["--from-record", "cut.jsonl", "--json", "cut.json", "--html", "cut"]);
  expect(code).toBe(130);
  expect(out).toMatch(/b-wrong\.ts +1\/3 ◐/);
  expect((await results("cut.json")).submissions.map(({ points }) => points)).toEqual([3, 1, 0, 0]);
  expect(await readdir(join(root(), "cut/submissions"))).toHaveLength(4);
});

test("continued, it grades what is missing and nothing twice", async () => {
  await killed("first.jsonl");
  await put("class/c-loop.ts", RIGHT);
  const args = ["class", "--limit-seconds", "600", "--resume", "first.jsonl", "--record", "second.jsonl"];
  const { code, err } = await grade([...args, "--json", "second.json", "--trust"]);
  expect(err).toContain("not graded again: 2 answers in first.jsonl");
  // Only its own work is work done: by the others, which are there at once, a rate and the time left would be wrong.
  expect([...err.matchAll(/^\[.*?: /gm)].map(([line]) => line)).toEqual([
    "[3/4] class/c-loop.ts: ",
    "[4/4] class/d-right.ts: ",
  ]);
  expect(code).toBe(0);
  const batch = await results("second.json");
  expect(batch.submissions.map(({ points }) => points)).toEqual([3, 1, 3, 3]);
  expect(batch.seed).toBe("killed");
  const answers = async (path: string) =>
    (await lines(path)).filter((line): line is AnswerLine => line.kind === "answer");
  const second = await answers("second.jsonl");
  // Word for word, times included: it was not run again.
  for (const answer of await answers("first.jsonl")) expect(second).toContainEqual(answer);
});

test.each([
  ["other numbers", ["--seed", "other"], /has the seed killed, --seed asks for other/],
  ["another limit", ["--limit-seconds", "3"], /was begun with --limit-seconds 600/],
])("is not continued under other conditions: %s", async (_what, more, message) => {
  await killed(`conditions-${more[1]}.jsonl`);
  const limit = more.includes("--limit-seconds") ? [] : ["--limit-seconds", "600"];
  const { code, err } = await grade(["class", "--resume", `conditions-${more[1]}.jsonl`, ...limit, ...more]);
  expect(err).toMatch(message);
  expect(code).toBe(2);
});

test("a record is never overwritten, and what is no record is said to be none", async () => {
  await put("one.ts", RIGHT);
  await put("mine.jsonl", "my own\n");
  const overwriting = await grade(["one.ts", "--record", "mine.jsonl", "--trust"]);
  expect([overwriting.code, await read("mine.jsonl")]).toEqual([2, "my own\n"]);
  expect(overwriting.err).toMatch(/mine\.jsonl cannot be begun .* no record is ever overwritten/);
  const foreign = await grade(["--from-record", "mine.jsonl"]);
  expect(foreign.err).toMatch(/mine\.jsonl is not the record of a run.*line 1 is no JSON/);
  const full = await grade(["one.ts", "--record", "/dev/full", "--trust"]);
  expect(full.code).toBe(2);
});

test("its reports, or more grading, not both", async () => {
  const both = await grade(["class", "--from-record", "kept.jsonl"]);
  expect([both.code, both.err]).toEqual([2, expect.stringContaining("--from-record grades nothing")]);
});

needingPosix().test("a disk that is full ends the run, and what was graded is reported", async () => {
  for (let i = 0; i < 12; i++) await put(`full/${i}.ts`, WRONG);
  // No file may grow beyond 64 kB, which holds a few of the twelve answers.
  const args = ["full", "--jobs", "1", "--record", "full.jsonl", "--trust"];
  const { code, out, err } = await grade(args, {}, 64);
  expect(code).toBe(2);
  expect(err).toMatch(/the run had to end: full\.jsonl cannot be written to: EFBIG/);
  const graded = out.match(/1\/3 ◐/g)?.length ?? 0;
  expect(graded).toBeGreaterThan(1);
  expect(graded).toBeLessThan(12);
  expect(out).toContain(`${graded} submissions graded`);
  const { summaries, close } = await readRecord(join(root(), "full.jsonl"));
  await close();
  expect(summaries.filter(({ exercises }) => exercises.length > 0)).toHaveLength(graded);
});

test("without --record it is kept beside the report, or in reports/, and the run says where", async () => {
  await put("one.ts", RIGHT);
  const beside = await grade(["one.ts", "--json", "out/week.json", "--trust"]);
  expect(beside.err).toMatch(
    /each result is kept in out\/week-\d{4}-\d\d-\d\d-\d{6}-[0-9a-f]{8}\.jsonl as soon/,
  );
  const plain = await grade(["one.ts", "--trust"]);
  const path = /kept in (reports\/record-\S+\.jsonl)/.exec(plain.err)?.[1] ?? "nowhere";
  expect((await lines(path)).at(-1)).toMatchObject({ kind: "end" });
});

test("within the course it is kept in the course's reports/, wherever there one is", async () => {
  const run = (cwd: string) =>
    recordPath({} as GradeArguments, new Date("2026-01-02T03:04:05Z"), "abc", cwd).then((path) =>
      resolve(cwd, path),
    );
  const name = "record-2026-01-02-030405-abc.jsonl";
  expect(await run(join(PROJECT, "exercises"))).toBe(join(PROJECT, "reports", name));
  expect(await run(PROJECT)).toBe(join(PROJECT, "reports", name));
  expect(await run(root())).toBe(join(root(), "reports", name));
});
