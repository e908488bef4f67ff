import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  addonFile,
  addonPackageVersion,
  isAddonPackageInstalled,
  probe,
  removeAddon,
} from "../engine/addon.js";
import { buildAddon, findCompiler } from "../engine/build.js";
import { runOfficialInstaller } from "../engine/installer.js";
import {
  fetchLibtensorflow,
  hasLibtensorflow,
  libraries,
  tensorflowFolder,
  wheelHere,
} from "../engine/wheel.js";
import { findProgram, pinnedNode } from "../project.js";
import { fingerprint, readStamp, tracesOf, writeStamp } from "../stamp.js";

const name = "engine";
const oneDay = 24 * 3600 * 1000;

/** The engine of the course: tfjs-node if it can be had on this machine, else WebAssembly. */
export const engine = {
  name,
  title: "Engine",

  isNeeded() {
    if (isNativeUnwanted()) return false;
    const stamp = readStamp(name);
    if (stamp === undefined || stamp.inputs !== inputs()) return true;
    // What failed for want of a network is tried again, but not at every start.
    return stamp.retryAfter !== undefined && Date.now() > stamp.retryAfter;
  },

  /** @param {import("../progress.js").Progress} progress */
  async run(progress) {
    const outcome = await findEngine(progress);
    writeStamp(name, inputs(), outcome);
    return outcome.line;
  },
};

const isNativeUnwanted = () => ["wasm", "cpu"].includes(process.env.FLOWLAB_BACKEND ?? "");

/** What could change the outcome: the package, the Node, the files in place, the tools to build with. */
function inputs() {
  const files = [addonFile, ...libraries.map((each) => join(tensorflowFolder, each))].map(tracesOf);
  const tools = [findCompiler() ?? null, findProgram("python3", "python") ?? null];
  return fingerprint(
    process.platform,
    process.arch,
    addonPackageVersion(),
    tracesOf(pinnedNode()),
    files,
    tools,
  );
}

/** @param {import("../progress.js").Progress} progress */
async function findEngine(progress) {
  if (!isAddonPackageInstalled())
    return wasm("the package @tensorflow/tfjs-node is not installed", "run npm ci", true);
  progress.note("loading tfjs-node");
  const present = await probe("tensorflow");
  if (present.ok) return native(`tfjs-node with libtensorflow ${present.version}`);
  removeAddon();
  /** @type {{ message: string, remedy?: string, isLasting?: boolean } | undefined} */
  let failure;
  for (const attempt of [tryInstaller, tryBuild]) {
    try {
      return native(await attempt(progress));
    } catch (error) {
      removeAddon();
      failure = asError(error);
    }
  }
  return wasm(
    failure?.message ?? "tfjs-node does not load",
    failure?.remedy ?? "it is tried again tomorrow, or now with npm run doctor -- --repair",
    failure?.isLasting,
  );
}

/** @param {import("../progress.js").Progress} progress */
async function tryInstaller(progress) {
  // A build that is here already costs nothing, and is the newer TensorFlow.
  if (hasLibtensorflow()) throw new Error("libtensorflow is here already");
  await runOfficialInstaller(progress);
  const version = await verify(progress);
  return `tfjs-node with its prebuilt libtensorflow ${version}`;
}

/** @param {import("../progress.js").Progress} progress */
async function tryBuild(progress) {
  if (wheelHere() === undefined) {
    throw lasting(
      `tfjs-node cannot be built on ${process.platform} ${process.arch} by this set-up`,
      "the course runs without it",
    );
  }
  if (findCompiler() === undefined) {
    throw lasting("no C++ compiler found", "install g++ (sudo apt install g++) and run npm start again");
  }
  await fetchLibtensorflow(progress);
  try {
    await buildAddon(progress);
    return `tfjs-node built against libtensorflow ${await verify(progress)}`;
  } catch (error) {
    // 850 MB that nothing uses; and another try on the same machine would end the same way.
    rmSync(tensorflowFolder, { recursive: true, force: true });
    throw lasting(asError(error).message, "npm run doctor -- --repair tries again");
  }
}

/** @param {import("../progress.js").Progress} progress */
async function verify(progress) {
  progress.note("loading tfjs-node and multiplying two matrices");
  const found = await probe("tensorflow");
  if (!found.ok) throw new Error(`tfjs-node does not load: ${found.reason}`);
  return found.version;
}

/** @param {unknown} error */
const asError = (error) => (error instanceof Error ? error : new Error(String(error)));

/**
 * A failure that no second try on the unchanged machine would mend.
 *
 * @param {string} message
 * @param {string} remedy
 */
const lasting = (message, remedy) => Object.assign(new Error(message), { remedy, isLasting: true });

/** @param {string} what */
const native = (what) => ({ native: true, line: `Engine: ${what}` });

/**
 * @param {string} reason
 * @param {string} remedy
 */
async function wasm(reason, remedy, isLasting = false) {
  const works = await probe("wasm");
  const backend = works.ok ? "WebAssembly (slower)" : "plain JavaScript (much slower)";
  const retryAfter = isLasting ? undefined : Date.now() + oneDay;
  return { native: false, reason, remedy, retryAfter, line: `Engine: ${backend} – ${reason}; ${remedy}` };
}
