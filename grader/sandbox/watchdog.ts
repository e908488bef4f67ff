/**
 * Looks after the memory and the number of processes of a child and everything it started.
 *
 * Reads `/proc` from outside, where the child cannot interfere, and in a thread of its own: at eight children that is a thousand
 * small files a second, which the judge's thread has no time for, and a judge that is busy must not leave a child unwatched.
 * Between two looks a program can allocate some hundred megabytes; what stops it then is the hard limit of resources.ts. Where
 * there is no `/proc` (macOS, Windows) nothing is watched.
 */

import { Worker } from "node:worker_threads";
import { hasProc } from "./processes.ts";

export interface Bounds {
  readonly memoryMB: number;
  readonly processes: number;
}

export type Excess = "memory" | "processes";

/** To the thread: watch this one, or no longer. */
export type Order =
  | { readonly watch: number; readonly pid: number; readonly bounds: Bounds }
  | { readonly forget: number };
/** From the thread, once for each child. */
export interface Finding {
  readonly watch: number;
  readonly of: Excess;
}

let thread: Worker | undefined;
let last = 0;
const watched = new Map<number, (of: Excess) => void>();

/** @returns A function that stops watching. */
export function watch(pid: number, bounds: Bounds, onExcess: (of: Excess) => void): () => void {
  if (!hasProc) return () => {};
  last += 1;
  const number = last;
  watched.set(number, onExcess);
  thread ??= start();
  tell({ watch: number, pid, bounds });
  return () => {
    if (watched.delete(number)) tell({ forget: number });
  };
}

function tell(order: Order): void {
  thread?.postMessage(order);
}

/** Beside this file, as source or compiled: a notebook's check runs the compiled one. */
const THREAD = `./watchdog-thread${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`;

function start(): Worker {
  const worker = new Worker(new URL(THREAD, import.meta.url), { execArgv: [], stdin: false });
  worker.on("message", ({ watch: number, of }: Finding) => watched.get(number)?.(of));
  // Without it nobody would watch: that is a fault of the grader, and the run must not go on as if nothing were.
  worker.on("error", (error) => {
    throw new Error("the thread that watches the sandboxes has failed", { cause: error });
  });
  // It does not keep the process alive; the children that it watches do.
  worker.unref();
  return worker;
}
