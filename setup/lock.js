import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stateFolder } from "./project.js";

const lockFile = join(stateFolder, "lock");
const heartbeat = 2_000;

/** A holder that gave no sign for so long is gone, even if another process has its number by now. */
const longSilence = 30_000;

/**
 * Let only one set-up work at a time; wait for another one, take over from a dead one.
 *
 * @param onWait Called once with the other's process id if there is one to wait for.
 * @returns The function that gives the lock back.
 */
export async function acquireLock(onWait) {
  mkdirSync(stateFolder, { recursive: true });
  let waited = false;
  while (!(await tryLock())) {
    if (isStale()) {
      rmSync(lockFile, { force: true });
      continue;
    }
    if (!waited) onWait?.(readHolder()?.pid);
    waited = true;
    await sleep(300);
  }
  const timer = setInterval(touch, heartbeat);
  timer.unref();
  return () => {
    clearInterval(timer);
    if (isOurs()) rmSync(lockFile, { force: true });
  };
}

async function tryLock() {
  try {
    writeFileSync(lockFile, JSON.stringify({ pid: process.pid, host: hostname() }), { flag: "wx" });
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
  // Two that took over from the same dead holder could both get here; the file names the last one.
  await sleep(20);
  return isOurs();
}

function readHolder() {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8"));
  } catch {
    return undefined;
  }
}

const isOurs = () => {
  const holder = readHolder();
  return holder?.pid === process.pid && holder.host === hostname();
};

function isStale() {
  const found = statSync(lockFile, { throwIfNoEntry: false });
  if (found === undefined) return false;
  const silence = Date.now() - found.mtimeMs;
  const holder = readHolder();
  if (holder === undefined) return silence > heartbeat;
  return silence > longSilence || (holder.host === hostname() && !isAlive(holder.pid));
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function touch() {
  try {
    utimesSync(lockFile, new Date(), new Date());
  } catch {
    // Someone deleted .setup while we work; the stamps at the end will write it anew.
  }
}
