/** For tests: the sandboxes of this machine, and what they left behind. */

import { readdirSync, readFileSync } from "node:fs";
import { type Needing, needing } from "../../setup/testing/needs.ts";
import { detectSandbox, type Sandbox } from "./detect.ts";
import type { Tier } from "./launch.ts";
import { descendants } from "./processes.ts";

/** The tier, or why it cannot be had here. */
export async function tier(name: Tier): Promise<Sandbox | string> {
  try {
    return await detectSandbox(name);
  } catch (error) {
    return (error as Error).message;
  }
}

/** `describe` and `test` for what somebody else's code is run in: any sandbox that holds. */
export async function needingSandbox(): Promise<Needing> {
  const { tier, reason, remedy } = await detectSandbox();
  return needing("a sandbox", tier === "none" ? `${reason}${remedy ? `; ${remedy}` : ""}` : undefined);
}

/** The sandbox without Node's permission model: what holds then is the room itself. */
export function withoutNodesFence(sandbox: Sandbox): Sandbox {
  return {
    ...sandbox,
    launch: async (limits, script) => {
      const launch = await sandbox.launch(limits, script);
      const fence = (argument: string) =>
        argument === "--permission" || argument.startsWith("--allow-fs-read");
      return { ...launch, arguments: launch.arguments.filter((argument) => !fence(argument)) };
    },
  };
}

/** Command lines of the processes that descend from this one and belong to a sandbox. */
export function sandboxProcesses(root = process.pid): string[] {
  return descendants(root)
    .map((pid) => ({ pid, command: commandLine(pid) }))
    .filter(({ command }) => command.includes("dist/harness/main.js"))
    .map(({ pid, command }) => `${pid}: ${command.slice(0, 200)}`);
}

/** Processes of a sandbox whose command line has this in it, wherever they hang now. */
export function processesWith(text: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && commandLine(Number(name)).includes(text))
    .map(Number);
}

/** Waits until it holds, at most so long. */
export async function eventually(holds: () => boolean, milliseconds = 30_000): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (!holds()) {
    if (performance.now() > end) return false;
    await new Promise((later) => setTimeout(later, 50));
  }
  return true;
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
