// node setup/kernel-spec.js --user: make the course's kernel known to VS Code and to a Jupyter of one's own.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root, venv } from "./project.js";
import { contentOf, writeWhole } from "./stamp.js";

const logos = join(root, "setup", "jupyter", "logos");

/** In the course's virtual environment, where its own JupyterLab looks. */
export const courseSpecFolder = join(venv, "share", "jupyter", "kernels", "flowlab");

/** In the home folder, where VS Code and every other Jupyter look. */
export function userSpecFolder(platform = process.platform, env = process.env) {
  const kernels = ["kernels", "flowlab"];
  if (env.JUPYTER_DATA_DIR) return join(env.JUPYTER_DATA_DIR, ...kernels);
  if (platform === "win32")
    return join(env.APPDATA ?? join(homedir(), "AppData", "Roaming"), "jupyter", ...kernels);
  if (platform === "darwin") return join(homedir(), "Library", "Jupyter", ...kernels);
  return join(env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "jupyter", ...kernels);
}

/** The content of kernel.json for the folder that the course is in now. */
export async function currentSpec() {
  const { kernelSpec } = await import("../notebooks/kernel/spec.js");
  return `${JSON.stringify(kernelSpec(root), null, 2)}\n`;
}

/**
 * True if the spec there starts the kernel of this folder; false after the folder was moved.
 *
 * @param {string} folder
 */
export async function isSpecCurrent(folder) {
  return contentOf(join(folder, "kernel.json")) === (await currentSpec());
}

/**
 * Write kernel.json and its icons; kernel.json last, since it is what Jupyter looks for.
 *
 * @param {string} folder
 */
export async function writeSpec(folder) {
  for (const logo of readdirSync(logos)) writeWhole(join(folder, logo), readFileSync(join(logos, logo)));
  writeWhole(join(folder, "kernel.json"), await currentSpec());
}

async function main() {
  if (process.argv[2] !== "--user") {
    console.error("usage: node setup/kernel-spec.js --user");
    return 2;
  }
  await writeSpec(userSpecFolder());
  console.log(`The kernel “TypeScript (flowlab)” is in ${userSpecFolder()}`);
  if (!existsSync(join(root, "lib", "dist", "index.js")))
    console.log("→ run npm start once, which also compiles the library");
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
