import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { AnyExercise } from "../exercise.ts";
import type { ExerciseResult } from "../grading/result.ts";
import { readRecord } from "../record/read.ts";
import { createRecord } from "../record/write.ts";
import type { Submission } from "../submissions/submission.ts";
import { type BatchOptions, collectExercises, type GradeOne, runBatch } from "./run.ts";

const exercise = (id: string, points: number) =>
  ({
    ...{ id, path: `c/${id}`, title: id, signatures: {} },
    checks: [{ name: "c", points }],
  }) as unknown as AnyExercise;
const course = [exercise("a", 2), exercise("b", 3), exercise("c", 5)];
const handedIn = (name: string, ...ids: string[]): Submission => ({
  name,
  notes: [],
  files: [],
  sources: ids.map((exerciseId) => ({ exerciseId, code: name, origin: name })),
});
const full = (of: AnyExercise): ExerciseResult => {
  const points = of.checks[0]?.points ?? 0;
  return {
    exercise: of.id,
    title: of.title,
    status: "passed",
    points,
    maxPoints: points,
    seed: "s",
    checks: [],
  };
};
/** Runs, and reads what the record says. */
async function run(submissions: Submission[], gradeOne: GradeOne, more: Partial<BatchOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "flowlab-batch-"));
  try {
    const exercises = collectExercises(submissions, course);
    const conditions = { seed: "s", sandbox: "none", startedAt: "2026-01-02T03:04:05.678Z", course: "c" };
    const path = join(folder, "record.jsonl");
    const record = await createRecord(path, { ...conditions, layouts: [], exercises }, submissions);
    await runBatch(submissions, { exercises, gradeOne, jobs: 2, record, ...more });
    const read = await readRecord(path);
    const whole = await Promise.all(read.summaries.map((_, index) => read.submission(index)));
    await read.close();
    return { ...read.about, submissions: whole };
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("keeps the order, runs no more at a time than asked, and measures all by the same exercises", async () => {
  let running = 0;
  let most = 0;
  const finished: string[] = [];
  const gradeOne: GradeOne = async (of, source) => {
    running += 1;
    most = Math.max(most, running);
    await sleep(source.code === "slow" ? 60 : 5);
    running -= 1;
    return full(of);
  };
  const batch = await run(
    [handedIn("slow", "a"), handedIn("quick", "b", "a"), handedIn("third", "b")],
    gradeOne,
    {
      onSubmission: ({ submission }) => {
        finished.push(submission);
      },
    },
  );
  expect(batch.submissions.map((s) => [s.submission, s.points, s.maxPoints])).toEqual([
    ["slow", 2, 5],
    ["quick", 5, 5],
    ["third", 3, 5],
  ]);
  expect(batch.submissions[1]?.exercises.map((e) => e.exercise)).toEqual(["a", "b"]);
  expect(finished).toEqual(
    ["quick", "slow", "third"].toSorted((x, y) => finished.indexOf(x) - finished.indexOf(y)),
  );
  expect(finished.indexOf("slow")).toBeGreaterThan(0);
  expect(most).toBe(2);
});

test("a fault of the grader costs only the answer it happened on", async () => {
  const gradeOne: GradeOne = async (of, source) => {
    if (source.code === "cursed" && of.id === "b") throw new TypeError("undefined is not a function");
    return full(of);
  };
  const { submissions } = await run([handedIn("cursed", "a", "b"), handedIn("fine", "a", "b")], gradeOne);
  expect(submissions[0]).toMatchObject({
    points: 2,
    maxPoints: 5,
    problem: "b could not be graded, by a fault of the grader: TypeError: undefined is not a function",
  });
  expect(submissions[1]).toMatchObject({ points: 5 });
  expect(submissions[1]).not.toHaveProperty("problem");
});

test("an unreadable submission keeps its place and its reason", async () => {
  const unreadable: Submission = { name: "x", sources: [], notes: [], files: [], problem: "no JSON" };
  const { submissions } = await run([unreadable, handedIn("y", "a")], async (of) => full(of));
  expect(submissions[0]).toMatchObject({ points: 0, maxPoints: 2, problem: "no JSON" });
});

test("an interrupt keeps what is graded and gives no verdict on the rest", async () => {
  const stop = new AbortController();
  const gradeOne: GradeOne = async (of, source) => {
    if (source.code === "second") stop.abort();
    return source.code === "second" ? { ...full(of), points: 0, status: "failed" } : full(of);
  };
  const batch = await run(
    [handedIn("first", "a"), handedIn("second", "a"), handedIn("third", "a")],
    gradeOne,
    {
      jobs: 1,
      signal: stop.signal,
    },
  );
  expect(batch.interrupted).toBe(true);
  expect(batch.submissions.map((s) => [s.exercises.length, s.problem])).toEqual([
    [1, undefined],
    [0, "not graded: the run was interrupted"],
    [0, "not graded: the run was interrupted"],
  ]);
});
