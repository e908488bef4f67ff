/** Copies a gradebook from one database to another. Folders and servers cannot exchange files, and a dump wants one version of PostgreSQL. */

import { type Database, NoDatabase } from "./database/database.ts";
import type { Row, Statements } from "./database/transaction.ts";

/** Each after those that it refers to. */
export const TABLES = ["run", "submission", "answer", "result"] as const;

export type Copied = { readonly [Table in (typeof TABLES)[number]]: number };

const AT_ONCE = 200;

/**
 * All or nothing. What waited to be graded is asked for anew by the next command, since queues are not copied.
 *
 * @throws NoDatabase if the target holds a run: nothing is mixed or overwritten.
 */
export async function copyGradebook(from: Database, to: Database): Promise<Copied> {
  // One state of all tables, also while others go on grading.
  return from.transaction(async (source) => {
    await source.exec("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    return to.transaction(async (target) => {
      const [there] = await target.query("SELECT 1 FROM flowlab.run LIMIT 1");
      if (there)
        throw new NoDatabase(
          `${to.name} holds a gradebook already, and none is overwritten; name an empty place`,
        );
      const copied: Record<string, number> = {};
      for (const table of TABLES) copied[table] = await copyTable(source, target, table);
      return copied as Copied;
    });
  });
}

async function copyTable(source: Statements, target: Statements, table: string): Promise<number> {
  const columns = await source.query<{ name: string; identity: boolean }>(
    `SELECT column_name::text AS name, is_identity = 'YES' AS identity FROM information_schema.columns
     WHERE table_schema = 'flowlab' AND table_name = $1 ORDER BY ordinal_position`,
    [table],
  );
  const names = columns.map(({ name }) => name);
  // Each value as a text, from which every type is read again exactly, JSON letter by letter.
  const texts = names.map((name) => `${name}::text AS ${name}`).join(", ");
  await source.exec(`DECLARE ${table}_rows NO SCROLL CURSOR FOR SELECT ${texts} FROM flowlab.${table}`);
  let count = 0;
  for (;;) {
    const rows = await source.query<Row>(`FETCH ${AT_ONCE} FROM ${table}_rows`);
    if (rows.length === 0) break;
    const places = rows.map(
      (_, i) => `(${names.map((_name, j) => `$${i * names.length + j + 1}`).join(", ")})`,
    );
    await target.query(
      `INSERT INTO flowlab.${table} (${names.join(", ")}) OVERRIDING SYSTEM VALUE VALUES ${places.join(", ")}`,
      rows.flatMap((row) => names.map((name) => row[name])),
    );
    count += rows.length;
  }
  await source.exec(`CLOSE ${table}_rows`);
  for (const { name } of columns.filter(({ identity }) => identity))
    await target.query(
      `SELECT setval(pg_get_serial_sequence('flowlab.${table}', '${name}'), coalesce(max(${name}), 0) + 1, false) FROM flowlab.${table}`,
    );
  return count;
}
