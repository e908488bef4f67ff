// npm run check: the scripts of package.json that are quick enough for each commit, side by side. What has changed is verified under a
// twentieth of the seeds; with --whole, as npm test wants it, without what is among its tests.
import { readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { checkTasks } from "./processes/checks.js";
import { runSideBySide } from "./processes/side-by-side.js";
import { root } from "./project.js";

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const programs = [dirname(process.execPath), join(root, "node_modules", ".bin")];
// All of them load the same sources, which Node then reads without taking their types out once more.
const NODE_COMPILE_CACHE = join(root, ".setup", "code");
const env = {
  NODE_COMPILE_CACHE,
  ...process.env,
  PATH: [...programs, process.env.PATH ?? ""].join(delimiter),
};
const failed = await runSideBySide(
  checkTasks(scripts, process.argv.includes("--whole")),
  (text) => process.stdout.write(text),
  { cwd: root, env },
);
console.log(
  failed.length === 0
    ? "\nall is right"
    : `\nnot right: ${failed.join(", ")}; one alone is tried by npm run ${failed[0]}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
