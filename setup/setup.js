// node setup/setup.js --for start | test | tools | sources: bring the course folder into the state that the command needs.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { acquireLock } from "./lock.js";
import { machineNode } from "./processes/npm.js";
import { createProgress } from "./progress.js";
import { onWindows, root, stateFolder } from "./project.js";
import { runSteps } from "./run-steps.js";
import { readStamp, removeStamp } from "./stamp.js";
import { compile } from "./steps/compile.js";
import { engine } from "./steps/engine.js";
import { jupyter } from "./steps/jupyter.js";
import { kernelSpec } from "./steps/kernel-spec.js";
import { packages } from "./steps/packages.js";

/** @typedef {import("./run-steps.js").Step} Step */

/**
 * JupyterLab before the engine: its pip can fetch libtensorflow where the system's Python has none.
 * Nothing can be done without the packages. Without Python the rest is still set up: VS Code needs it too.
 *
 * @type {readonly Step[]}
 */
const steps = [
  packages,
  ...[compile, jupyter, kernelSpec, engine].map((step) => ({ ...step, mayFail: true })),
];

async function main() {
  const { values } = parseArgs({
    options: { for: { type: "string", default: "start" }, repair: { type: "boolean", default: false } },
  });
  if (values.repair) forgetEverything();
  if (process.env.FLOWLAB_REBUILD === "1") removeStamp(engine.name);
  const wanted = stepsFor(values.for);
  if (!(await anyNeeded(wanted))) return 0;
  if (isInTheWay() && (await packages.isNeeded())) return runOnMachineNode();
  const release = await acquireLock("set-up", (pid) => {
    process.stderr.write(`Another set-up of this folder is at work (process ${pid}); waiting for it …\n`);
  });
  if (readStamp(packages.name) === undefined) {
    process.stderr.write("Setting up the course: some minutes and 2 GB of disk space, once.\n");
  }
  const progress = createProgress(wanted.length);
  endCleanly(release, progress);
  try {
    return await runSteps(wanted, progress);
  } finally {
    rmSync(join(stateFolder, "tmp"), { recursive: true, force: true });
    release();
  }
}

/**
 * The tools (grade, build, verify, notebooks) need neither JupyterLab nor the fast engine: a grading host may have no Python.
 *
 * @param {string} purpose
 */
function stepsFor(purpose) {
  // What reads sources only (build, verify, new) need not wait until they are compiled.
  if (purpose === "sources") return [packages];
  if (purpose === "tools") return steps.filter(({ name }) => name === packages.name || name === compile.name);
  return purpose === "test" ? steps.map(forTests) : steps;
}

/** Also npm's record, so that packages of which files were deleted come back. */
function forgetEverything() {
  for (const { name } of steps) removeStamp(name);
  rmSync(join(root, "node_modules", ".package-lock.json"), { force: true });
}

/** @param {readonly Step[]} wanted */
async function anyNeeded(wanted) {
  for (const step of wanted) if (await step.isNeeded()) return true;
  return false;
}

/** npm puts the pinned Node first in the PATH, and Windows cannot replace a program that runs. */
const isInTheWay = () => onWindows && process.execPath.includes("node_modules");

function runOnMachineNode() {
  const { status } = spawnSync(machineNode(), process.argv.slice(1), { stdio: "inherit" });
  return status ?? 1;
}

/**
 * The tests that need JupyterLab say so themselves where it is missing; in CI it must be there.
 *
 * @param {Step} step
 * @returns {Step}
 */
function forTests(step) {
  if (step.name !== jupyter.name || process.env.CI) return step;
  /** @type {Step["run"]} */
  const run = async (progress) => {
    try {
      return await jupyter.run(progress);
    } catch (error) {
      return `JupyterLab: skipped, and the tests that need it – ${error instanceof Error ? error.message : error}`;
    }
  };
  return { ...step, run };
}

/**
 * Every step can be interrupted anywhere, and its programs end with this process; the lock is to be given back.
 *
 * @param {() => void} release
 * @param {import("./progress.js").Progress} progress
 */
function endCleanly(release, progress) {
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
    process.once(signal, () => {
      progress.stop();
      release();
      process.stderr.write("\nInterrupted. The next run continues where this one stopped.\n");
      process.exit(code);
    });
  }
}

process.exitCode = await main();
