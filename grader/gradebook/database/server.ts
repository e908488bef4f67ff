/** A PostgreSQL server, shared by any number of processes and machines. */

import pg from "pg";
import type { Db } from "pg-boss";
import { type Database, INT8, NoDatabase, parseInt8 } from "./database.ts";
import { unreachable } from "./outage.ts";
import { type Ask, refuseInside, runInside, statementsBy } from "./transaction.ts";

/** The SQL here is tried on it; an older one lacks some of it. */
const OLDEST_MAJOR_VERSION = 15;

/** A process grades few answers at a time, and pg-boss asks beside. */
const CONNECTIONS = 6;
const CONNECT_WITHIN_MS = 10_000;

/** @throws NoDatabase if there is no server at this address, or too old a one. */
export async function openServerDatabase(address: string): Promise<Database> {
  const name = withoutPassword(address);
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8, parseInt8);
  const pool = new pg.Pool({
    connectionString: address,
    types,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
  });
  // A connection that waits may be cut off; the pool opens another one for the next statement. Without a listener the process would end.
  pool.on("error", () => {});
  try {
    await requireVersion(pool, name);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return databaseOn(name, pool);
}

function databaseOn(name: string, pool: pg.Pool): Database {
  const ask: Ask = (sql, values) => {
    refuseInside(pool, sql);
    return send(pool, sql, values);
  };
  return {
    engine: "server",
    name,
    forQueue: { db: { executeSql: ask as Db["executeSql"] }, backend: "postgres" },
    ...statementsBy(ask),
    async transaction(work) {
      refuseInside(pool, "BEGIN");
      const client = await pool.connect();
      let lost: Error | undefined;
      // A connection that is cut off between two statements says so here, and not to the statement.
      const onError = (error: Error) => {
        lost = error;
      };
      client.on("error", onError);
      try {
        await client.query("BEGIN");
        const result = await runInside(pool, (sql, values) => send(client, sql, values), work);
        await client.query("COMMIT");
        return result;
      } catch (error) {
        await client.query("ROLLBACK").catch((cause: Error) => {
          lost ??= cause;
        });
        throw error;
      } finally {
        client.off("error", onError);
        // One that could not be rolled back is closed, which rolls back.
        client.release(lost);
      }
    },
    // Its disk may be another machine's.
    requireRoom: () => {},
    isHalted: () => false,
    close: () => pool.end(),
  };
}

/** Without values, several statements give a list of results. */
async function send(
  to: pg.Pool | pg.PoolClient,
  sql: string,
  values: readonly unknown[] | undefined,
): Promise<{ rows: unknown[] }> {
  const results = values?.length ? await to.query(sql, [...values]) : await to.query(sql);
  return { rows: [results].flat().flatMap(({ rows }) => rows ?? []) };
}

async function requireVersion(pool: pg.Pool, name: string): Promise<void> {
  let version: string;
  try {
    const { rows } = await pool.query<{ server_version_num: string }>("SHOW server_version_num");
    version = rows[0]?.server_version_num ?? "0";
  } catch (error) {
    throw unreachable(name, error);
  }
  const major = Math.floor(Number(version) / 10_000);
  if (major < OLDEST_MAJOR_VERSION)
    throw new NoDatabase(
      `the server ${name} is PostgreSQL ${major}; PostgreSQL ${OLDEST_MAJOR_VERSION} or later is needed`,
    );
}

function withoutPassword(address: string): string {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new NoDatabase(
      "the database's address is no address; write it as postgres://user:password@host:5432/name",
    );
  }
  if (url.password !== "") url.password = "…";
  return decodeURI(url.href);
}
