import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Place, temporaryFolder } from "./engines.fixture.ts";
import { openDatabase } from "./open.ts";

let at: Place;
beforeEach(() => {
  at = temporaryFolder();
});
afterEach(() => at.remove());

test("a second process is refused and writes nothing; what the first one kept is there after it", async () => {
  const database = await openDatabase(at.place);
  await database.exec("CREATE TABLE kept AS SELECT 1 AS one");
  const module = join(import.meta.dirname, "open.ts");
  const code = `const { openDatabase } = await import(${JSON.stringify(module)}); await openDatabase(process.argv[1]).then(() => console.log("opened"), (error) => console.log(error.name, error.message));`;
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", code, at.place], {
    encoding: "utf8",
  });
  expect(said).toMatch(new RegExp(`^FolderInUse .*open in process ${process.pid}.*--database postgres://`));
  await database.close();
  const again = await openDatabase(at.place);
  expect(await again.query("SELECT one FROM kept")).toEqual([{ one: 1 }]);
  await again.close();
});

test("a folder of another PostgreSQL is refused, and left to whoever can open it", async () => {
  mkdirSync(at.place);
  writeFileSync(join(at.place, "PG_VERSION"), "17\n");
  await expect(openDatabase(at.place)).rejects.toThrow(/PostgreSQL 17, and this kit has PostgreSQL 18/);
  // Its lock was given back: the same reason again.
  await expect(openDatabase(at.place)).rejects.toThrow(/PostgreSQL 17/);
});

test("an address that is none is refused with one that is", async () => {
  await expect(openDatabase("mysql://localhost/x")).rejects.toThrow("postgres://user@host/name");
  await expect(openDatabase("postgres://u:secret@127.0.0.1:1/x")).rejects.toThrow(
    /postgres:\/\/u:…@127.0.0.1:1\/x cannot be reached: .*ECONNREFUSED/,
  );
});
