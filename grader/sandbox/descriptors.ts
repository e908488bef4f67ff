/**
 * Open files that a child would inherit without being meant to.
 *
 * Node marks what it opens itself as close-on-exec, and what it was started with up to the first number that is free. Beyond
 * that gap a shell, a CI runner or a terminal may have left something, and it would reach the learner's code through every
 * sandbox: a descriptor needs no path and no permission.
 */

import { readdirSync, readFileSync } from "node:fs";

const CLOSE_ON_EXEC = 0o2000000;

/** The grader's inheritable descriptors above those that a child is given; none where there is no `/proc`. */
export function inheritable(above: number): number[] {
  return list("/proc/self/fdinfo")
    .map(Number)
    .filter((fd) => fd > above && isInheritable(fd));
}

/** What `spawn` is to do with each descriptor: ours are pipes, and so is what would be inherited, as a pipe that leads nowhere. */
export function stdio(own: number): ("pipe" | "ignore")[] {
  const strays = inheritable(own - 1);
  const length = Math.max(own, ...strays.map((fd) => fd + 1));
  return Array.from({ length }, (_, fd) => (fd < own || strays.includes(fd) ? "pipe" : "ignore"));
}

function isInheritable(fd: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, "utf8"))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
  } catch {
    // The descriptor with which the folder was listed: closed by now.
    return false;
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
