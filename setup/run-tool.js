// node setup/run-tool.js <package> [arguments]: run the program of a package, without colours where nobody sees them.
//
// Biome colours what goes into a pipe or a file, too, and knows no NO_COLOR; vitest wants to be told by it.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";

const [name, ...args] = process.argv.slice(2);
const isSeen = process.stdout.isTTY && process.env.NO_COLOR === undefined;
const noColors = isSeen || name !== "@biomejs/biome" ? [] : ["--colors=off"];
const { status, signal, error } = spawnSync(process.execPath, [programOf(name), ...args, ...noColors], {
  stdio: "inherit",
  env: isSeen ? process.env : { ...process.env, NO_COLOR: "1" },
});
if (error) throw error;
process.exitCode = status ?? 128 + (signal === null ? 0 : constants.signals[signal]);

/**
 * The script that npm would link into node_modules/.bin.
 *
 * @param {string} name
 */
function programOf(name) {
  const file = createRequire(import.meta.url).resolve(`${name}/package.json`);
  const { bin } = createRequire(import.meta.url)(file);
  return join(dirname(file), typeof bin === "string" ? bin : Object.values(bin)[0]);
}
