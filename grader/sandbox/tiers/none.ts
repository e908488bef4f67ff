/**
 * No sandbox: a child process with Node's permission model and the time and memory limits, and no boundary.
 *
 * For one's own code only. Node says of its permission model that it does not protect against malicious code, and indeed
 * `node:sqlite` writes wherever it likes.
 */

import { existsSync } from "node:fs";
import { inspectorPort } from "../inspect.ts";
import { type Launch, systemProgram } from "../launch.ts";
import { ENVIRONMENT, type NodeLimits, type Places } from "../room.ts";
import { plainProgram } from "./sandbox-exec.ts";

export function none(at: Places, limits: NodeLimits, script?: readonly string[]): Launch {
  // On Linux the kernel ends it when the grader dies; elsewhere it ends when it next listens to its channel.
  const setpriv = systemProgram("setpriv", existsSync);
  const guard = setpriv ? [setpriv, "--pdeathsig", "KILL"] : [];
  const program = plainProgram(at, limits, script);
  const port = script ? undefined : inspectorPort();
  // Node's permission model lets no debugger in.
  if (port !== undefined) {
    program.splice(program.indexOf("--permission"), 1, `--inspect-brk=${port}`);
  }
  const isFlag = (flag: string) => port === undefined || !flag.startsWith("--allow-fs-read");
  const [file, ...rest] = [...guard, ...program.filter(isFlag)];
  return { file: file as string, arguments: rest, environment: { ...ENVIRONMENT, ...system() } };
}

/** Windows finds its own libraries by this variable. */
function system(): { SystemRoot?: string } {
  const { SystemRoot } = process.env;
  return SystemRoot ? { SystemRoot } : {};
}
