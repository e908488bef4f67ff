/** One person in a gradebook. */

import type { Database } from "../gradebook/database/database.ts";
import { fromJson, toJson } from "../gradebook/database/json-values.ts";
import type { Statements } from "../gradebook/database/transaction.ts";
import type { SeenLayout } from "../grading/result.ts";
import type { Sender } from "../grading/sender.ts";
import { findHers, type Hers, type Who } from "./find.ts";
import { withoutNames } from "./layouts.ts";
import { withoutPerson } from "./record.ts";

export interface InGradebook {
  readonly database: Database;
  readonly found: readonly (Hers & { readonly run: number; readonly index: number })[];
}

/** @throws Refused */
export async function findInGradebook(database: Database, who: Who): Promise<InGradebook> {
  const rows = await database.query<{ run: number; index: number; name: unknown; sender: unknown }>(
    `SELECT run_id AS run, index, handed_in->'submission' AS name, handed_in->'sender' AS sender
     FROM flowlab.submission ORDER BY run_id, index`,
  );
  const found = [...Map.groupBy(rows, ({ run }) => run)].flatMap(([run, own]) => {
    const sent = own.map(({ name, sender }) => ({
      name: fromJson(name) as string,
      ...(sender ? { sender: fromJson(sender) as Sender } : {}),
    }));
    return findHers(sent, who).map((one) => ({ ...one, run, index: own[one.at]?.index as number }));
  });
  return { database, found };
}

/** All that is kept of her, for an export. */
export async function readFromGradebook({ database, found }: InGradebook): Promise<object[]> {
  const all: object[] = [];
  for (const { run, index } of found) {
    const query = (columns: string, table: string) =>
      database.query(`SELECT ${columns} FROM flowlab.${table} WHERE run_id = $1 AND index = $2`, [
        run,
        index,
      ]);
    const [submission] = await query("handed_in", "submission");
    const answers = await query("exercise, source", "answer");
    const results = await query("exercise, outcome, sandbox, graded_at::text AS graded_at", "result");
    all.push({
      run,
      submission: fromJson(submission),
      answers: answers.map(fromJson),
      results: results.map(fromJson),
    });
  }
  return all;
}

/** All or nothing; what graded or waits goes with her submissions. */
export async function removeFromGradebook(
  { database, found }: InGradebook,
  names: readonly string[],
): Promise<void> {
  await database.transaction(async (tx) => {
    const [queue] = await tx.query<{ name: string | null }>(
      "SELECT to_regclass('flowlab_queue.job')::text AS name",
    );
    for (const { run, index, shared } of found) {
      if (shared) await removeSender(tx, run, index, names);
      else {
        if (queue?.name)
          await tx.query(
            `DELETE FROM flowlab_queue.job WHERE id IN (
               SELECT job_id FROM flowlab.answer WHERE run_id = $1 AND index = $2
               UNION SELECT job_id FROM flowlab.result WHERE run_id = $1 AND index = $2)`,
            [run, index],
          );
        await tx.query("DELETE FROM flowlab.submission WHERE run_id = $1 AND index = $2", [run, index]);
      }
    }
    await removeFromRuns(tx, new Set(found.map(({ run }) => run)), names);
  });
}

async function removeSender(
  tx: Statements,
  run: number,
  index: number,
  names: readonly string[],
): Promise<void> {
  const at = [run, index];
  const where = "WHERE run_id = $1 AND index = $2";
  const [row] = await tx.query<{ handed_in: unknown }>(
    `SELECT handed_in FROM flowlab.submission ${where}`,
    at,
  );
  const changed = withoutPerson(fromJson(row?.handed_in) as { sender?: Sender }, names);
  await tx.query(`UPDATE flowlab.submission SET handed_in = $3::json ${where}`, [...at, toJson(changed)]);
}

/** Files beside the class. A wish to grade her anew has her name in some form; without it the same command begins to grade anew once more. */
async function removeFromRuns(
  tx: Statements,
  hers: ReadonlySet<number>,
  names: readonly string[],
): Promise<void> {
  const runs = await tx.query<{ id: number; asked: unknown }>("SELECT id, asked FROM flowlab.run");
  for (const { id, asked } of runs) {
    const before = fromJson(asked) as { layouts: readonly SeenLayout[] };
    const after = withoutNames(before, names);
    if (after !== before)
      await tx.query("UPDATE flowlab.run SET asked = $2::json WHERE id = $1", [id, toJson(after)]);
    if (hers.has(id)) await tx.query("UPDATE flowlab.run SET regrade = NULL WHERE id = $1", [id]);
  }
}

const TABLES = ["flowlab.run", "flowlab.submission", "flowlab.answer", "flowlab.result", "flowlab_queue.job"];

/**
 * PostgreSQL keeps the bytes of what was deleted: in its tables until they are written anew, in its log of writes until that is cut off. The
 * log of a server is not ours to cut, and may be archived or copied to another one.
 */
export async function purge(database: Database): Promise<void> {
  for (const table of TABLES) {
    const [there] = await database.query<{ name: string | null }>("SELECT to_regclass($1)::text AS name", [
      table,
    ]);
    if (there?.name) await database.exec(`VACUUM FULL ${table}`);
  }
  if (database.engine === "server") {
    // Not everybody may; the server does so by itself within minutes.
    await database.exec("CHECKPOINT").catch(() => {});
    return;
  }
  // A part of the log that is done with would be kept for the next writes, with what stands in it.
  await database.exec("SET wal_recycle = off");
  await database.exec("CHECKPOINT");
  await database.query("SELECT pg_switch_wal()::text AS at");
  await database.exec("CHECKPOINT");
}
