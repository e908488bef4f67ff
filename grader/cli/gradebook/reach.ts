/** Opens a gradebook for a command. A server that is away, as one that is just starting, is waited for as long as one that crashes later. */

import type { Database } from "../../gradebook/database/database.ts";
import { NoDatabase } from "../../gradebook/database/database.ts";
import { openDatabase } from "../../gradebook/database/open.ts";
import { isAway, patiently } from "../../gradebook/database/outage.ts";
import { PATIENCE_SECONDS } from "../../gradebook/work.ts";
import { plural } from "../../plural.ts";
import type { Screen } from "../screen.ts";

/** @throws NoDatabase, which says what is away and what to do, after this long; for what waiting does not mend at once. */
export async function reachDatabase(
  place: string,
  { err }: Pick<Screen, "err">,
  patienceSeconds = PATIENCE_SECONDS,
): Promise<Database> {
  try {
    return await patiently(() => openDatabase(place), {
      milliseconds: patienceSeconds * 1000,
      signal: new AbortController().signal,
      onAway: ({ message }) =>
        err(`${message}\ntrying again for ${plural(patienceSeconds, "second")}; Ctrl-C ends\n`),
      onBack: () => err("the database is there\n"),
    });
  } catch (error) {
    if (!isAway(error)) throw error;
    throw new NoDatabase(`${(error as Error).message}\n${GOES_ON}`, { cause: error });
  }
}

const GOES_ON =
  "Nothing that was graded is lost: start the server, or correct the address, and give the same command again";

/** A server that goes away while something else is asked of it than grading, which waits: what is to be said of it. */
export function explainAway(error: unknown, { name }: Pick<Database, "name">): unknown {
  if (!isAway(error)) return error;
  return new NoDatabase(`the database ${name} went away: ${(error as Error).message}\n${GOES_ON}`, {
    cause: error,
  });
}
