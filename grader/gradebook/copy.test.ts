import { expect, test } from "vitest";
import { needingPostgres } from "../../setup/testing/needs.ts";
import { startPostgres } from "../../setup/testing/postgres.ts";
import { begin, classOf, workOff } from "./class.fixture.ts";
import { copyGradebook, TABLES } from "./copy.ts";
import type { Database } from "./database/database.ts";
import { temporaryFolder } from "./database/engines.fixture.ts";
import { openDatabase } from "./database/open.ts";
import { gradedRun } from "./graded-run.ts";
import { startQueue } from "./queue.ts";

const onError = (error: Error) => expect.fail(error.message);

needingPostgres().test(
  "from a folder to a server and back: the same reports, and the same command goes on",
  async () => {
    const [folder, second, server] = [temporaryFolder(), temporaryFolder(), await startPostgres()];
    const [embedded, other, remote] = await Promise.all(
      [folder.place, second.place, server.address].map((place) => openDatabase(place)),
    );
    try {
      const submissions = classOf(104);
      const finish = new AbortController();
      const queue = await startQueue(embedded as Database, { onError });
      const { run } = await begin(embedded as Database, queue, { key: "moved", submissions });
      let ended = 0;
      const onEnded = () => {
        ended += 1;
        if (ended === 20) finish.abort();
      };
      await workOff(embedded as Database, queue, run.id, { finish: finish.signal, onEnded });
      await queue.stop();
      const copied = await copyGradebook(embedded as Database, remote as Database);
      expect(copied).toEqual({ run: 1, submission: 104, answer: 208, result: ended });
      await expect(copyGradebook(embedded as Database, remote as Database)).rejects.toThrow(
        /holds a gradebook already/,
      );

      const there = await startQueue(remote as Database, { onError });
      const went = await begin(remote as Database, there, { key: "moved", submissions });
      expect([went.run.id, went.graded]).toEqual([run.id, ended]);
      await workOff(remote as Database, there, run.id);
      // Numbers that are in use are not given again.
      const next = await begin(remote as Database, there, { key: "another", submissions: [] });
      expect(next.run.id).toBeGreaterThan(run.id);
      await there.stop();
      await copyGradebook(remote as Database, other as Database);
      const [here, back] = await Promise.all(
        [remote, other].map((database) => gradedRun(database as Database, went.run)),
      );
      expect(back?.summaries).toEqual(here?.summaries);
      expect(await back?.submission(103)).toEqual(await here?.submission(103));
    } finally {
      await Promise.all([embedded, other, remote].map((database) => database?.close()));
      await Promise.all([folder, second, server].map((place) => place.remove()));
    }
  },
);

test("every table of the gradebook is copied", async () => {
  const folder = temporaryFolder();
  const database = await openDatabase(folder.place);
  const tables = await database.query<{ name: string }>(
    "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'flowlab' AND table_type = 'BASE TABLE' AND table_name <> 'version' ORDER BY 1",
  );
  await database.close();
  await folder.remove();
  expect(tables.map(({ name }) => name)).toEqual([...TABLES].sort());
});
