/** Brings a database to the tables that this kit knows, and refuses one whose tables are newer than the kit. */

import { type Database, NoDatabase } from "./database.ts";
import { MIGRATIONS, type Migration } from "./migrations.ts";

/** Any number that nothing else in this database locks. */
const LOCK = 7_160_402;

/**
 * Of several that begin at once, one migrates and the others wait for it.
 *
 * @returns The version that the database has now.
 * @throws NoDatabase if a newer kit made the database: this one would not know what its rows mean.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<number> {
  const latest = migrations.at(-1)?.version ?? 0;
  return database.transaction(async ({ query, exec }) => {
    await query("SELECT pg_advisory_xact_lock($1)", [LOCK]);
    await exec(`
      CREATE SCHEMA IF NOT EXISTS flowlab;
      CREATE TABLE IF NOT EXISTS flowlab.version (
        version integer PRIMARY KEY,
        applied_at timestamptz NOT NULL DEFAULT now()
      );
    `);
    const [row] = await query<{ version: number }>(
      "SELECT coalesce(max(version), 0) AS version FROM flowlab.version",
    );
    const found = row?.version ?? 0;
    if (found > latest)
      throw new NoDatabase(
        `the gradebook ${database.name} has version ${found}, and this kit knows versions up to ${latest}: ` +
          "a newer kit made it; update this one",
      );
    for (const { version, sql } of migrations.filter((one) => one.version > found)) {
      await exec(sql);
      await query("INSERT INTO flowlab.version (version) VALUES ($1)", [version]);
    }
    return latest;
  });
}
