import { afterAll, beforeAll, expect } from "vitest";
import { begin, classOf, gradingBy, handedIn, quickly, workOff } from "./class.fixture.ts";
import type { Database } from "./database/database.ts";
import { engines } from "./database/engines.fixture.ts";
import type { Regrade } from "./enqueue.ts";
import { gradedRun } from "./graded-run.ts";
import { type Opened, openGradebook } from "./opened.fixture.ts";
import type { Queue } from "./queue.ts";
import { openAnswers } from "./results.ts";

for (const { name, needing, make } of engines()) {
  needing.describe(name, () => {
    let opened: Opened | undefined;
    let database: Database;
    let queue: Queue;
    beforeAll(async () => {
      opened = await openGradebook(make);
      ({ database, queue } = opened);
    });
    afterAll(() => opened?.close());
    const results = async (run: number) =>
      database.query<{ index: number; exercise: string; n: number }>(
        "SELECT index, exercise, count(*) AS n FROM flowlab.result WHERE run_id = $1 GROUP BY 1, 2 ORDER BY 1, 2",
        [run],
      );
    const grades = async (run: number) => (await results(run)).reduce((sum, { n }) => sum + n, 0);

    needing.test("an answer that is asked for twice is graded once, the class in its order", async () => {
      const submissions = classOf(104);
      const { run, answers, graded } = await begin(database, queue, { key: "twice", submissions });
      expect([answers, graded]).toEqual([208, 0]);
      await begin(database, queue, { key: "twice", submissions });
      const first = await queue.fetch(run.id, 40);
      expect(first.map(({ data }) => data.index).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 40 }, (_, i) => Math.floor(i / 2)),
      );
      for (const attempt of first) await queue.giveBack(attempt, "test");
      await workOff(database, queue, run.id);
      expect(await results(run.id)).toHaveLength(208);
      expect(await grades(run.id)).toBe(208);
      expect((await begin(database, queue, { key: "twice", submissions })).graded).toBe(208);
      expect(await openAnswers(database, run.id)).toBe(0);
    });

    needing.test(
      "what has changed is graded anew, what is gone is not, what comes back has its verdict",
      async () => {
        const before = [handedIn("a"), handedIn("b"), handedIn("c")];
        const { run } = await begin(database, queue, { key: "changed", submissions: before });
        await workOff(database, queue, run.id);
        const after = [handedIn("new"), handedIn("c"), handedIn("b", "other")];
        expect(await begin(database, queue, { key: "changed", submissions: after })).toMatchObject({
          graded: 2,
        });
        await workOff(database, queue, run.id);
        const graded = await gradedRun(database, run);
        expect(graded.summaries.map(({ submission }) => submission)).toEqual(["new", "c", "b"]);
        expect((await graded.submission(2)).exercises[0]?.title).toContain("of other, 16.1");
        expect(await grades(run.id)).toBe(10);
        expect(await begin(database, queue, { key: "changed", submissions: before })).toMatchObject({
          graded: 6,
        });
        expect((await (await gradedRun(database, run)).submission(1)).exercises[0]?.title).toContain(
          "of // of b",
        );
      },
    );

    needing.test("an answer that is withdrawn or replaced while it waits is not graded", async () => {
      const { run } = await begin(database, queue, { key: "withdrawn", submissions: classOf(3) });
      const submissions = [handedIn("class/learner-0", "other"), handedIn("class/learner-2")];
      await begin(database, queue, { key: "withdrawn", submissions });
      const codes: string[] = [];
      const grading = gradingBy(async (exercise, source, signal) => {
        codes.push(source.code);
        return quickly(exercise, source, signal);
      });
      await workOff(database, queue, run.id, { grading, jobs: 1 });
      expect(codes.sort()).toEqual([
        "// of class/learner-2, 16.1",
        "// of class/learner-2, 16.2",
        "other, 16.1",
        "other, 16.2",
      ]);
    });

    needing.test("an answer whose job is lost is asked for again", async () => {
      const submissions = classOf(2);
      const { run } = await begin(database, queue, { key: "lost", submissions });
      await database.exec(`DELETE FROM flowlab_queue.job WHERE name = 'run-${run.id}'`);
      await begin(database, queue, { key: "lost", submissions });
      await workOff(database, queue, run.id);
      expect(await grades(run.id)).toBe(4);
    });

    needing.test(
      "checks that change mark grades as stale; they are given anew when that is asked, once",
      async () => {
        const submissions = classOf(2);
        const asked = { key: "stale", submissions };
        const { run } = await begin(database, queue, asked);
        await workOff(database, queue, run.id);
        const stale = async (checks: string) => {
          const { summaries } = await gradedRun(
            database,
            (await begin(database, queue, { ...asked, checks })).run,
          );
          return summaries.flatMap(({ exercises }) => exercises.map((exercise) => exercise.stale ?? false));
        };
        expect(await stale("first")).toEqual([false, false, false, false]);
        expect(await stale("second")).toEqual([true, true, true, true]);
        const changed: Regrade = {
          text: "changed",
          has: ({ stale, exercise }) => stale && exercise === "16.2",
        };
        await begin(database, queue, { ...asked, checks: "second", regrade: changed });
        expect(await openAnswers(database, run.id)).toBe(2);
        expect(await stale("second")).toEqual([true, true, true, true]);
        await workOff(database, queue, run.id, { grading: gradingBy(quickly, "second") });
        expect(await stale("second")).toEqual([true, false, true, false]);
        await begin(database, queue, { ...asked, checks: "second", regrade: changed });
        expect(await openAnswers(database, run.id)).toBe(0);
      },
    );

    needing.test(
      "grading anew that was killed midway goes on; asked for again after its end, it begins again",
      async () => {
        const submissions = classOf(3);
        const regrade: Regrade = { text: "16.1", has: ({ exercise }) => exercise === "16.1" };
        const { run } = await begin(database, queue, { key: "anew", submissions });
        await workOff(database, queue, run.id);
        await begin(database, queue, { key: "anew", submissions, regrade });
        const finish = new AbortController();
        await workOff(database, queue, run.id, {
          jobs: 1,
          finish: finish.signal,
          onEnded: () => finish.abort(),
        });
        expect(await openAnswers(database, run.id)).toBe(2);
        await begin(database, queue, { key: "anew", submissions, regrade });
        expect(await openAnswers(database, run.id)).toBe(2);
        await workOff(database, queue, run.id);
        expect(await grades(run.id)).toBe(9);
        await begin(database, queue, { key: "anew", submissions, regrade });
        expect(await openAnswers(database, run.id)).toBe(3);
      },
    );
  });
}
