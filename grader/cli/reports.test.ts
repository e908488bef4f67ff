import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exerciseResult, gradedRun, submissionResult } from "../report/result.fixture.ts";
import { paint } from "../report/terminal/paint.ts";
import type { GradeArguments } from "./arguments.ts";
import { reportRun } from "./reports.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "flowlab-exit-"));
});
afterAll(() => rm(root, { recursive: true }));

const ada = submissionResult("ada", [exerciseResult()]);
const nobody = submissionResult("bob", [], { problem: "nothing to grade", sources: [] });
const faulty = submissionResult("cyd", [exerciseResult()], { problem: "16.2 …", graderFault: true });

async function exitCode(run: ReturnType<typeof gradedRun>, options: Partial<GradeArguments> = {}) {
  let said = "";
  const terminal = {
    out: (text: string) => {
      said += text;
    },
    err: () => {},
    paint: paint(false),
  };
  return {
    code: await reportRun(run, { export: [], merge: [], ...options } as unknown as GradeArguments, terminal),
    said,
  };
}

test.each([
  ["everybody was graded", [ada], {}, 0],
  ["of somebody nothing could be", [ada, nobody], {}, 3],
  ["of nobody anything could be", [nobody], {}, 3],
  ["a fault of the grader", [ada, faulty], {}, 2],
  ["a fault of the grader, and somebody ungraded", [nobody, faulty], {}, 2],
  ["the run was interrupted", [ada, nobody], { interrupted: true as const }, 130],
])("exit code: %s", async (_what, submissions, about, code) => {
  expect((await exitCode(gradedRun(submissions, about))).code).toBe(code);
});

test("a report that cannot be written is a fault, said, and costs neither the other nor the table", async () => {
  const file = join(root, "a-file");
  await writeFile(file, "mine");
  const { code, said } = await exitCode(gradedRun([ada, nobody]), { json: join(root, "r.json"), html: file });
  expect(code).toBe(2);
  expect(said).toMatch(/HTML could not be written: .*a-file is a file/);
  expect(said).toMatch(/^ada +3\/3/m);
  expect(JSON.parse(await readFile(join(root, "r.json"), "utf8")).submissions).toHaveLength(2);
  expect(await readFile(file, "utf8")).toBe("mine");
});
