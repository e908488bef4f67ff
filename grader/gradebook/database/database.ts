/** What the gradebook asks of PostgreSQL, embedded in this process or on a server. The SQL is that of PostgreSQL 15 in both. */

import type { ConstructorOptions } from "pg-boss";
import type { Statements, Transaction } from "./transaction.ts";

export interface Database extends Statements {
  readonly engine: "embedded" | "server";
  /** Where it is, without a password. */
  readonly name: string;
  /** By which pg-boss works on it. */
  readonly forQueue: Pick<ConstructorOptions, "db" | "backend">;
  /** All of `work` becomes certain, or nothing of it. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Looks whether there is room to go on, as far as this machine can tell. @throws DatabaseFull while what runs can still be kept */
  requireRoom(): void;
  /** After a disk that was full an embedded database may be asked nothing more, and its process has to end. */
  isHalted(): boolean;
  close(): Promise<void>;
}

/** A database that cannot be opened; the message says why, and what to do. */
export class NoDatabase extends Error {
  override readonly name = "NoDatabase";
}

/** The database can keep nothing more; what it acknowledged before is kept. */
export class DatabaseFull extends Error {
  override readonly name = "DatabaseFull";
}

/** PostgreSQL's code for a disk without room. PGlite's errors have names that its bundler chose, so a code is all to go by. */
export const isDiskFull = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === "53100";

/** The type of keys and counts, which the two drivers give as a text, a number or a BigInt. */
export const INT8 = 20;

/** @throws RangeError if a number cannot hold it exactly: no count or key here becomes as large. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError(`${text} is no whole number that JavaScript can hold exactly`);
  return value;
}
