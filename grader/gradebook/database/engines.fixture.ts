/** For tests: the same on either engine, each in a place that is removed afterwards. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "vitest";
import { type Needing, needingPostgres } from "../../../setup/testing/needs.ts";
import { startPostgres } from "../../../setup/testing/postgres.ts";

export interface Place {
  /** As `openDatabase` takes it. */
  readonly place: string;
  remove(): Promise<void>;
}

export interface Engine {
  readonly name: string;
  readonly needing: Needing;
  make(): Promise<Place>;
}

export const engines = (): readonly Engine[] => [
  { name: "PGlite", needing: { describe, test }, make: async () => temporaryFolder() },
  {
    name: "PostgreSQL",
    needing: needingPostgres(),
    async make() {
      const { address, remove } = await startPostgres();
      return { place: address, remove };
    },
  },
];

export function temporaryFolder(): Place {
  const folder = mkdtempSync(join(tmpdir(), "flowlab-gradebook-"));
  return {
    place: join(folder, "gradebook"),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
