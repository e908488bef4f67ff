/** What is the same in a transaction of either engine: how it is spoken to, and what would get past it without a word. */

import { AsyncLocalStorage } from "node:async_hooks";
import type { Db } from "pg-boss";

export type Row = Readonly<Record<string, unknown>>;

export interface Statements {
  /** One statement. Values of json are texts by `toJson`; an int8 or a count comes back as a number. */
  query<R extends Row>(sql: string, values?: readonly unknown[]): Promise<readonly R[]>;
  /** One statement or several, without values. */
  exec(sql: string): Promise<void>;
}

export interface Transaction extends Statements {
  /** For the queue: see `queueInside`. */
  readonly db: Db;
}

/** Sends to an engine; with values, one statement. */
export type Ask = (sql: string, values?: readonly unknown[]) => Promise<{ rows: unknown[] }>;

export const statementsBy = (ask: Ask): Statements => ({
  query: async <R extends Row>(sql: string, values?: readonly unknown[]) =>
    (await ask(sql, values)).rows as R[],
  exec: async (sql) => void (await ask(sql)),
});

interface Running {
  readonly of: object;
  open: boolean;
  /** The transaction of another database, within which this one runs. */
  readonly outer: Running | undefined;
}

const running = new AsyncLocalStorage<Running>();

/**
 * Runs the inside of a transaction, between its BEGIN and its COMMIT.
 *
 * @param of Whatever stands for the database.
 * @throws Error also if a statement failed and `work` went on: COMMIT would then keep nothing, and say nothing.
 */
export async function runInside<T>(
  of: object,
  ask: Ask,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  let failure: { readonly cause: unknown } | undefined;
  const noting: Ask = async (sql, values) => {
    try {
      return await ask(sql, values);
    } catch (cause) {
      failure ??= { cause };
      throw cause;
    }
  };
  const state: Running = { of, open: true, outer: running.getStore() };
  try {
    const transaction = { ...statementsBy(noting), db: { executeSql: noting as Db["executeSql"] } };
    const result = await running.run(state, () => work(transaction));
    if (failure)
      throw new Error("nothing of the transaction is kept, since one of its statements failed", failure);
    return result;
  } finally {
    state.open = false;
  }
}

/**
 * A statement to the database itself, sent from within a transaction, waits on PGlite for the end of the transaction that waits for it,
 * and on a server is not part of it.
 *
 * @throws Error if this is called from within a transaction that has not ended.
 */
export function refuseInside(of: object, sql: string): void {
  let at = running.getStore();
  while (at && !(at.of === of && at.open)) at = at.outer;
  if (at)
    throw new Error(
      `inside a transaction, a statement has to go through it, and a call of the queue through queueInside: ${sql.slice(0, 80)}`,
    );
}
