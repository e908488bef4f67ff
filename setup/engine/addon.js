import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run, tail } from "../processes/child.js";
import { pinnedNode, root } from "../project.js";
import { readJson } from "../stamp.js";

/** The npm package; it is absent where its own installer failed and npm dropped it. */
export const addonPackage = join(root, "node_modules", "@tensorflow", "tfjs-node");

/** Where the package looks for its native part: Node-API 8 is the newest version it declares. */
export const addonFolder = join(addonPackage, "lib", "napi-v8");

export const addonFile = join(addonFolder, "tfjs_binding.node");

export const isAddonPackageInstalled = () => existsSync(join(addonPackage, "package.json"));

export const addonPackageVersion = () => readJson(join(addonPackage, "package.json"))?.version;

/**
 * Load a backend in a process of its own and multiply two matrices with it.
 *
 * @param {"tensorflow" | "wasm"} backend
 * @returns {Promise<{ ok: true, version: string } | { ok: false, reason: string }>}
 */
export async function probe(backend) {
  const script = join(root, "setup", "engine", "probe.cjs");
  const environment = { TF_CPP_MIN_LOG_LEVEL: "3", TF_ENABLE_ONEDNN_OPTS: "0" };
  const { code, output } = await run(pinnedNode(), [script, root, backend], {
    env: environment,
    timeout: 120_000,
  });
  const answer = output.match(/^\{.*\}$/m);
  if (code === 0 && answer !== null) return { ok: true, version: JSON.parse(answer[0]).version };
  return { ok: false, reason: tail(output, 1) || `loading it ended with code ${code}` };
}

/** A native part that does not load is worse than none: remove it. */
export function removeAddon() {
  rmSync(join(addonPackage, "lib"), { recursive: true, force: true });
  rmSync(join(addonPackage, "deps"), { recursive: true, force: true });
}
