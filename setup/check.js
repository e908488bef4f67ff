// npm run check: the scripts of package.json that are quick enough for each commit, side by side.
import { readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { runSideBySide } from "./processes/side-by-side.js";
import { root } from "./project.js";

/** Verifying takes longest and is seen live. */
const CHECKS = ["types", "style", "structure", "verify"];

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const programs = [dirname(process.execPath), join(root, "node_modules", ".bin")];
const env = { ...process.env, PATH: [...programs, process.env.PATH ?? ""].join(delimiter) };
const failed = await runSideBySide(
  CHECKS.map((name) => ({ name, command: scripts[name] })),
  (text) => process.stdout.write(text),
  { cwd: root, env },
);
console.log(
  failed.length === 0
    ? "\nall is right"
    : `\nnot right: ${failed.join(", ")}; one alone is tried by npm run ${failed[0]}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
