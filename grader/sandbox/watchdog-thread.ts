/** The thread of watchdog.ts: looks at every child in turn and says which goes beyond its bounds. */

import { parentPort } from "node:worker_threads";
import { descendants, read } from "./processes.ts";
import type { Bounds, Excess, Finding, Order } from "./watchdog.ts";

const EVERY_MS = 25;
/** The family changes less often than its memory. */
const FAMILY_EVERY_MS = 100;

interface Watched {
  readonly pid: number;
  readonly bounds: Bounds;
  family: readonly number[];
  familyAt: number;
}

const children = new Map<number, Watched>();
let timer: NodeJS.Timeout | undefined;

parentPort?.on("message", (order: Order) => {
  if ("forget" in order) children.delete(order.forget);
  else
    children.set(order.watch, {
      ...{ pid: order.pid, bounds: order.bounds },
      ...{ family: [order.pid], familyAt: Number.NEGATIVE_INFINITY },
    });
  if (children.size > 0) timer ??= setInterval(lookAtAll, EVERY_MS);
  else {
    clearInterval(timer);
    timer = undefined;
  }
});

function lookAtAll(): void {
  for (const [number, child] of children) {
    const of = excess(child);
    if (!of) continue;
    children.delete(number);
    parentPort?.postMessage({ watch: number, of } satisfies Finding);
  }
}

function excess(child: Watched): Excess | undefined {
  const now = performance.now();
  if (now - child.familyAt >= FAMILY_EVERY_MS) {
    child.family = descendants(child.pid);
    child.familyAt = now;
  }
  if (child.family.length > child.bounds.processes) return "processes";
  const kilobytes = child.family.reduce((sum, pid) => sum + memoryKB(pid), 0);
  return kilobytes > child.bounds.memoryMB * 1024 ? "memory" : undefined;
}

/**
 * Memory of a process that nobody else provides: its own pages and shared memory, swapped out or not. The pages of mapped files
 * (Node's 50 MB of program) are everybody's.
 */
function memoryKB(pid: number): number {
  let sum = 0;
  for (const [, kilobytes] of read(`/proc/${pid}/status`).matchAll(
    /^(?:RssAnon|RssShmem|VmSwap):\s+(\d+) kB/gm,
  ))
    sum += Number(kilobytes);
  return sum;
}
