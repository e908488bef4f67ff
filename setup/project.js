import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The course folder: the parent of this one, wherever it was cloned or moved to. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A kit for learners, made by `npm run release`: all of it is compiled, and no sources of the grader are in it. */
export const isKit = existsSync(join(root, "kit.json"));

export const onWindows = process.platform === "win32";

/** Everything set-up keeps for itself: stamps, the lock, libtensorflow, temporary files. */
export const stateFolder = join(root, ".setup");

/** The course's own virtual environment, so that nothing on the learner's machine changes. */
export const venv = join(root, ".venv");

/**
 * A program of the virtual environment, e.g. `venvProgram("python")`.
 *
 * @param {string} name
 */
export function venvProgram(name) {
  return onWindows ? join(venv, "Scripts", `${name}.exe`) : join(venv, "bin", name);
}

/** The Node that everything but set-up runs on. The npm package `node` brings it. */
export function pinnedNode() {
  return join(root, "node_modules", "node", "bin", onWindows ? "node.exe" : "node");
}

/**
 * The first of `names` that is on the PATH, with its full path.
 *
 * Folders of `node_modules` are skipped: npm puts them first, and what they hold is not the machine's.
 *
 * @param {readonly string[]} names
 */
export function findProgram(...names) {
  const endings = onWindows ? [".exe", ".cmd", ".bat"] : [""];
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const name of names) {
    for (const folder of folders.filter((each) => !each.includes("node_modules"))) {
      const found = endings.map((ending) => join(folder, name + ending)).find((file) => existsSync(file));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
