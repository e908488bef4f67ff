/**
 * What tests need and a machine may lack: a backend, a browser, a Python package, another library to compare with.
 *
 * Absence is loud. Where something is absent, its tests are skipped beside one that says why; in continuous integration, where
 * the variable CI is set, that one fails. No test is left out in another way: `needs.test.ts` looks.
 */

import { spawnSync } from "node:child_process";
import { describe, type TestContext, test } from "vitest";
import { postgresPrograms, postgresUser } from "./postgres.ts";

export interface Needing {
  readonly describe: typeof describe;
  readonly test: typeof test;
}

/**
 * vitest's `describe` and `test`, for what needs something.
 *
 * @param what In a few words, as in "needs a browser".
 * @param absent Why it cannot be had here, and how it could; undefined where it is there.
 */
export function needing(what: string, absent: string | undefined): Needing {
  if (absent === undefined) return { describe, test };
  test(`needs ${what}`, (context) => tellAbsent(context, what, absent));
  return { describe: describe.skip as typeof describe, test: test.skip as typeof test };
}

/** The same for what a test only finds out while it runs: ends it, skipped or, in continuous integration, failed. */
export function tellAbsent(context: TestContext, what: string, why: string): never {
  const told = `needs ${what}: ${why}`;
  if (process.env.CI) throw new Error(`${told}. In continuous integration (CI is set) it has to be there`);
  return context.skip(told);
}

export const needingLinux = (): Needing =>
  needing("Linux", process.platform === "linux" ? undefined : `this is ${process.platform}`);

export const needingPosix = (): Needing =>
  needing("signals and limits of POSIX", process.platform === "win32" ? "this is Windows" : undefined);

/** Its standard library alone: another reader of CSV and XML than ours. */
export function needingPython(): Needing {
  const { status } = spawnSync("python3", ["-c", "import csv, xml.etree"], { stdio: "ignore" });
  return needing("Python", status === 0 ? undefined : "there is no python3 that runs; install Python");
}

export function needingPostgres(): Needing {
  const absent =
    postgresPrograms() === undefined
      ? "neither initdb nor postgres is found; install postgresql"
      : postgresUser() === undefined
        ? "as root it needs the user postgres, whom Debian's package makes"
        : undefined;
  return needing("a PostgreSQL server", absent);
}
