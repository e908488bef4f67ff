import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { singleModule } from "../harness/program.ts";
import { course, exerciseResult } from "../report/result.fixture.ts";
import type { Submission } from "../submissions/submission.ts";
import { readRecord } from "./read.ts";
import { createRecord, digestOf } from "./write.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "flowlab-record-"));
});
afterAll(() => rm(root, { recursive: true }));

const head = { seed: "s", sandbox: "none", startedAt: new Date(0).toISOString(), course: "c", layouts: [] };
const code = "export const density = (x: number) => helper(x);";

test("an answer is another if what is run with it is another", () => {
  const program = (helper: string) => singleModule("a.ipynb", `${helper}\n${code}`);
  const first = digestOf({ code, program: program("const helper = Math.sqrt;") });
  expect(digestOf({ code, program: program("const helper = Math.sqrt;") })).toBe(first);
  expect(digestOf({ code, program: program("const helper = Math.cbrt;") })).not.toBe(first);
  expect(digestOf({ code })).not.toBe(first);
});

test("what a submission says too much of is cut and counted, and its answer's whole code is still known", async () => {
  const long = code.padEnd(1_000_000, " ");
  const submission: Submission = {
    name: "ada",
    sources: [{ exerciseId: "16.1", code: long, origin: "a.ts" }],
    notes: Array.from({ length: 12_445 }, (_, i) => `note ${i}`),
    files: Array.from({ length: 20_000 }, (_, i) => ({ path: `f${i}`, ...(i > 0 && { reason: "no" }) })),
  };
  const path = join(root, "cut.jsonl");
  const record = await createRecord(path, { ...head, exercises: course }, [submission]);
  const result = exerciseResult({ output: "\ud83d\ude00".repeat(16 * 1024) });
  await record.answer({ index: 0, exercise: "16.1", milliseconds: 1, result });
  await record.end({ milliseconds: 1 });
  const run = await readRecord(path);
  const read = await run.submission(0);
  const { handedIn } = await run.lines(0);
  await run.close();
  expect(read.notes?.at(-1)).toBe("and 12,345 more notes");
  expect(read.files?.at(-1)?.path).toBe("… and 19,500 more files");
  expect(read.sources?.[0]?.code).toMatch(/^export const density.* … and 737,856 more characters$/s);
  expect(read.exercises[0]?.output).toMatch(/^(?:\ud83d\ude00)+ … and 16,384 more characters$/u);
  expect(handedIn.sources[0]?.digest).toBe(digestOf({ code: long }));
});
