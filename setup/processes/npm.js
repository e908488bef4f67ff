import { existsSync } from "node:fs";
import { findProgram, onWindows } from "../project.js";

/**
 * How to call npm: the one that runs us, else the one on the PATH.
 *
 * npm tells its scripts where it is; calling it through Node needs no shell, also on Windows.
 */
export function findNpm() {
  const { npm_execpath: script } = process.env;
  if (script?.endsWith("npm-cli.js") && existsSync(script)) {
    return { command: machineNode(), prefix: [script], shell: false };
  }
  return { command: findProgram("npm") ?? "npm", prefix: [], shell: onWindows };
}

/** Not the Node in node_modules: installing packages replaces it. */
export function machineNode() {
  const { npm_node_execpath: node } = process.env;
  if (node && !node.includes("node_modules") && existsSync(node)) return node;
  return findProgram("node") ?? process.execPath;
}
