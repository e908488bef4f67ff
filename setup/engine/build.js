import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { run, tail } from "../processes/child.js";
import { findProgram, pinnedNode, root } from "../project.js";
import { addonFile, addonFolder, addonPackage } from "./addon.js";
import { libraries, tensorflowFolder } from "./wheel.js";

/** The C++ compiler of this machine, or undefined. `CXX` overrides the search. */
export const findCompiler = () => findProgram(...[process.env.CXX ?? [], "g++", "c++", "clang++"].flat());

const builtAddon = join(tensorflowFolder, "tfjs_binding.node");

/**
 * Compile the unmodified addon of tfjs-node against libtensorflow, with one call of the compiler.
 *
 * node-gyp would do the same, but downloads Node's headers; Node-API's come from npm here.
 *
 * @param {import("../progress.js").Progress} progress
 * @throws Error with the compiler's message.
 */
export async function buildAddon(progress) {
  if (!existsSync(builtAddon)) {
    progress.note("compiling the tfjs-node addon");
    await compileAddon();
  }
  placeAddon();
}

async function compileAddon() {
  const draft = `${builtAddon}.draft`;
  const binding = join(addonPackage, "binding");
  const sources = readdirSync(binding).filter((name) => name.endsWith(".cc"));
  const args = ["-std=c++17", "-O2", "-shared", "-fPIC", "-DNAPI_VERSION=8"];
  args.push("-I", join(root, "node_modules", "node-api-headers", "include"));
  args.push("-I", join(tensorflowFolder, "include"), "-I", addonPackage);
  args.push(...sources.map((name) => join(binding, name)));
  args.push(...libraries.map((name) => join(tensorflowFolder, name)));
  args.push(...searchPaths().map((path) => `-Wl,-rpath,${path}`), "-o", draft);
  const result = await run(findCompiler() ?? "g++", args, { timeout: 600_000 });
  if (result.code !== 0) throw new Error(`the addon did not compile: ${firstError(result.output)}`);
  const loads = await run(pinnedNode(), ["-e", "process.dlopen({ exports: {} }, process.argv[1])", draft]);
  if (loads.code !== 0) throw new Error(`the compiled addon does not load: ${firstError(loads.output)}`);
  renameSync(draft, builtAddon);
}

/**
 * Relative to the addon, so that the course folder can be moved: as built, and as placed in the package.
 * (Not `join`: it would take `$ORIGIN/..` for nothing.)
 */
const searchPaths = () => ["$ORIGIN", `$ORIGIN/${relative(addonFolder, tensorflowFolder)}`];

/** @param {string} output */
const firstError = (output) => output.split("\n").find((line) => /error/i.test(line)) ?? tail(output, 1);

function placeAddon() {
  mkdirSync(addonFolder, { recursive: true });
  rmSync(join(addonPackage, "deps"), { recursive: true, force: true });
  copyFileSync(builtAddon, `${addonFile}.tmp`);
  renameSync(`${addonFile}.tmp`, addonFile);
}
