/** PostgreSQL inside this process, in a folder: PGlite. */

import { existsSync, mkdirSync, readFileSync, statfsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { PGlite, type Transaction } from "@electric-sql/pglite";
import { fromPglite } from "pg-boss";
import { type Database, DatabaseFull, INT8, isDiskFull, NoDatabase, parseInt8 } from "./database.ts";
import { lockFolder } from "./folder-lock.ts";
import { type Ask, refuseInside, runInside, statementsBy } from "./transaction.ts";

/** The PostgreSQL that PGlite is built from. A folder of another one cannot be opened. */
const MAJOR_VERSION = "18";

const MEBIBYTE = 2 ** 20;
/** An empty database takes 40 MiB, and its log of writes grows by 16 MiB at a time. */
const ROOM_FOR_NEW = 128 * MEBIBYTE;
const ROOM_TO_GO_ON = 48 * MEBIBYTE;

/**
 * A kill of this process loses nothing that was acknowledged; a power cut may, since PGlite does not wait for the disk.
 *
 * @throws FolderInUse if another process has it open, DatabaseFull if there is no room to begin.
 */
export async function openEmbeddedDatabase(path: string): Promise<Database> {
  const folder = resolve(path);
  mkdirSync(dirname(folder), { recursive: true });
  const lock = lockFolder(folder);
  try {
    refuseOtherVersion(folder);
    requireRoom(folder);
    const pglite = await PGlite.create(folder, { parsers: { [INT8]: parseInt8 } });
    return databaseOn(folder, pglite, lock.release);
  } catch (error) {
    lock.release();
    throw isDiskFull(error) ? full(folder) : error;
  }
}

function databaseOn(folder: string, pglite: PGlite, release: () => void): Database {
  const guard = createGuard(folder);
  const ask: Ask = (sql, values) => {
    refuseInside(pglite, sql);
    return guard.run(() => send(pglite, sql, values));
  };
  return {
    engine: "embedded",
    name: folder,
    forQueue: {
      db: fromPglite({ query: ask as PGlite["query"], exec: async (sql) => [await ask(sql)] }),
      backend: "pglite",
    },
    ...statementsBy(ask),
    async transaction(work) {
      refuseInside(pglite, "BEGIN");
      return guard.run(() =>
        pglite.transaction((tx) =>
          runInside(pglite, (sql, values) => guard.orHalt(() => send(tx, sql, values)), work),
        ),
      );
    },
    requireRoom: () => requireRoom(folder),
    isHalted: guard.isHalted,
    async close() {
      // What is halted ends with this process, and the folder is open until then.
      if (guard.isHalted()) return;
      await guard.run(() => pglite.close());
      release();
    },
  };
}

/** `query` takes one statement, `exec` several, and those have no values. */
async function send(
  to: PGlite | Transaction,
  sql: string,
  values: readonly unknown[] | undefined,
): Promise<{ rows: unknown[] }> {
  if (values?.length) return to.query(sql, [...values]);
  return { rows: (await to.exec(sql)).flatMap(({ rows }) => rows ?? []) };
}

/** After an error for want of room PGlite may be asked nothing more, not even to roll back or to close: it would not come back. */
function createGuard(folder: string) {
  let halted: DatabaseFull | undefined;
  const waiting = new Set<(error: Error) => void>();
  const halt = (): DatabaseFull => {
    halted ??= full(folder);
    for (const fail of waiting) fail(halted);
    return halted;
  };
  return {
    isHalted: () => halted !== undefined,
    async run<T>(ask: () => Promise<T>): Promise<T> {
      if (halted) throw halted;
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      waiting.add(reject);
      try {
        ask().then(resolve, (error) => reject(isDiskFull(error) ? halt() : error));
        return await promise;
      } finally {
        waiting.delete(reject);
      }
    },
    /** Within a transaction: the error ends it from outside, and its inside is left standing, so that PGlite does not roll back. */
    async orHalt<T>(ask: () => Promise<T>): Promise<T> {
      try {
        return await ask();
      } catch (error) {
        if (!isDiskFull(error)) throw error;
        halt();
        return new Promise<never>(() => {});
      }
    },
  };
}

function refuseOtherVersion(folder: string): void {
  const file = join(folder, "PG_VERSION");
  if (!existsSync(file)) return;
  const found = readFileSync(file, "utf8").trim();
  if (found !== MAJOR_VERSION)
    throw new NoDatabase(
      `the gradebook ${folder} is a database of PostgreSQL ${found}, and this kit has PostgreSQL ${MAJOR_VERSION}: ` +
        "open it with the kit that made it, or name another folder",
    );
}

function requireRoom(folder: string): void {
  const needed = existsSync(join(folder, "PG_VERSION")) ? ROOM_TO_GO_ON : ROOM_FOR_NEW;
  const { bavail, bsize } = statfsSync(dirname(folder));
  if (bavail * bsize < needed) throw full(folder, needed);
}

const full = (folder: string, needed = ROOM_TO_GO_ON): DatabaseFull =>
  new DatabaseFull(
    `the disk of the gradebook ${folder} is full; all that was acknowledged is kept. ` +
      `Free ${needed / MEBIBYTE} MiB or more and run the same command again`,
  );
