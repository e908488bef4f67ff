import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
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

/** @param {number} milliseconds */
const holdLock = (milliseconds) => `
  import { appendFileSync } from "node:fs";
  import { acquireLock } from "./setup/lock.js";
  const release = await acquireLock("set-up", () => console.log("waiting"));
  appendFileSync("log", "in ");
  await new Promise((resolve) => setTimeout(resolve, ${milliseconds}));
  appendFileSync("log", "out ");
  release();`;
/** @param {number} milliseconds */
const hold = (milliseconds) => ["--input-type=module", "-e", holdLock(milliseconds)];

/** @param {string} folder */
const turns = (folder) => join(folder, ".setup", "locks", "set-up");

/**
 * A module that makes its process wait before it first links or removes a file, until "paused" is gone again.
 *
 * @param {string} folder
 */
function pause(folder) {
  const source = `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    const { linkSync, rmSync } = fs;
    const wait = () => {
      Object.assign(fs, { linkSync, rmSync });
      syncBuiltinESMExports();
      fs.writeFileSync("paused", "");
      while (fs.existsSync("paused")) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    };
    fs.linkSync = (...given) => (wait(), linkSync(...given));
    fs.rmSync = (...given) => (wait(), rmSync(...given));
    syncBuiltinESMExports();`;
  write(folder, "pause.mjs", source);
  return "./pause.mjs";
}

/**
 * Takes the lock five times; while it has it, a folder that only one process can make says so.
 *
 * @param {number} who
 */
const often = (who) => [
  "--input-type=module",
  "-e",
  `
  import { mkdirSync, rmdirSync, writeFileSync } from "node:fs";
  import { acquireLock } from "./setup/lock.js";
  for (let turn = 0; turn < 5; turn++) {
    const release = await acquireLock("set-up");
    mkdirSync("inside");
    await new Promise((resolve) => setTimeout(resolve, 5));
    writeFileSync("log/${who}-" + turn, "");
    rmdirSync("inside");
    if (${who} % 3 === 2) process.kill(process.pid, "SIGKILL");
    release();
  }`,
];

describe("the lock", () => {
  it("lets four at once work one after the other", async () => {
    const folder = createCourseCopy();
    const all = [1, 2, 3, 4].map(() => startScript(folder, hold(100)));
    expect(await Promise.all(all.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
    expect(readFileSync(join(folder, "log"), "utf8")).toBe("in out ".repeat(4));
    // Only the last turn's file stays, for its number.
    expect(readdirSync(turns(folder))).toEqual(["4"]);
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
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    write(folder, ".setup/locks/set-up/7", JSON.stringify({ pid: dead, host: hostname() }));
    expect(runScript(folder, hold(0)).stdout).toBe("");
    const turn = ".setup/locks/set-up/9";
    write(folder, turn, JSON.stringify({ pid: process.pid, host: hostname() }));
    utimesSync(join(folder, turn), new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    expect(runScript(folder, hold(0)).code).toBe(0);
    expect(readFileSync(join(folder, "log"), "utf8")).toBe("in out in out ");
  });

  it("waits for a holder whose computer slept, as soon as that one gives a sign again", async () => {
    const folder = createCourseCopy();
    const turn = join(turns(folder), "1");
    const holder = startScript(folder, hold(9_000));
    await until(() => existsSync(turn));
    utimesSync(turn, new Date(Date.now() - 3_600_000), new Date(Date.now() - 3_600_000));
    const other = startScript(folder, hold(0));
    expect(await Promise.all([holder.ended, other.ended])).toEqual([0, 0]);
    expect(readFileSync(join(folder, "log"), "utf8")).toBe("in out in out ");
  });

  it("goes to one only, however long another one takes between seeing that a turn is over and taking the next", async () => {
    const folder = createCourseCopy();
    const dead = startScript(folder, hold(60_000));
    await until(() => existsSync(join(folder, "log")));
    dead.child.kill("SIGKILL");
    await dead.ended;
    // The slow one has seen the dead holder, and stops before its first change of any file.
    const slow = startScript(folder, ["--import", pause(folder), ...hold(0)]);
    await until(() => existsSync(join(folder, "paused")));
    expect(runScript(folder, hold(0)).code).toBe(0);
    const holder = startScript(folder, hold(60_000));
    await until(() => readFileSync(join(folder, "log"), "utf8") === "in in out in ");
    rmSync(join(folder, "paused"));
    await until(() => slow.output().includes("waiting") || slow.child.exitCode !== null);
    expect(readFileSync(join(folder, "log"), "utf8")).toBe("in in out in ");
    holder.child.kill("SIGKILL");
    expect(await slow.ended).toBe(0);
    expect(readFileSync(join(folder, "log"), "utf8")).toBe("in in out in in out ");
  });

  it("lets one in at a time where many begin and die in any order", async () => {
    const folder = createCourseCopy();
    mkdirSync(join(folder, "log"));
    const many = Array.from({ length: 6 }, (_, i) => startScript(folder, often(i)));
    const codes = await Promise.all(many.map(({ ended }) => ended));
    expect(many.map(({ output }) => output()).join("")).toBe("");
    // Every third one dies while it holds the lock.
    expect(codes).toEqual(many.map((_, i) => (i % 3 === 2 ? "SIGKILL" : 0)));
    expect(readdirSync(join(folder, "log")).length).toBe(4 * 5 + 2);
  });
});
