/**
 * macOS: a Seatbelt profile for `sandbox-exec`. **Untested**: written from the documentation and from profiles that are in use,
 * on no Mac. Seatbelt has no memory limit and no process namespace; the limits of Node and the time limits remain.
 */

import { realpathSync } from "node:fs";
import { join } from "node:path";
import type { Launch } from "../launch.ts";
import { ENVIRONMENT, type NodeLimits, nodeFlags, type Places } from "../room.ts";

export const SANDBOX_EXEC = "/usr/bin/sandbox-exec";

/** Everything is denied but what Node needs to start, and reading the course. */
export function profile(at: Places): string {
  const readable = [at.nodeModules, join(at.flowlab, "dist"), join(at.grader, "dist/harness")];
  const files = [join(at.flowlab, "package.json"), join(at.grader, "package.json"), at.node];
  return [
    "(version 1)",
    "(deny default)",
    `(allow process-exec (literal ${text(at.node)}))`,
    "(allow sysctl-read)",
    "(allow signal (target self))",
    "(allow file-read-metadata)",
    '(allow file-read* (subpath "/usr/lib") (subpath "/System/Library") (literal "/dev/null") (literal "/dev/urandom") (literal "/"))',
    `(allow file-read* ${readable.map((path) => `(subpath ${text(path)})`).join(" ")})`,
    `(allow file-read* ${files.map((path) => `(literal ${text(path)})`).join(" ")})`,
    '(allow file-write-data (literal "/dev/null"))',
  ].join("\n");
}

export function sandboxExec(at: Places, limits: NodeLimits, script?: readonly string[]): Launch {
  const real = {
    node: at.node,
    nodeModules: realpathSync(at.nodeModules),
    flowlab: at.flowlab,
    grader: realpathSync(at.grader),
  };
  return {
    file: SANDBOX_EXEC,
    arguments: ["-p", profile(real), ...plainProgram(real, limits, script)],
    environment: ENVIRONMENT,
  };
}

/** Node on the paths of this machine, for tiers that cannot build a root of their own. */
export function plainProgram(at: Places, limits: NodeLimits, script?: readonly string[]): string[] {
  const readable = [
    `${at.nodeModules}/*`,
    `${join(at.flowlab, "dist")}/*`,
    `${join(at.grader, "dist/harness")}/*`,
  ];
  const files = [join(at.flowlab, "package.json"), join(at.grader, "package.json")];
  const start = script ?? [join(at.grader, "dist/harness/main.js")];
  return [at.node, ...nodeFlags([...readable, ...files], limits), ...start];
}

/** A string of the profile language. */
function text(path: string): string {
  return `"${path.replace(/["\\]/g, "\\$&")}"`;
}
