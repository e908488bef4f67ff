/** One process at a time. The lock is the system's own on a file, so it ends with the process that holds it, however that ends. */

import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 20;
/** SQLite's code for a lock that somebody else holds. */
const SQLITE_BUSY = 5;

/** Runs `work` while no other process, and nobody else in this one, holds the lock of this file; waits for it as long as it takes. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  // SQLite is the only way in Node to a file lock of the system: it needs no other table than none.
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    while (!begun(database)) await sleep(POLL_MS);
    return await work();
  } finally {
    database.close();
  }
}

function begun(database: DatabaseSync): boolean {
  try {
    database.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
