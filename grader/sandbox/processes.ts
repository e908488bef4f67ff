/**
 * The processes that descend from one, and what the kernel says of them. Only where there is `/proc`.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Whether this system shows its processes under `/proc` (Linux). */
export const hasProc = existsSync("/proc/self/status");

/** Kernels without CONFIG_PROC_CHILDREN, which no distribution ships, have to be asked for every process of the machine. */
const listsChildren = existsSync(`/proc/self/task/${process.pid}/children`);

/**
 * The process and all that descend from it. A process whose parent has died belongs to the first one of its namespace.
 *
 * Asks those processes only: what it costs does not grow with what else runs on the machine.
 */
export function descendants(root: number): number[] {
  const childrenOf = listsChildren ? children : processTable();
  const found = [root];
  for (let i = 0; i < found.length; i++) found.push(...childrenOf(found[i] as number));
  return found;
}

/** Every thread has a list of the processes that it started. */
function children(pid: number): number[] {
  const threads = names(`/proc/${pid}/task`);
  return threads.flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean).map(Number),
  );
}

function processTable(): (pid: number) => number[] {
  const table = new Map<number, number[]>();
  for (const name of names("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    // "pid (name) state parent …": the name may contain anything, also a bracket.
    const parent = Number(/\) \S (\d+) [^)]*$/.exec(read(`/proc/${name}/stat`))?.[1]);
    table.set(parent, [...(table.get(parent) ?? []), pid]);
  }
  return (pid) => table.get(pid) ?? [];
}

/** Empty for a process that is gone. */
export function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
