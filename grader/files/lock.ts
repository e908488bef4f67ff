/** One process at a time. The lock is the system's own on a file, so it ends with the process that holds it, however that ends. */

import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 20;
/** SQLite's code for a lock that somebody else holds. */
const SQLITE_BUSY = 5;

/** Far longer than any work that is done under a lock here; a file system without locks may answer "busy" for ever. */
const PATIENCE_MS = 120_000;
/** And far longer than writing a small file takes, while nothing else can happen in this process. */
const BLOCKING_PATIENCE_MS = 5000;

/**
 * Runs `work` while no other process, and nobody else in this one, holds the lock of this file.
 *
 * @throws Error if somebody else holds it for two minutes
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  // Node has no other way to a lock of the system than SQLite's; the database stays empty.
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    const started = performance.now();
    while (!begin(database)) {
      if (performance.now() - started > PATIENCE_MS)
        throw new Error(
          `another run holds ${path}; is one still writing a report there, or can this disk not lock files?`,
        );
      await sleep(POLL_MS);
    }
    return await work();
  } finally {
    database.close();
  }
}

/**
 * The same for short work in one go: whoever calls waits, too.
 *
 * @throws Error if the file cannot be made, or somebody else holds its lock for five seconds.
 */
export function withLockSync<T>(path: string, work: () => T): T {
  const database = new DatabaseSync(path, { timeout: BLOCKING_PATIENCE_MS });
  try {
    database.exec("BEGIN EXCLUSIVE");
    return work();
  } finally {
    database.close();
  }
}

function begin(database: DatabaseSync): boolean {
  try {
    database.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    // The lower byte is the kind, the others say more of it.
    if (((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_BUSY) return false;
    throw error;
  }
}
