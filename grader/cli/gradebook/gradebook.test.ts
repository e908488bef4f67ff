/** A class in a gradebook, by real runs: killed, gone on with, shared among workers. */

import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { needingPosix, needingPostgres } from "../../../setup/testing/needs.ts";
import { startPostgres } from "../../../setup/testing/postgres.ts";
import { openDatabase } from "../../gradebook/database/open.ts";
import type { BatchResult } from "../../grading/result.ts";
import { gradeFolder, RIGHT, WRONG } from "../grade.fixture.ts";
import { reachDatabase } from "./reach.ts";

const { root, put, read, grade, start, results } = gradeFolder();
const LOOP = "// exercise: 16.1\nexport function density(x: number): number {\n  while (true) {}\n}";
const OPTIONS = ["--seed", "the same", "--trust"];

/** All that a run says of a class but how long it took. */
const marks = ({ submissions }: BatchResult): string =>
  JSON.stringify(submissions, (key, value) => (key === "milliseconds" ? undefined : value), 1);

async function putClass(folder: string, people = 6): Promise<void> {
  const printing = `${WRONG}\nconsole.log("\\u0000 \\ud800", -0, Number.NaN);`;
  for (let i = 0; i < people; i++)
    await put(`${folder}/learner-${i}.ts`, [RIGHT, WRONG, printing][i % 3] as string);
}

/** What it says on stderr, as it comes. */
function listen(child: ChildProcess): () => string {
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  return () => said;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}

needingPosix().test(
  "killed, the same command goes on: nothing twice, and the marks of a run without a gradebook",
  async () => {
    await putClass("class");
    const limit = ["--limit-seconds", "600"];
    await grade(["class", ...OPTIONS, ...limit, "--json", "plain.json"]);
    const reports = ["--json", "book.json", "--html", "book-html"];
    const args = ["class", ...OPTIONS, ...limit, "--database", "book", "--jobs", "1", ...reports];
    // Ten minutes would pass over its third answer, so that the run is still there, whatever the machine's speed.
    const right = await read("class/learner-2.ts");
    await put("class/learner-2.ts", LOOP);
    const child = start(args);
    const said = listen(child);
    await until(() => said().includes("[2/6]"));
    const second = await grade(args);
    expect([second.code, second.err]).toEqual([
      2,
      expect.stringMatching(/book is open in process \d+, and two at a time/),
    ]);
    child.kill("SIGKILL");
    await once(child, "close");
    await put("class/learner-2.ts", right);
    const gone = await grade(args);
    expect(gone.err).toContain(": 2 of 6 answers are graded");
    expect(gone.code).toBe(0);
    expect(marks(await results("book.json"))).toBe(marks(await results("plain.json")));
    const again = await grade(args);
    expect(again.err).toContain("6 of 6 answers are graded");
    const last = await grade(["--database", "book", "--json", "last.json"]);
    expect([last.code, marks(await results("last.json"))]).toEqual([0, marks(await results("plain.json"))]);
    const database = await openDatabase(`${root()}/book`);
    expect(await database.query("SELECT count(*) AS n FROM flowlab.result")).toEqual([{ n: 6 }]);
    // As if the checks had been others.
    await database.exec("UPDATE flowlab.result SET checks = 'earlier' WHERE index < 2");
    await database.close();
    const stale = await grade(args);
    expect(stale.out).toContain("changed since: 16.1 (2 answers). With --regrade changed");
    const anew = await grade([...args, "--regrade", "changed"]);
    expect(anew.err).toContain("4 of 6 answers are graded");
    expect(anew.out).not.toContain("stale");
    const one = await grade([...args, "--regrade", "learner-3.ts"]);
    expect(one.err).toContain("5 of 6 answers are graded");
    const nobody = await grade([...args, "--regrade", "learner-9.ts"]);
    expect([nobody.code, nobody.err]).toEqual([
      2,
      expect.stringContaining("--regrade learner-9.ts: expected"),
    ]);
  },
);

