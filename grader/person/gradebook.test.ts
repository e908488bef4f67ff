import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { begin, handedIn, workOff } from "../gradebook/class.fixture.ts";
import { engines } from "../gradebook/database/engines.fixture.ts";
import { openDatabase } from "../gradebook/database/open.ts";
import { gradedRun } from "../gradebook/graded-run.ts";
import { startQueue } from "../gradebook/queue.ts";
import { jsonReport } from "../report/json.ts";
import type { Submission } from "../submissions/submission.ts";
import { deleteHoldings } from "./delete.ts";
import { whoIs } from "./find.ts";
import { readFromGradebook } from "./gradebook.ts";
import { findHoldings } from "./holdings.ts";

const sent = (name: string, id: string): Submission => ({
  ...handedIn(`class.zip › ${name}_${id}`, `// by ${name} ${id} ${"x".repeat(9000)}`),
  sender: { layout: "canvas", entries: [`${name}_${id}`], people: [{ name, id }] },
});
const CLASS = [sent("Zebulon Quux", "4242421"), sent("Bob Li", "4242422"), sent("Cyd Roe", "4242423")];
const HERS = /Zebulon|Quux|4242421/i;

async function filesNaming(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const one of entries.filter((entry) => entry.isFile())) {
    const path = join(one.parentPath, one.name);
    if (HERS.test(await readFile(path, "latin1"))) found.push(path.slice(folder.length));
  }
  return found;
}

for (const { name: engine, needing, make } of engines())
  needing.test(
    `${engine}: of somebody who is deleted no byte is left, and the others' results are the same bytes`,
    async () => {
      const at = await make();
      let database = await openDatabase(at.place);
      try {
        const queue = await startQueue(database, { onError: (error) => expect.fail(error.message) });
        const { run } = await begin(database, queue, { key: "k", submissions: CLASS });
        await workOff(database, queue, run.id);
        // What was graded before is kept beside what counts.
        const regrade = { text: "Zebulon", has: () => true };
        await begin(database, queue, { key: "k", submissions: CLASS, regrade });
        await workOff(database, queue, run.id);
        await queue.stop();
        const others = async () => {
          const graded = await gradedRun(database, run);
          const text = (await Array.fromAsync(jsonReport(graded))).join("");
          return JSON.stringify(
            JSON.parse(text).submissions.filter((one: object) => !HERS.test(JSON.stringify(one))),
          );
        };
        const before = await others();
        const holdings = () =>
          findHoldings(whoIs("Quux, Zebulon"), { records: [], databases: [database], reports: [] });
        const [gradebook] = (await holdings()).gradebooks;
        const [kept] = (await readFromGradebook(gradebook!)) as [{ answers: object[]; results: object[] }];
        expect([kept.answers.length, kept.results.length]).toEqual([2, 4]);

        // Killed before each step in turn, and given again.
        for (const last of ["gradebook", "cleaning"]) {
          const stop = (what: string) => {
            if (what.startsWith(last)) throw new Error("killed");
          };
          await expect(deleteHoldings(await holdings(), stop)).rejects.toThrow("killed");
        }
        await deleteHoldings(await holdings());
        expect((await holdings()).gradebooks.flatMap(({ found }) => found)).toEqual([]);
        expect(await others()).toBe(before);
        const tables = await database.query<{ t: string }>(
          "SELECT run::text AS t FROM flowlab.run UNION ALL SELECT submission::text FROM flowlab.submission UNION ALL SELECT answer::text FROM flowlab.answer UNION ALL SELECT result::text FROM flowlab.result UNION ALL SELECT job::text FROM flowlab_queue.job",
        );
        expect(tables.length).toBeGreaterThan(10);
        expect(tables.filter(({ t }) => HERS.test(t))).toEqual([]);
        const jobs = await database.query<{ n: number }>(
          "SELECT count(*) AS n FROM flowlab_queue.job WHERE (data->>'index')::int = 0 AND name = 'run-1'",
        );
        expect(jobs).toEqual([{ n: 0 }]);
        if (database.engine === "embedded") {
          expect(await filesNaming(at.place)).toEqual([]);
          await database.close();
          expect(await filesNaming(at.place)).toEqual([]);
          database = await openDatabase(at.place);
          expect(await others()).toBe(before);
        } else {
          // Its log of writes is the server's.
          const [{ folder } = { folder: "" }] = await database.query<{ folder: string }>(
            "SELECT current_setting('data_directory') AS folder",
          );
          expect((await filesNaming(folder)).filter((path) => !path.startsWith("/pg_wal/"))).toEqual([]);
        }
      } finally {
        await database.close();
        await at.remove();
      }
    },
  );
