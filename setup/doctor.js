// npm run doctor [-- --json | --repair]: what is there, what is not, and what to do about it.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checks } from "./doctor/checks.js";
import { formatTable } from "./doctor/table.js";
import { root } from "./project.js";

const { values } = parseArgs({
  options: { json: { type: "boolean", default: false }, repair: { type: "boolean", default: false } },
});

if (values.repair) {
  const script = join(root, "setup", "setup.js");
  spawnSync(process.execPath, [script, "--for", "start", "--repair"], { stdio: ["inherit", 2, 2] });
}

const found = await Promise.all(
  checks.map(async ({ name, required, look }) => ({
    name,
    required,
    remedy: null,
    ...(await lookSafely(look)),
  })),
);
const canRun = found.every(({ state, required }) => !(required && state === "missing"));
const report = { canRun, checks: found };

console.log(values.json ? JSON.stringify(report, null, 2) : formatTable(report));
process.exitCode = canRun ? 0 : 1;

/**
 * One look that fails unexpectedly must not hide the others.
 *
 * @param {import("./doctor/checks.js").Check["look"]} look
 * @returns {Promise<import("./doctor/checks.js").Seen>}
 */
async function lookSafely(look) {
  try {
    return await look();
  } catch (error) {
    return {
      state: "missing",
      found: error instanceof Error ? error.message : String(error),
      remedy: "run npm run doctor -- --repair",
    };
  }
}
