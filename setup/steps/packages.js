import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { problem } from "../problem.js";
import { run, tail } from "../processes/child.js";
import { findNpm, machineNode } from "../processes/npm.js";
import { pinnedNode, root } from "../project.js";
import { contentOf, fingerprint, readJson, readStamp, removeStamp, writeStamp } from "../stamp.js";

const name = "packages";

/** npm drops it without a word where its own installer fails; the engine step needs its sources. */
const kept = "node_modules/@tensorflow/tfjs-node";

/** The npm packages of the lock file, and the pinned Node among them. */
export const packages = {
  name,
  title: "Packages",

  isNeeded: () => readStamp(name)?.inputs !== inputs() || !existsSync(pinnedNode()),

  /** @param {import("../progress.js").Progress} progress */
  async run(progress) {
    removeStamp(name);
    if (!isInstalled()) await installFromLock(progress);
    if (!existsSync(pinnedNode())) await fetchPinnedNode(progress);
    writeStamp(name, inputs());
    return `Packages: ${Object.keys(installedPackages()).length} from the lock file`;
  },
};

const inputs = () => fingerprint(contentOf(join(root, "package-lock.json")), process.platform, process.arch);

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} Locked
 * @type {() => Record<string, Locked>}
 */
const installedPackages = () => readJson(join(root, "node_modules", ".package-lock.json"))?.packages ?? {};

/** True if `node_modules` has every package of the lock file, by npm's own record and on the disk. */
export function isInstalled() {
  /** @type {Record<string, Locked>} */
  const locked = readJson(join(root, "package-lock.json"))?.packages ?? {};
  const installed = installedPackages();
  return Object.entries(locked).every(([path, { version, optional, devOptional, link }]) => {
    if (!path.includes("node_modules/") || link) return true;
    // Optional ones for another system are rightly absent.
    if ((optional || devOptional) && path !== kept && installed[path] === undefined) return true;
    return installed[path]?.version === version && existsSync(join(root, path, "package.json"));
  });
}

/**
 * Install without the packages' own scripts: one of them failing would fail the whole installation, and new
 * versions of npm refuse to run them. What is needed of them follows by itself.
 *
 * @param {import("../progress.js").Progress} progress
 */
async function installFromLock(progress) {
  progress.note("npm ci, downloading what package-lock.json lists");
  const install = () => npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
  let { code, output } = await install();
  if (/ENOTEMPTY/.test(output)) {
    // Another program wrote into node_modules while npm emptied it.
    rmSync(join(root, "node_modules"), { recursive: true, force: true, maxRetries: 3 });
    ({ code, output } = await install());
  }
  if (code === 0) return;
  throw problem("npm could not install the packages", npmRemedy(output), tail(output));
}

/**
 * The package `node` is a script that fetches the Node for this system from the npm registry.
 *
 * @param {import("../progress.js").Progress} progress
 */
async function fetchPinnedNode(progress) {
  progress.note("fetching Node 24");
  const folder = join(root, "node_modules", "node");
  const { code, output } = await npm(["rebuild", "node", "--ignore-scripts=false", "--foreground-scripts"]);
  if (code === 0 && existsSync(pinnedNode())) return;
  // npm ≥ 12 may still refuse; the script itself is one line.
  const again = await run(machineNode(), ["installArchSpecificPackage.js"], { cwd: folder });
  if (again.code === 0 && existsSync(pinnedNode())) return;
  throw problem(
    "Node 24 could not be installed",
    npmRemedy(output + again.output),
    tail(again.output || output),
  );
}

/** @param {readonly string[]} args */
async function npm(args) {
  const { command, prefix, shell } = findNpm();
  const env = {
    npm_config_loglevel: "notice",
    npm_config_progress: "false",
    npm_config_update_notifier: "false",
  };
  return run(command, [...prefix, ...args], { cwd: root, env, shell });
}

/** @param {string} output */
function npmRemedy(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|network/i.test(output)) {
    return "check the network connection (and npm's registry and proxy settings), then run it again";
  }
  if (/ENOSPC/.test(output)) return "free some disk space (the course needs about 3 GB), then run it again";
  if (/EACCES|EPERM|EBUSY/.test(output)) {
    return "close programs that use this folder, make sure that it is yours to write, then run it again";
  }
  return "run it again; if it keeps failing, delete node_modules and run it once more";
}
