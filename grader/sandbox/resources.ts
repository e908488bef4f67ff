/**
 * Limits that the kernel keeps for us (setrlimit), set by util-linux's `prlimit` before the sandbox starts.
 *
 * They are the hard outer bound; the watchdog is what ends a program at its real limit with a message.
 */

import { existsSync } from "node:fs";
import { systemProgram } from "./launch.ts";

export interface Resources {
  /** Memory that the learner's code may use, in megabytes. */
  readonly memoryMB: number;
  /** Processor time of the whole session, all threads together. */
  readonly cpuSeconds: number;
}

const MB = 1024 * 1024;

/**
 * The command prefix that sets the limits; empty where there is no `prlimit`.
 *
 * Not RLIMIT_AS: WebAssembly reserves address space by the gigabyte without using it. RLIMIT_DATA counts what is writable,
 * so it stops a program that allocates faster than the watchdog looks. Node itself, its threads' stacks and the compiler's
 * working memory need about a gigabyte of it.
 */
export function limit({ memoryMB, cpuSeconds }: Resources): string[] {
  const prlimit = systemProgram("prlimit", existsSync);
  if (!prlimit) return [];
  return [
    prlimit,
    `--data=${(2 * memoryMB + 1024) * MB}`,
    `--cpu=${cpuSeconds}`,
    `--fsize=${16 * MB}`,
    "--nofile=256",
    "--core=0",
    "--",
  ];
}
