import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, utimesSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  createCourseCopy,
  removeCourseCopies,
  runScript,
  startScript,
  until,
  write,
} from "./testing/course-copy.js";

afterAll(removeCourseCopies);

const holdLock = (milliseconds) => `
  import { appendFileSync } from "node:fs";
  import { acquireLock } from "./setup/lock.js";
  const release = await acquireLock(() => console.log("waiting"));
  appendFileSync("log", "in ");
  await new Promise((resolve) => setTimeout(resolve, ${milliseconds}));
  appendFileSync("log", "out ");
  release();`;
const hold = (milliseconds) => ["--input-type=module", "-e", holdLock(milliseconds)];

describe("the lock", () => {
  it("lets four at once work one after the other", async () => {
    const folder = createCourseCopy();
    const all = [1, 2, 3, 4].map(() => startScript(folder, hold(100)));
    expect(await Promise.all(all.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
    expect(readFileSync(join(folder, "log"), "utf8")).toBe("in out ".repeat(4));
    expect(existsSync(join(folder, ".setup", "lock"))).toBe(false);
  });

  it("says that it waits, and takes over from a holder that was killed", async () => {
    const folder = createCourseCopy();
    const first = startScript(folder, hold(60_000));
    await until(() => existsSync(join(folder, "log")));
    const second = startScript(folder, hold(0));
    await until(() => second.output().includes("waiting"));
    first.child.kill("SIGKILL");
    expect(await second.ended).toBe(0);
    expect(readFileSync(join(folder, "log"), "utf8")).toBe("in in out ");
  });

  it("does not wait for a dead process, nor for one that only has the holder's number", () => {
    const folder = createCourseCopy();
    const lockFile = join(folder, ".setup", "lock");
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    write(folder, ".setup/lock", JSON.stringify({ pid: dead, host: hostname() }));
    expect(runScript(folder, hold(0)).stdout).toBe("");
    write(folder, ".setup/lock", JSON.stringify({ pid: process.pid, host: hostname() }));
    utimesSync(lockFile, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    expect(runScript(folder, hold(0)).stdout).toBe("");
  });
});
