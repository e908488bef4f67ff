import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { problem } from "../problem.js";
import { run, tail } from "../processes/child.js";
import { findPython, oldestPython, pythonRemedy } from "../processes/python.js";
import { root, venv, venvProgram } from "../project.js";
import { contentOf, fingerprint, readStamp, removeStamp, writeStamp, writeWhole } from "../stamp.js";

const name = "jupyter";
const requirements = join(root, "setup", "requirements.txt");

const vsCode =
  "Or use VS Code without Python: install its Jupyter extension, run `node setup/kernel-spec.js --user`,\n" +
  "  open a notebook and choose the kernel “TypeScript (flowlab)”";

/** JupyterLab in a virtual environment of the course's own. */
export const jupyter = {
  name,
  title: "JupyterLab",

  isNeeded: () => readStamp(name)?.inputs !== inputs() || !existsSync(venvProgram("python")),

  /** @param {import("../progress.js").Progress} progress */
  async run(progress) {
    const isWhole = readStamp(name) !== undefined && existsSync(venvProgram("python"));
    removeStamp(name);
    // Without a stamp pip may have been interrupted halfway through a package.
    if (!isWhole) await createEnvironment(progress);
    await installRequirements(progress);
    silenceAnnouncements();
    const version = await jupyterLabVersion();
    writeStamp(name, inputs(), { version });
    return `JupyterLab ${version}`;
  },
};

const inputs = () => fingerprint(contentOf(requirements), process.platform, process.arch);

/** @param {import("../progress.js").Progress} progress */
async function createEnvironment(progress) {
  progress.note("looking for Python");
  const python = await findPython();
  if (python === undefined) {
    const wanted = `Python ${oldestPython.join(".")} or newer was not found, and JupyterLab needs it`;
    throw problem(wanted, `${pythonRemedy()}; then run npm start again.\n  ${vsCode}`);
  }
  progress.note("creating the virtual environment");
  rmSync(venv, { recursive: true, force: true });
  const { code, output } = await run(python.command, ["-m", "venv", venv]);
  if (code === 0) return;
  rmSync(venv, { recursive: true, force: true });
  const lacksVenv = /ensurepip|No module named venv/.test(output);
  const version = python.version.split(".").slice(0, 2).join(".");
  throw problem(
    `Python ${python.version} could not create a virtual environment`,
    lacksVenv
      ? `install the module venv: sudo apt install python3-venv (or python${version}-venv); then run npm start again.\n  ${vsCode}`
      : `${pythonRemedy()}; then run npm start again.\n  ${vsCode}`,
    lacksVenv ? "" : tail(output),
  );
}

/** @param {import("../progress.js").Progress} progress */
async function installRequirements(progress) {
  progress.note("downloading, 0 packages so far");
  const args = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"];
  const { code, output } = await run(venvProgram("python"), [...args, "-r", requirements], {
    onLine: createCount(progress),
  });
  if (code === 0) return;
  throw problem("pip could not install JupyterLab", pipRemedy(output), tail(output));
}

/**
 * Pip's lines as one number that grows.
 *
 * @param {import("../progress.js").Progress} progress
 * @returns {(line: string) => void}
 */
function createCount(progress) {
  let packages = 0;
  let isInstalling = false;
  return (line) => {
    if (/^\s*(Downloading|Using cached) /.test(line)) packages++;
    isInstalling ||= line.startsWith("Installing");
    progress.note(
      isInstalling ? `installing ${packages} packages` : `downloading, ${packages} packages so far`,
    );
  };
}

/** @param {string} output */
const pipRemedy = (output) =>
  /No space left/.test(output)
    ? "free some disk space (JupyterLab needs about 300 MB), then run npm start again"
    : "check the network connection (and pip's index and proxy settings), then run npm start again";

/** JupyterLab would ask on first start whether it may fetch news, and look for updates over the network. */
function silenceAnnouncements() {
  const overrides = {
    "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
  };
  const file = join(venv, "share", "jupyter", "lab", "settings", "overrides.json");
  writeWhole(file, `${JSON.stringify(overrides, null, 2)}\n`);
}

async function jupyterLabVersion() {
  const { code, output } = await run(venvProgram("python"), ["-m", "jupyterlab", "--version"]);
  if (code === 0) return tail(output, 1);
  rmSync(venv, { recursive: true, force: true });
  throw problem(
    "JupyterLab was installed but does not start",
    "run npm start again to install it afresh",
    tail(output),
  );
}
