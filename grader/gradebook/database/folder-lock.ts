/**
 * One process at a time on one embedded database. PGlite itself lets a second one in, acknowledges what it writes, and loses it.
 *
 * The lock stands beside the folder, not in it, and names who holds it. It is a SQLite database: looking who holds it and taking it are
 * one transaction, so that of two that find a dead holder only one takes over.
 */

import { hostname } from "node:os";
import { DatabaseSync } from "node:sqlite";
import { startOf } from "./process-start.ts";

/** Somebody else has the database open. */
export class FolderInUse extends Error {
  override readonly name = "FolderInUse";
}

interface Holder {
  readonly pid: number;
  readonly started: string;
  readonly host: string;
}

export interface FolderLock {
  readonly path: string;
  release(): void;
}

/** Far longer than another process needs to look and write one row. */
const PATIENCE_MS = 5000;

/**
 * Takes the lock of a folder. Whoever holds it and lives keeps it, however old it is; from one that has died it is taken.
 *
 * @throws FolderInUse if it belongs to a living process, or to one of another machine, of which nothing can be told from here.
 */
export function lockFolder(folder: string): FolderLock {
  const path = `${folder}.lock`;
  const self: Holder = { pid: process.pid, started: startOf(process.pid) ?? "unknown", host: hostname() };
  change(path, (holder) => {
    if (holder) refuseIfLiving(folder, path, holder);
    return self;
  });
  return {
    path,
    release: () => change(path, (holder) => (holder && isSame(holder, self) ? undefined : holder)),
  };
}

/** Nobody else reads or writes between what `decide` is given and what it returns. */
function change(path: string, decide: (holder: Holder | undefined) => Holder | undefined): void {
  const database = new DatabaseSync(path, { timeout: PATIENCE_MS });
  try {
    database.exec("BEGIN EXCLUSIVE");
    database.exec("CREATE TABLE IF NOT EXISTS holder (pid INTEGER, started TEXT, host TEXT)");
    const before = database.prepare("SELECT pid, started, host FROM holder").get() as Holder | undefined;
    const after = decide(before);
    database.exec("DELETE FROM holder");
    if (after)
      database.prepare("INSERT INTO holder VALUES (?, ?, ?)").run(after.pid, after.started, after.host);
    database.exec("COMMIT");
  } finally {
    // Without a commit nothing has changed.
    database.close();
  }
}

const isSame = (a: Holder, b: Holder): boolean =>
  a.pid === b.pid && a.started === b.started && a.host === b.host;

function refuseIfLiving(folder: string, path: string, holder: Holder): void {
  if (holder.host !== hostname())
    throw new FolderInUse(
      `the gradebook ${folder} was opened by process ${holder.pid} on the machine ${holder.host} and not closed since; ` +
        `two at a time lose results. Close it there, or, if that machine no longer runs it, delete ${path}`,
    );
  const start = startOf(holder.pid);
  // Where a start is not known, a living process may be the holder.
  const lives = (start !== undefined && [start, "unknown"].includes(holder.started)) || start === "unknown";
  if (lives)
    throw new FolderInUse(
      `the gradebook ${folder} is open in process ${holder.pid}, and two at a time lose results. ` +
        "Wait until it has ended, or let several share the work on a server: --database postgres://…",
    );
}
