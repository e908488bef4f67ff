import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const realRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @type {string[]} */
const copies = [];

/** A course folder with nothing in it but what set-up itself needs; its parts come from the real one. */
export function createCourseCopy() {
  const folder = mkdtempSync(join(tmpdir(), "flowlab-setup-"));
  copies.push(folder);
  cpSync(join(realRoot, "setup"), join(folder, "setup"), {
    recursive: true,
    filter: (source) => !source.endsWith(".test.js"),
  });
  mkdirSync(join(folder, "notebooks", "kernel"), { recursive: true });
  cpSync(join(realRoot, "notebooks", "kernel", "spec.js"), join(folder, "notebooks", "kernel", "spec.js"));
  write(folder, "package.json", JSON.stringify({ name: "course", private: true, type: "module" }));
  writePackages(folder);
  for (const name of /** @type {const} */ (["lib", "grader"])) writePackage(folder, name);
  return folder;
}

/** Remove all copies; for `afterAll`. */
export function removeCourseCopies() {
  for (const folder of copies.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/**
 * @param {string} folder
 * @param {string} path
 * @param {string} content
 */
export function write(folder, path, content) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/**
 * node_modules with links to the real packages, and npm's record of them.
 *
 * @param {string} folder
 */
function writePackages(folder) {
  /** @type {Record<string, { version: string }>} */
  const locked = {};
  for (const name of ["node", "typescript", "@types/node", "node-api-headers"]) {
    link(folder, `node_modules/${name}`);
    locked[`node_modules/${name}`] = { version: "1.0.0" };
  }
  const lock = JSON.stringify({ packages: locked });
  write(folder, "package-lock.json", lock);
  write(folder, "node_modules/.package-lock.json", lock);
}

/**
 * @param {string} folder
 * @param {string} path
 */
export function link(folder, path) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  symlinkSync(join(realRoot, path), join(folder, path));
}

/**
 * @param {string} folder
 * @param {"lib" | "grader"} name
 */
function writePackage(folder, name) {
  const known = { lib: "flowlab", grader: "flowlab-grader" }[name];
  const exports = { "flowlab:compiled": "./dist/index.js", default: "./index.ts" };
  write(folder, `${name}/package.json`, JSON.stringify({ name: known, type: "module", exports }));
  symlinkSync(join(folder, name), join(folder, "node_modules", known), "junction");
  write(folder, `${name}/index.ts`, "export const answer: number = 42;\n");
  const compilerOptions = {
    module: "nodenext",
    declaration: true,
    outDir: "dist",
    rootDir: ".",
    types: [],
    lib: ["es5"],
  };
  Object.assign(compilerOptions, { incremental: true, tsBuildInfoFile: "dist/.tsbuildinfo" });
  const config = { compilerOptions, include: ["**/*.ts"], exclude: ["dist"] };
  write(folder, `${name}/tsconfig.build.json`, JSON.stringify(config));
}

/** Nothing in tests reaches for the network: every download ends at a port that refuses. */
const offline = {
  CI: "",
  FLOWLAB_BACKEND: "",
  HTTPS_PROXY: "",
  https_proxy: "",
  TFJS_NODE_CDN_STORAGE: "http://127.0.0.1:9/",
  npm_execpath: "",
  npm_node_execpath: "",
};

/** Environment of a machine that has only the programs of `folders`. */
export const machineWith = (env = {}) => ({ ...process.env, ...offline, ...env });

/**
 * Run a script of the copy to its end.
 *
 * @param {string} folder
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export function runScript(folder, args, env = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    env: machineWith(env),
    timeout: 120_000,
  });
  return { code: status, stdout, stderr };
}

/**
 * Start a script of the copy; `output()` is what it printed so far.
 *
 * @param {string} folder
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export function startScript(folder, args, env = {}) {
  const child = spawn(process.execPath, args, { cwd: folder, env: machineWith(env) });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += chunk));
  const ended = new Promise((resolve) => child.once("close", (code, signal) => resolve(code ?? signal)));
  return { child, ended, output: () => text };
}

/**
 * Wait until a condition holds.
 *
 * @param {() => unknown} condition
 */
export async function until(condition, limit = 20_000) {
  const end = Date.now() + limit;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`still not so after ${limit / 1000} s: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * A folder with links to programs of this machine: a PATH on which nothing else is found.
 *
 * @param {string} folder
 * @param {readonly string[]} programs
 */
export function pathOf(folder, ...programs) {
  const bin = join(folder, `bin-${programs.join("-") || "empty"}`);
  if (!existsSync(bin)) mkdirSync(bin);
  for (const program of programs) {
    const found = spawnSync("which", [program], { encoding: "utf8" }).stdout.trim();
    symlinkSync(found, join(bin, program));
  }
  return bin;
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
