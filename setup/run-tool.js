// node setup/run-tool.js <package> [arguments]: run the program of a package, without colours where nobody sees them.
//
// Biome colours what goes into a pipe or a file, too, and knows no NO_COLOR; vitest wants to be told by it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";

const [name, ...args] = process.argv.slice(2);
const isSeen = process.stdout.isTTY && process.env.NO_COLOR === undefined;
const noColors = isSeen || name !== "@biomejs/biome" ? [] : ["--colors=off"];
// Biome speaks of an internal error, and of its own options.
const [, ...paths] = name === "@biomejs/biome" ? args.filter((argument) => !argument.startsWith("-")) : [];
const missing = paths.filter((path) => !existsSync(path));
if (missing.length > 0) {
  console.error(
    `${missing.join(", ")}: no such file in ${process.cwd()}; expected paths such as lib/index.ts`,
  );
  process.exit(1);
}
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
