/** Two notebooks of one course, one after the other. */

import { DatabaseSync } from "node:sqlite";

/** Far longer than writing a small file takes; a file system without locks may answer "busy" for ever. */
const PATIENCE_MS = 5000;

/**
 * Runs `work` while no other process holds the lock of this file. The lock is the system's own, so it ends with the process.
 *
 * @throws Error if the file cannot be made, or somebody else holds its lock for five seconds.
 */
export function withLock<T>(path: string, work: () => T): T {
  const database = new DatabaseSync(path, { timeout: PATIENCE_MS });
  try {
    database.exec("BEGIN EXCLUSIVE");
    return work();
  } finally {
    database.close();
  }
}
