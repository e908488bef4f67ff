/** When a process began: a number of a process is given again once its owner has ended, number and start together are not. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Something that differs between all processes that ever have this number, or undefined if none has it now. A process that has ended
 * and waits for its parent to notice counts as none: it holds nothing any more.
 */
export function startOf(pid: number): string | undefined {
  if (!isThere(pid)) return undefined;
  return process.platform === "linux" ? startOnLinux(pid) : startByPs(pid);
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is somebody else's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function startOnLinux(pid: number): string | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name, in parentheses, may hold any character.
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
    const [state, ticks] = [fields[0], fields[19]];
    if (state === "Z" || state === "X") return undefined;
    // Ticks count from the start of the machine.
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${ticks}`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // It ended meanwhile.
    if (code === "ENOENT" || code === "ESRCH") return undefined;
    throw error;
  }
}

/** On a system without ps a living process is told by its number alone, so that a lock is rather kept too long than taken. */
function startByPs(pid: number): string | undefined {
  if (process.platform === "win32") return "unknown";
  try {
    const [state, ...start] = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
    })
      .trim()
      .split(/\s+/);
    return state?.startsWith("Z") ? undefined : start.join(" ");
  } catch {
    return isThere(pid) ? "unknown" : undefined;
  }
}
