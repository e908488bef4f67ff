import { afterAll, beforeAll, expect } from "vitest";
import type { Database } from "./database.ts";
import { engines, type Place } from "./engines.fixture.ts";
import { openDatabase } from "./open.ts";
import { type Queue, StaleAttempt, startQueue } from "./queue.ts";
import { enqueue, outcomesOf, recordOutcome } from "./results.ts";

for (const { name, needing, make } of engines()) {
  needing.describe(name, () => {
    let at: Place;
    let database: Database;
    let queue: Queue;
    beforeAll(async () => {
      at = await make();
      database = await openDatabase(at.place);
      queue = await startQueue(database, { onError: (error) => expect.fail(error.message) });
    });
    afterAll(async () => {
      await queue?.stop();
      await database?.close();
      await at?.remove();
    });
    async function newRun(submissions: number): Promise<number> {
      const [row] = await database.query<{ id: number }>(
        "INSERT INTO flowlab.run (fingerprint, about) VALUES ($1, '{}') RETURNING id",
        [crypto.randomUUID()],
      );
      const run = row?.id ?? 0;
      await database.query(
        "INSERT INTO flowlab.submission SELECT $1, n, '{}' FROM generate_series(0, $2::int - 1) AS n",
        [run, submissions],
      );
      return run;
    }

    needing.test("an answer that is asked for twice is graded once", async () => {
      const run = await newRun(600);
      const tasks = Array.from({ length: 600 }, (_, index) => ({ run, index, exercise: "16.1" }));
      expect(await enqueue(database, queue, tasks.slice(0, 100))).toBe(100);
      expect(await enqueue(database, queue, tasks)).toBe(500);
      expect(await enqueue(database, queue, tasks)).toBe(0);
      const attempts = await queue.fetch(1000);
      expect(attempts).toHaveLength(600);
      for (const attempt of attempts.slice(0, 50))
        await recordOutcome(database, queue, attempt, { of: attempt.data.index, printed: "\0" });
      expect(await enqueue(database, queue, tasks)).toBe(0);
      const outcomes = await outcomesOf(database, run);
      expect(outcomes).toHaveLength(50);
      expect(outcomes).toEqual(
        outcomes.map(({ index }) => ({ index, exercise: "16.1", outcome: { of: index, printed: "\0" } })),
      );
    });

    needing.test("of two that grade the same answer, the first result stays", async () => {
      const run = await newRun(1);
      await enqueue(database, queue, [{ run, index: 0, exercise: "16.1" }]);
      const [attempt] = await queue.fetch(1);
      if (!attempt) return expect.fail("nothing to grade");
      const late = recordOutcome(database, queue, { ...attempt, retryCount: attempt.retryCount + 1 }, "late");
      await expect(late).rejects.toThrow(StaleAttempt);
      expect(await outcomesOf(database, run)).toEqual([]);
      await recordOutcome(database, queue, attempt, "first");
      await expect(recordOutcome(database, queue, attempt, "second")).rejects.toThrow(StaleAttempt);
      expect(await outcomesOf(database, run)).toEqual([{ index: 0, exercise: "16.1", outcome: "first" }]);
    });
  });
}
