import { cpSync, existsSync, renameSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { run, tail } from "../processes/child.js";
import { pinnedNode, root, stateFolder } from "../project.js";
import { readJson } from "../stamp.js";
import { addonPackage } from "./addon.js";

const timeLimit = 180_000;
const patience = 5_000;

/**
 * Run tfjs-node's own installer, in a copy of the package: it edits its package.json, and a download
 * that breaks off would leave a native part that does not load.
 *
 * @param {import("../progress.js").Progress} progress
 * @throws Error with the reason, in a sentence.
 */
export async function runOfficialInstaller(progress) {
  progress.note("asking for the prebuilt tfjs-node");
  if (!(await isReachable())) throw new Error("the prebuilt tfjs-node cannot be reached from here");
  // Under node_modules, so that the installer finds the packages that it requires.
  const copy = join(root, "node_modules", ".flowlab-tfjs-node");
  rmSync(copy, { recursive: true, force: true });
  try {
    cpSync(addonPackage, copy, { recursive: true });
    rmSync(join(copy, "deps"), { recursive: true, force: true });
    progress.note("installing the prebuilt tfjs-node");
    const result = await run(pinnedNode(), [join("scripts", "install.js")], {
      cwd: copy,
      timeout: timeLimit,
      env: { PATH: installerPath(), npm_config_cache: join(stateFolder, "tmp", "npm") },
    });
    if (result.timedOut) throw new Error("the prebuilt tfjs-node took longer than 3 minutes to download");
    if (result.code !== 0) throw new Error(`tfjs-node's installer failed: ${tail(result.output, 1)}`);
    for (const part of ["deps", "lib"]) adopt(copy, part);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The installer calls `node` and `node-pre-gyp` by name. */
const installerPath = () =>
  [dirname(pinnedNode()), join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter);

/**
 * @param {string} copy
 * @param {string} part
 */
function adopt(copy, part) {
  if (!existsSync(join(copy, part))) return;
  rmSync(join(addonPackage, part), { recursive: true, force: true });
  renameSync(join(copy, part), join(addonPackage, part));
}

/** The installer has no time limit of its own and would wait minutes for a blocked host. */
async function isReachable() {
  // A proxy is the installer's business; a direct request could not tell.
  if (process.env.HTTPS_PROXY ?? process.env.https_proxy) return true;
  const host =
    process.env.TFJS_NODE_CDN_STORAGE ?? readJson(join(addonPackage, "package.json"))?.binary?.host;
  try {
    await fetch(new URL("/", host), { method: "HEAD", signal: AbortSignal.timeout(patience) });
    return true;
  } catch {
    return false;
  }
}
