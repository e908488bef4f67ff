import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needingPostgres } from "../../setup/testing/needs.ts";
import { startPostgres } from "../../setup/testing/postgres.ts";
import { ATTEMPTS, type Ended, type Grading } from "./attempt.ts";
import { begin, classOf, gradingBy, quickly, resultOf, workOff } from "./class.fixture.ts";
import { type Database, DatabaseFull } from "./database/database.ts";
import { engines } from "./database/engines.fixture.ts";
import { openDatabase } from "./database/open.ts";
import { isAway } from "./database/outage.ts";
import { gradedRun } from "./graded-run.ts";
import { type Opened, openGradebook } from "./opened.fixture.ts";
import { type Queue, startQueue } from "./queue.ts";
import { openAnswers } from "./results.ts";
import { closeRun } from "./run.ts";

const never: Grading["gradeOne"] = async (_exercise, _source, signal) => {
  await sleep(600_000, undefined, { signal }).catch(() => {});
  return resultOf("16.1", "never");
};

for (const { name, needing, make } of engines()) {
  needing.describe(name, () => {
    let opened: Opened | undefined;
    let database: Database;
    let queue: Queue;
    beforeAll(async () => {
      opened = await openGradebook(make, { heartbeatSeconds: 10 });
      ({ database, queue } = opened);
    });
    afterAll(() => opened?.close());

    needing.test("what was graded is reported, word for word, with the class in its order", async () => {
      const { run } = await begin(database, queue, { key: "reported", submissions: classOf(3) });
      const before = await gradedRun(database, run);
      expect(before.about.interrupted).toBe(true);
      expect(before.summaries[1]?.problem).toBe(
        "not graded: the run was interrupted; the same command goes on",
      );
      await workOff(database, queue, run.id);
      await closeRun(database, run.id, 1234);
      const { about, summaries, submission } = await gradedRun(database, run);
      expect(about).toMatchObject({ seed: "seed", sandbox: "none", startedAt: run.startedAt });
      expect(about).not.toHaveProperty("interrupted");
      expect(summaries.map((one) => one.submission)).toEqual(classOf(3).map((one) => one.name));
      expect((await submission(2)).exercises).toEqual(
        ["16.1", "16.2"].map((id) => resultOf(id, `// of class/learner-2, ${id}`)),
      );
    });

    needing.test(
      "a fault is tried again; one that lasts is reported as a fault, never as zero points",
      async () => {
        const submissions = classOf(2);
        const { run } = await begin(database, queue, { key: "fault", submissions });
        const tries = new Map<string, number>();
        const gradeOne: Grading["gradeOne"] = async (exercise, source, signal) => {
          const n = (tries.get(source.code) ?? 0) + 1;
          tries.set(source.code, n);
          if (source.code.includes("learner-0, 16.1") && n < ATTEMPTS) throw new Error("the machine is busy");
          if (source.code.includes("learner-1, 16.2")) throw new Error("no room");
          return quickly(exercise, source, signal);
        };
        const endings: Ended[] = [];
        await workOff(database, queue, run.id, {
          grading: gradingBy(gradeOne),
          onEnded: (ended) => endings.push(ended),
        });
        expect(endings.filter((ended) => ended === "again")).toHaveLength(2 * (ATTEMPTS - 1));
        expect(endings.filter((ended) => ended === "fault")).toHaveLength(1);
        const graded = await gradedRun(database, run);
        expect(graded.summaries.map(({ graderFault }) => graderFault)).toEqual([undefined, true]);
        expect(graded.summaries[1]?.problem).toMatch(
          /16\.2 could not be graded, by a fault of the grader: Error: no room/,
        );
        expect(graded.summaries[1]?.exercises.map(({ exercise }) => exercise)).toEqual(["16.1"]);
        expect(await begin(database, queue, { key: "fault", submissions })).toMatchObject({ graded: 3 });
        await workOff(database, queue, run.id);
        expect((await gradedRun(database, run)).summaries[1]?.graderFault).toBeUndefined();
      },
    );

    needing.test("a fault while grading anew leaves the verdict that is there", async () => {
      const submissions = classOf(1);
      const { run } = await begin(database, queue, { key: "verdict", submissions });
      await workOff(database, queue, run.id);
      await begin(database, queue, {
        key: "verdict",
        submissions,
        regrade: { text: "all", has: () => true },
      });
      const fail = async () => {
        throw new Error("no room");
      };
      await workOff(database, queue, run.id, { grading: gradingBy(fail) });
      const { summaries } = await gradedRun(database, run);
      expect(summaries[0]?.exercises).toHaveLength(2);
      expect(summaries[0]).not.toHaveProperty("graderFault");
    });

    needing.test(
      "interrupted, it gives back what it was at; what others have taken since is not its own",
      async () => {
        const { run } = await begin(database, queue, { key: "interrupted", submissions: classOf(2) });
        const abort = new AbortController();
        const { signal } = abort;
        const endings: Ended[] = [];
        const working = workOff(database, queue, run.id, {
          grading: gradingBy(never),
          finish: signal,
          abort: signal,
          onEnded: (ended) => endings.push(ended),
        });
        const active = async () =>
          (
            await database.query<{ id: string }>(
              `SELECT id::text AS id FROM flowlab_queue.job WHERE name = $1 AND state = 'active' ORDER BY id`,
              [`run-${run.id}`],
            )
          ).map(({ id }) => id);
        while ((await active()).length < 3) await sleep(20);
        // One that was taken for dead: somebody else has it now.
        await database.query("UPDATE flowlab_queue.job SET retry_count = retry_count + 1 WHERE id = $1", [
          (await active())[0],
        ]);
        abort.abort();
        await working;
        expect(endings.sort()).toEqual(["again", "again", "again"]);
        expect(await active()).toHaveLength(1);
        await queue.giveBackAll(run.id, "test");
        await workOff(database, queue, run.id);
        expect(await openAnswers(database, run.id)).toBe(0);
      },
    );

    needing.test(
      "one person's answers come one after another, and what an interruption leaves is as if never taken",
      async () => {
        const { run } = await begin(database, queue, { key: "together", submissions: classOf(6) });
        const finish = new AbortController();
        const [people, finished]: [object[], object[]] = [[], []];
        const gradeOne: Grading["gradeOne"] = async (exercise, source, signal, whose) => {
          people.push(whose as object);
          if (people.length === 3) finish.abort();
          return quickly(exercise, source, signal);
        };
        gradeOne.finished = async (whose) => void finished.push(whose);
        const one = { jobs: 1, grading: gradingBy(gradeOne), together: () => 5 };
        await workOff(database, queue, run.id, { ...one, finish: finish.signal });
        expect(new Set(people).size).toBe(2);
        expect(people[1]).toBe(people[0]);
        expect(await openAnswers(database, run.id)).toBe(9);
        const [jobs] = await database.query<{ waiting: number; tries: number }>(
          `SELECT count(*) AS waiting, max(retry_count) AS tries FROM flowlab_queue.job WHERE name = $1 AND state < 'active'`,
          [`run-${run.id}`],
        );
        expect(jobs).toEqual({ waiting: 9, tries: 0 });
        await workOff(database, queue, run.id, one);
        expect(await openAnswers(database, run.id)).toBe(0);
        expect(finished.length).toBe(new Set(people).size);
        // Twelve answers, taken as 5, 5, 5: a person whose answers are split is two.
        expect(finished.length).toBeLessThanOrEqual(9);
      },
    );

    needing.test("where room is short it takes no more answers, and keeps those that it is at", async () => {
      const { run } = await begin(database, queue, { key: "room", submissions: classOf(4) });
      let taken = 0;
      const short: Database = {
        ...database,
        requireRoom: () => {
          taken += 1;
          if (taken > 3) throw new DatabaseFull("full");
        },
      };
      await expect(workOff(short, queue, run.id, { jobs: 2 })).rejects.toThrow(DatabaseFull);
      expect(await openAnswers(database, run.id)).toBe(5);
    });
  });
}

