import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stateFolder } from "./project.js";
import { readJson, writeWhole } from "./stamp.js";

const heartbeat = 2_000;

/** A holder that gave no sign for so long is gone, even if another process has its number by now … */
const longSilence = 30_000;
/** … unless it gives one while somebody waits: a computer that slept was silent, too. */
const watchTime = 3 * heartbeat;

/**
 * Let only one process of this folder work at a time; wait for another one, take over from a dead one.
 *
 * Each turn of a lock is a file whose name is the turn's number. The one with the highest number is the last turn: held,
 * given back, or left by a process that died. Whoever finds it over makes the file of the next turn, which the file
 * system lets only one process do, and has the lock if that is the last turn then. A number is never used for a second
 * turn, so that what somebody saw before another one took over cannot give the lock to both.
 *
 * @param {"set-up" | "start"} name
 * @param {(pid: number) => void} [onWait] Called once with the other's process id if there is one to wait for.
 * @returns {Promise<() => void>} The function that gives the lock back.
 */
export async function acquireLock(name, onWait) {
  const turns = join(stateFolder, "locks", name);
  const isSilent = createWatch();
  let waited = false;
  for (;;) {
    const last = lastTurn(turns);
    const file = join(turns, String(last));
    const holder = readHolder(file);
    if (last === 0 || holder?.over || isDead(holder) || isSilent(file)) {
      if (take(turns, last + 1)) return hold(turns, last + 1);
      continue;
    }
    if (!waited && holder?.pid !== undefined) {
      onWait?.(holder.pid);
      waited = true;
    }
    await sleep(300);
  }
}

/** @param {string} turns */
const numbersIn = (turns) =>
  readdirSync(turns)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/**
 * The number of the last turn; 0 before the first.
 *
 * @param {string} turns
 */
function lastTurn(turns) {
  // Each time: somebody may delete .setup while others wait.
  mkdirSync(turns, { recursive: true });
  return Math.max(0, ...numbersIn(turns));
}

/**
 * True if this turn belongs to this process now.
 *
 * @param {string} turns
 * @param {number} turn
 */
function take(turns, turn) {
  const file = join(turns, String(turn));
  // With its content from the first moment: a file without one would look as if it had been left behind.
  const draft = join(turns, `${randomUUID()}.tmp`);
  writeFileSync(draft, JSON.stringify({ pid: process.pid, host: hostname() }));
  try {
    linkSync(draft, file);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  if (lastTurn(turns) === turn) return true;
  // There had been a turn of this number, of which the file was removed since.
  rmSync(file, { force: true });
  return false;
}

/**
 * @param {string} turns
 * @param {number} turn
 */
function hold(turns, turn) {
  const file = join(turns, String(turn));
  for (const earlier of numbersIn(turns).filter((number) => number < turn)) {
    rmSync(join(turns, String(earlier)), { force: true });
  }
  const timer = setInterval(() => touch(file), heartbeat);
  timer.unref();
  return () => {
    clearInterval(timer);
    // The file stays for its number. It is gone if .setup was deleted, or another one took over.
    if (readHolder(file) !== undefined) writeWhole(file, JSON.stringify({ over: true }));
  };
}

/**
 * @param {string} file
 * @returns {{ pid?: number, host?: string, over?: boolean } | undefined} Undefined if there is none, or nothing legible.
 */
const readHolder = (file) => readJson(file);

/** @param {ReturnType<typeof readHolder>} holder */
function isDead(holder) {
  if (holder?.pid === undefined || holder.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) !== "EPERM";
  }
}

/** Whether a turn's file has been silent for long, and has also given no sign since this process looks at it. */
function createWatch() {
  let seen = "";
  let since = 0;
  /** @param {string} file */
  return (file) => {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return false;
    const sign = `${file} ${found.mtimeMs}`;
    if (sign !== seen) [seen, since] = [sign, performance.now()];
    return Date.now() - found.mtimeMs > longSilence && performance.now() - since > watchTime;
  };
}

/** @param {string} file */
function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Someone deleted .setup while we work; the stamps at the end will write it anew.
  }
}

/** @param {unknown} error */
const codeOf = (error) => (error instanceof Error && "code" in error ? error.code : undefined);
