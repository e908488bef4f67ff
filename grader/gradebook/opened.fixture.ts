/** For tests: a gradebook of its own on one of the engines, with its queue. */

import { expect } from "vitest";
import type { Database } from "./database/database.ts";
import type { Engine } from "./database/engines.fixture.ts";
import { openDatabase } from "./database/open.ts";
import { type Queue, type QueueOptions, startQueue } from "./queue.ts";

export interface Opened {
  readonly database: Database;
  readonly queue: Queue;
  close(): Promise<void>;
}

export async function openGradebook(
  make: Engine["make"],
  options: Omit<QueueOptions, "onError"> = {},
): Promise<Opened> {
  const at = await make();
  const database = await openDatabase(at.place);
  const queue = await startQueue(database, { ...options, onError: (error) => expect.fail(error.message) });
  return {
    database,
    queue,
    async close() {
      await queue.stop();
      await database.close();
      await at.remove();
    },
  };
}