needingPostgres().test(
  "a server that crashes and comes back costs no result, and gives none twice",
  async () => {
    const server = await startPostgres();
    const database = await openDatabase(server.address);
    const queue = await startQueue(database, {
      onError: (error) => {
        if (!isAway(error)) throw error;
      },
      heartbeatSeconds: 10,
    });
    try {
      const { run } = await begin(database, queue, { key: "crash", submissions: classOf(40) });
      const said: string[] = [];
      const slowly: Grading["gradeOne"] = async (...given) => {
        await sleep(20);
        return quickly(...given);
      };
      const working = workOff(database, queue, run.id, {
        grading: gradingBy(slowly),
        onAway: () => said.push("away"),
        onBack: () => said.push("back"),
      });
      for (let crash = 0; crash < 3; crash++) {
        await sleep(250);
        await server.kill();
        await server.start();
        await queue.supervise(run.id).catch(() => {});
      }
      await working;
      expect(said.length).toBeGreaterThan(0);
      const [count] = await database.query<{ all: number; jobs: number }>(
        `SELECT count(*) AS all, count(DISTINCT (index, exercise)) AS jobs FROM flowlab.result WHERE run_id = $1`,
        [run.id],
      );
      expect(count).toEqual({ all: 80, jobs: 80 });
    } finally {
      await queue.stop();
      await database.close();
      await server.remove();
    }
  },
);

needingPostgres().test("several that begin on an empty server at once all begin", async () => {
  const server = await startPostgres();
  try {
    const begun = await Promise.all(
      [1, 2, 3].map(async () => {
        const database = await openDatabase(server.address);
        const queue = await startQueue(database, { onError: (error) => expect.fail(error.message) });
        await queue.stop();
        await database.close();
        return true;
      }),
    );
    expect(begun).toEqual([true, true, true]);
  } finally {
    await server.remove();
  }
});

describe("a server that is away", () => {
  test.each([
    [Object.assign(new Error("x"), { code: "57P03" }), true],
    [new Error("Connection terminated unexpectedly"), true],
    [new AggregateError([Object.assign(new Error("x"), { code: "ECONNREFUSED" })]), true],
    [Object.assign(new Error("x"), { code: "23505" }), false],
    [new DatabaseFull("full"), false],
  ])("is told from other errors: %s", (error, away) => {
    expect(isAway(error)).toBe(away);
  });
});
