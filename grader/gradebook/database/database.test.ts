import { afterAll, beforeAll, expect } from "vitest";
import { type Opened, openGradebook } from "../opened.fixture.ts";
import { type Queue, StaleAttempt, startQueue } from "../queue.ts";
import type { Database } from "./database.ts";
import { engines } from "./engines.fixture.ts";
import { fromJson, toJson } from "./json-values.ts";
import { migrate } from "./migrate.ts";
import { LATEST_VERSION, MIGRATIONS } from "./migrations.ts";

for (const { name, needing, make } of engines()) {
  needing.describe(name, () => {
    let opened: Opened | undefined;
    let database: Database;
    let queue: Queue;
    beforeAll(async () => {
      opened = await openGradebook(make);
      ({ database, queue } = opened);
      await queue.prepare(1);
      await database.exec("CREATE TABLE kept (id bigint PRIMARY KEY, value json)");
    });
    afterAll(() => opened?.close());
    const count = async () => (await database.query<{ n: number }>("SELECT count(*) AS n FROM kept"))[0]?.n;
    const add = async (index: number) => {
      const id = crypto.randomUUID();
      await database.transaction((tx) =>
        queue.queueInside(tx).add(1, [{ id, data: { run: 1, index, exercise: "16.1" } }]),
      );
      return id;
    };

    needing.test(
      "what a learner's code printed comes back, keys in their order, numbers as numbers",
      async () => {
        const value = { z: "\0\ud800", a: [-0, Number.NaN, [1]], "\0": "\u001a" };
        await database.query("INSERT INTO kept VALUES ($1, $2)", [7, toJson(value)]);
        const [row] = await database.query("SELECT id, value FROM kept WHERE id = $1", [7]);
        expect(row?.id).toBe(7);
        expect(fromJson(row?.value)).toStrictEqual(value);
        expect(Object.keys(fromJson(row?.value) as object)).toEqual(["z", "a", "\0"]);
        expect(await count()).toBe(1);
        await database.exec("DELETE FROM kept");
      },
    );

    needing.test(
      "a transaction that fails keeps nothing, also where its failure was caught within",
      async () => {
        const fail = database.transaction(async ({ query }) => {
          await query("INSERT INTO kept VALUES (1, NULL)");
          throw new Error("on purpose");
        });
        await expect(fail).rejects.toThrow("on purpose");
        const goOn = database.transaction(async ({ query }) => {
          await query("INSERT INTO kept VALUES (2, NULL)");
          await query("SELECT 1 / 0").catch(() => {});
        });
        await expect(goOn).rejects.toThrow("nothing of the transaction is kept");
        expect(await count()).toBe(0);
      },
    );

    needing.test(
      "a statement that gets past its transaction is refused at once, and the next one goes through",
      async () => {
        await expect(database.transaction(() => database.query("SELECT 1"))).rejects.toThrow("go through it");
        await expect(database.transaction(() => queue.fetch(1, 1))).rejects.toThrow("go through it");
        expect(await database.transaction(({ query }) => query("SELECT 1 AS one"))).toEqual([{ one: 1 }]);
      },
    );

    needing.test("a job ends with its result or not at all, and only by who has it", async () => {
      const id = await add(1);
      const [attempt] = await queue.fetch(1, 5);
      expect(attempt).toMatchObject({ id, retryCount: 0, data: { run: 1, index: 1, exercise: "16.1" } });
      if (!attempt) return;
      const record = (retryCount: number, fail = false) =>
        database.transaction(async (tx) => {
          await tx.query("INSERT INTO kept VALUES (1, NULL)");
          await queue.queueInside(tx).complete({ ...attempt, retryCount });
          if (fail) throw new Error("on purpose");
        });
      await expect(record(1)).rejects.toThrow(StaleAttempt);
      await expect(record(0, true)).rejects.toThrow("on purpose");
      expect(await count()).toBe(0);
      await queue.touch(attempt);
      await record(0);
      expect(await count()).toBe(1);
      await expect(queue.touch(attempt)).rejects.toThrow(StaleAttempt);
      await database.exec("DELETE FROM kept");
      await expect(record(0)).rejects.toThrow(StaleAttempt);
      expect(await queue.fetch(1, 1)).toEqual([]);
    });

    needing.test("a job that was added in a transaction that failed is not there", async () => {
      const fail = database.transaction(async (tx) => {
        const data = { run: 1, index: 2, exercise: "16.1" };
        await queue.queueInside(tx).add(1, [{ id: crypto.randomUUID(), data }]);
        throw new Error("on purpose");
      });
      await expect(fail).rejects.toThrow("on purpose");
      expect(await queue.fetch(1, 1)).toEqual([]);
    });

    needing.test("versions are checked both ways", async () => {
      expect(await migrate(database)).toBe(LATEST_VERSION);
      const next = [...MIGRATIONS, { version: LATEST_VERSION + 1, sql: "CREATE TABLE later (id integer)" }];
      const broken = [
        ...MIGRATIONS,
        { version: LATEST_VERSION + 1, sql: "CREATE TABLE half (id integer); nonsense" },
      ];
      await expect(migrate(database, broken)).rejects.toThrow("syntax error");
      expect(await database.query("SELECT to_regclass('half') AS name")).toEqual([{ name: null }]);
      expect(await migrate(database, next)).toBe(LATEST_VERSION + 1);
      await expect(migrate(database)).rejects.toThrow(/a newer kit made it/);
      await database.exec(`DELETE FROM flowlab.version WHERE version > ${LATEST_VERSION}; DROP TABLE later`);
    });

    needing.test("the queue of a newer kit is refused", async () => {
      await database.exec("UPDATE flowlab_queue.version SET version = 47");
      await expect(startQueue(database, { onError: () => {} })).rejects.toThrow(
        /version 47, and this kit's has 46/,
      );
      await database.exec("UPDATE flowlab_queue.version SET version = 46");
    });
  });
}
