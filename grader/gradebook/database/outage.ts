/** A server that is away for a while, as one that starts anew after a crash: what was asked of it is asked again. */

import { setTimeout as sleep } from "node:timers/promises";
import { NoDatabase } from "./database.ts";

/** Of the system's errors, what a socket to a server that is away gives; of PostgreSQL's, that it ends, has crashed, or is not up yet. */
const CODES = [
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "57P01",
  "57P02",
  "57P03",
];
/** Where the connection ended, pg's errors have no code. */
const TEXTS = /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

export function isAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isAway);
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && (CODES.includes(code) || code.startsWith("08"))) return true;
  return TEXTS.test(error.message) || isAway(error.cause);
}

/** @param name Of the database, without a password. */
export function unreachable(name: string, cause: unknown): NoDatabase {
  const why =
    cause instanceof AggregateError ? cause.errors.map(String).join(", ") : (cause as Error).message;
  return new NoDatabase(
    `the database ${name} cannot be reached: ${why}; is the server running, and the address right?`,
    { cause },
  );
}

export interface Patience {
  /** For how long a server may be away. */
  readonly milliseconds: number;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Told once for each time that it is away, and once when it is back. */
  readonly onAway?: (error: Error) => void;
  readonly onBack?: () => void;
}

const PAUSE_MS = 250;

/**
 * Asks until there is an answer.
 *
 * @throws What `ask` throws: at once if it is anything else than that the server is away, or if the signal has come; else once the
 * patience is at its end.
 */
export async function patiently<T>(
  ask: () => Promise<T>,
  { milliseconds, signal, onAway, onBack }: Patience,
): Promise<T> {
  let since: number | undefined;
  for (;;) {
    try {
      const answer = await ask();
      if (since !== undefined) onBack?.();
      return answer;
    } catch (error) {
      if (!isAway(error) || signal.aborted) throw error;
      if (since === undefined) onAway?.(error as Error);
      since ??= performance.now();
      if (performance.now() - since > milliseconds) throw error;
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => {});
    }
  }
}
