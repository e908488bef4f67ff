import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { onWindows, root } from "../project.js";
import { machineNode } from "./npm.js";

const leash = join(root, "setup", "processes", "leash.js");

/** How much of a child's output is kept to be shown when it fails. */
const keptCharacters = 40_000;

/**
 * End a process and everything that it started.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} [signal]
 */
export function killTree(child, signal = "SIGTERM") {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (onWindows) {
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    // A negative id names the group that `detached` gave the child.
    process.kill(-child.pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/**
 * Run a program quietly and keep the end of what it prints. It ends when this process does: see leash.js.
 *
 * @param {string} command Full path, or a name on the PATH.
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number, onLine?: (line: string) => void, shell?: boolean }} [options]
 *   `timeout` in milliseconds, `onLine` called with each printed line.
 * @returns {Promise<{ code: number, output: string, timedOut: boolean }>} `{ code, output, timedOut }`; code is not 0 if the program could not be started.
 */
export function run(command, args, { cwd, env, timeout, onLine, shell = false } = {}) {
  return new Promise((resolve) => {
    // Not this process's own Node, which npm may be replacing.
    const child = spawn(machineNode(), [leash, command, ...args], {
      cwd,
      env: { ...process.env, ...env, FLOWLAB_LEASH_SHELL: shell ? "1" : "" },
      stdio: ["pipe", "pipe", "pipe"],
      detached: !onWindows,
      windowsHide: true,
    });
    let output = "";
    let timedOut = false;
    const timer = timeout && setTimeout(() => endLate(child, () => (timedOut = true)), timeout);
    /** @param {string} chunk */
    const keep = (chunk) => {
      output = (output + chunk).slice(-keptCharacters);
      const line = chunk
        .trim()
        .split(/[\r\n]+/)
        .pop();
      if (line) onLine?.(line);
    };
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", keep);
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(timer);
      resolve({ code, output: output.trim(), timedOut });
    };
    child.on("error", (error) => {
      output += error.message;
      finish(-1);
    });
    child.on("close", (code) => finish(code ?? -1));
  });
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {() => void} mark
 */
function endLate(child, mark) {
  mark();
  killTree(child, "SIGKILL");
}

/**
 * The last lines of a failed program's output: what a learner is shown.
 *
 * @param {string} text
 */
export function tail(text, lines = 15) {
  return text.split(/\r?\n/).slice(-lines).join("\n");
}
