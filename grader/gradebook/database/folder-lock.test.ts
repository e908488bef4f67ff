import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Place, temporaryFolder } from "./engines.fixture.ts";
import { FolderInUse, lockFolder } from "./folder-lock.ts";
import { startOf } from "./process-start.ts";

let at: Place;
beforeEach(() => {
  at = temporaryFolder();
});
afterEach(() => at.remove());

/** Another process takes the lock, says so, and waits. */
async function holdElsewhere(folder: string) {
  const module = join(import.meta.dirname, "folder-lock.ts");
  const code = `const { lockFolder } = await import(${JSON.stringify(module)}); lockFolder(process.argv[1]); console.log("held"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

/** As if somebody else had written it. */
function rewrite(folder: string, change: string, ...values: (string | number)[]) {
  const database = new DatabaseSync(`${folder}.lock`);
  database.prepare(`UPDATE holder SET ${change}`).run(...values);
  database.close();
}

test("a living holder keeps it, one that was killed does not", async () => {
  const other = await holdElsewhere(at.place);
  const take = () => lockFolder(at.place);
  expect(take).toThrow(FolderInUse);
  expect(take).toThrow(`is open in process ${other.pid}`);
  other.kill("SIGKILL");
  await once(other, "exit");
  const lock = take();
  expect(take).toThrow(`is open in process ${process.pid}`);
  lock.release();
  take().release();
});

test("a number that the system has given to another process since is no holder", () => {
  const lock = lockFolder(at.place);
  rewrite(at.place, "started = ?", "some other time");
  const second = lockFolder(at.place);
  // The first is no longer the holder, and gives nothing back.
  rewrite(at.place, "pid = ?", process.ppid);
  rewrite(at.place, "started = ?", startOf(process.ppid) ?? "");
  lock.release();
  second.release();
  expect(() => lockFolder(at.place)).toThrow(`is open in process ${process.ppid}`);
});

test("of another machine's process nothing is known: it keeps the lock, and the way out is told", () => {
  lockFolder(at.place);
  rewrite(at.place, "host = ?", "elsewhere");
  expect(() => lockFolder(at.place)).toThrow(/on the machine elsewhere .* delete .*gradebook\.lock/);
});

test("where a start cannot be told, a living process keeps the lock", () => {
  lockFolder(at.place);
  rewrite(at.place, "started = ?", "unknown");
  expect(() => lockFolder(at.place)).toThrow(FolderInUse);
});
