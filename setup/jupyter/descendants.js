import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { onWindows } from "../project.js";

/** @typedef {{ pid: number, start: string }} Running */

/** Processes by id with parent and start: the start tells a process from a later one with its number. */
function processTable() {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,lstart="], { encoding: "utf8" });
  const lines = (stdout ?? "").split("\n").map((line) => line.trim().match(/^(\d+)\s+(\d+)\s+(.+)$/));
  return new Map(
    lines
      .filter((found) => found !== null)
      .map(([, pid, parent, start]) => [Number(pid), { parent: Number(parent), start }]),
  );
}

/**
 * Everything that a process has started, directly or not, that still runs.
 *
 * @param {number} pid
 * @returns {Running[]} `{ pid, start }` of each; empty on Windows, where ending a tree takes its children along.
 */
export function descendants(pid) {
  if (onWindows) return [];
  const table = processTable();
  const family = new Set([pid]);
  // Parents mostly come before their children; the loop settles when a pass finds no more.
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const [each, { parent }] of table) if (family.has(parent)) family.add(each);
  }
  family.delete(pid);
  return [...family].map((each) => ({ pid: each, start: table.get(each)?.start ?? "" }));
}

/**
 * End those that are left: first politely, after a second by force.
 *
 * @param {readonly Running[]} processes
 */
export async function endAll(processes) {
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGKILL"])) {
    const left = stillRunning(processes);
    if (left.length === 0) return;
    for (const { pid } of left) signalQuietly(pid, signal);
    for (let wait = 0; wait < 10 && stillRunning(left).length > 0; wait++) await sleep(100);
  }
}

/** @param {readonly Running[]} processes */
function stillRunning(processes) {
  if (processes.length === 0) return [];
  const table = processTable();
  return processes.filter(({ pid, start }) => table.get(pid)?.start === start);
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalQuietly(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}