needingPostgres().test(
  "workers share a class, one of them dies: each answer has one result, the marks are the same",
  async () => {
    const server = await startPostgres();
    const workers: ChildProcess[] = [];
    const worker = (...more: string[]): (() => string) => {
      const child = start(["worker", "--database", server.address, "--jobs", "1", "--trust", ...more]);
      workers.push(child);
      return listen(child);
    };
    try {
      await putClass("shared", 12);
      await grade(["shared", ...OPTIONS, "--json", "alone.json"]);
      const said = [worker(), worker()];
      await until(() => said.every((one) => one().includes("worker for postgres://")));
      const run = grade([
        "shared",
        ...OPTIONS,
        "--database",
        server.address,
        "--jobs",
        "1",
        "--json",
        "shared.json",
      ]);
      const database = await openDatabase(server.address);
      const count = async () =>
        (await database.query<{ n: number }>("SELECT count(*) AS n FROM flowlab.result"))[0]?.n ?? 0;
      while ((await count()) < 3) await sleep(20);
      workers[0]?.kill("SIGKILL");
      const { code, out } = await run;
      expect([code, out]).toEqual([0, expect.stringContaining("12 submissions graded")]);
      expect(marks(await results("shared.json"))).toBe(marks(await results("alone.json")));
      expect(await count()).toBe(12);
      workers[1]?.kill("SIGTERM");
      const [ended] = await once(workers[1] as ChildProcess, "exit");
      expect([ended, said[1]?.()]).toEqual([
        0,
        expect.stringMatching(/finishing the answers .*\ngraded \d+ answer/),
      ]);

      // A run that another version of the grader has begun.
      await database.exec(
        'UPDATE flowlab.run SET asked = replace(asked::text, \'"course":"\', \'"course":"other\')::json',
      );
      await database.exec("DELETE FROM flowlab.result WHERE index = 3");
      const refusing = worker("--until-done");
      const [refused] = await once(workers[2] as ChildProcess, "exit");
      expect([refused, refusing()]).toEqual([2, expect.stringContaining("nothing of it is graded here")]);
      expect(await count()).toBe(11);
      await database.close();
    } finally {
      for (const child of workers) child.kill("SIGKILL");
      await server.remove();
    }
  },
);

needingPostgres().test(
  "a server that is away when a run begins is waited for, and named; then the run goes as any other",
  async () => {
    const server = await startPostgres();
    try {
      await putClass("early", 2);
      await server.kill();
      const said: string[] = [];
      const err = (text: string) => void said.push(text);
      const place = server.address.replace("postgres@", "postgres:secret@");
      await expect(reachDatabase(place, { err }, 0.5)).rejects.toThrow(
        /the database postgres:.* cannot be reached: .*start the server, or correct the address, and give the same command/s,
      );
      expect(said).toEqual([expect.stringMatching(/cannot be reached: .*\ntrying again for 0\.5 seconds/)]);
      expect(said.join()).not.toContain("secret");
      // What no waiting mends.
      const asked = performance.now();
      await expect(reachDatabase("postgres://x@nowhere.invalid/y", { err })).rejects.toThrow(
        /cannot be reached/,
      );
      expect(performance.now() - asked).toBeLessThan(60_000);

      const args = ["early", ...OPTIONS, "--database", server.address, "--json", "early.json"];
      const child = start(args);
      const heard = listen(child);
      await until(() => heard().includes("trying again for 120 seconds"));
      await server.start();
      const [code] = await once(child, "exit");
      expect([code, heard()]).toEqual([0, expect.stringContaining("the database is there")]);
      expect((await results("early.json")).submissions.map(({ points }) => points)).toEqual([3, 1]);
    } finally {
      await server.remove();
    }
  },
);

test("what cannot be together, or be at all, is refused before anything is read", async () => {
  const worker = await grade(["worker", "--database", "book"]);
  expect([worker.code, worker.err]).toEqual([
    2,
    expect.stringContaining("A folder is open in one process only"),
  ]);
  const record = await grade(["class", "--database", "book", "--record", "x.jsonl"]);
  expect([record.code, record.err]).toEqual([
    2,
    expect.stringContaining("--database keeps all that a record does"),
  ]);
  const nowhere = await grade(["class", "--regrade", "all"]);
  expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining("name it with --database")]);
  const empty = await grade(["--database", "nothing-yet"]);
  expect([empty.code, empty.err]).toEqual([
    2,
    expect.stringContaining("nothing-yet is empty; name what was handed in"),
  ]);
});
