/**
 * Looks after the memory and the number of processes of a child and everything it started.
 *
 * Reads `/proc` from outside, where the child cannot interfere. Between two looks a program can allocate some hundred megabytes;
 * what stops it then is the hard limit of resources.ts. Where there is no `/proc` (macOS, Windows) nothing is watched.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";

export interface Bounds {
  readonly memoryMB: number;
  readonly processes: number;
}

const EVERY_MS = 25;
const TREE_EVERY_MS = 100;

/** @returns A function that stops watching. */
export function watch(
  pid: number,
  { memoryMB, processes }: Bounds,
  onExcess: (of: "memory" | "processes") => void,
): () => void {
  if (!existsSync("/proc/self/status")) return () => {};
  const timer = setInterval(() => {
    const tree = descendants(pid);
    if (tree.length > processes) onExcess("processes");
    else if (tree.reduce((sum, one) => sum + memoryKB(one), 0) > memoryMB * 1024) onExcess("memory");
  }, EVERY_MS);
  return () => clearInterval(timer);
}

/**
 * Memory of a process that nobody else provides: its own pages and shared memory, swapped out or not. The pages of mapped files
 * (Node's 50 MB of program) are everybody's.
 */
function memoryKB(pid: number): number {
  const status = read(`/proc/${pid}/status`);
  const sum = ["RssAnon", "RssShmem", "VmSwap"].map((name) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0),
  );
  return sum.reduce((a, b) => a + b, 0);
}

/** The process and all that descend from it. A process whose parent has died belongs to the first one of its namespace. */
export function descendants(root: number): number[] {
  const children = processTable();
  const found = [root];
  for (let i = 0; i < found.length; i++) found.push(...(children.get(found[i] as number) ?? []));
  return found;
}

let table: { readonly at: number; readonly children: Map<number, number[]> } | undefined;

/** Children by parent: read at most every tenth of a second, for all sessions together. */
function processTable(): Map<number, number[]> {
  const now = performance.now();
  if (table && now - table.at < TREE_EVERY_MS) return table.children;
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    // "pid (name) state parent …": the name may contain anything, also a bracket.
    const parent = Number(/\) \S (\d+) [^)]*$/.exec(read(`/proc/${name}/stat`))?.[1]);
    const siblings = children.get(parent);
    if (siblings) siblings.push(pid);
    else children.set(parent, [pid]);
  }
  table = { at: now, children };
  return children;
}

/** Empty for a process that is gone. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
