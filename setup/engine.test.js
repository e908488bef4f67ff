import { chmodSync, cpSync, existsSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  createCourseCopy,
  link,
  pathOf,
  realRoot,
  removeCourseCopies,
  runScript,
  write,
} from "./testing/course-copy.js";
import { needing } from "./testing/needs.ts";

afterAll(removeCourseCopies);

// Compilers and TensorFlow run in here, and other tests beside them.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const addonPackage = "node_modules/@tensorflow/tfjs-node";
const addon = `${addonPackage}/lib/napi-v8/tfjs_binding.node`;
const libtensorflow = readdirSync(join(realRoot, ".setup")).find((name) => name.startsWith("tensorflow-"));

/** @type {string} */
let folder;
/** @type {{ PATH: string }} */
let bare;

/** A course whose tfjs-node is as npm leaves it where the addon's download failed: sources only. */
beforeEach(() => {
  folder = createCourseCopy();
  bare = { PATH: pathOf(folder, "sh") };
  const built = (/** @type {string} */ path) =>
    path.endsWith(join("tfjs-node", "lib")) || path.endsWith(join("tfjs-node", "deps"));
  cpSync(join(realRoot, addonPackage), join(folder, addonPackage), {
    recursive: true,
    filter: (path) => !built(path),
  });
  for (const name of readdirSync(join(realRoot, "node_modules"))) {
    if (!name.startsWith(".") && !existsSync(join(folder, "node_modules", name)))
      link(folder, `node_modules/${name}`);
  }
  for (const name of readdirSync(join(realRoot, "node_modules", "@tensorflow"))) {
    if (name !== "tfjs-node") link(folder, `node_modules/@tensorflow/${name}`);
  }
});

/**
 * Run the engine step if it is needed; what it answers, or "not needed".
 *
 * @param {NodeJS.ProcessEnv} env
 */
function runEngineStep(env) {
  const script = `
    import { engine } from "./setup/steps/engine.js";
    const notes = [];
    const outcome = engine.isNeeded() ? await engine.run({ note: (text) => notes.push(text) }) : "not needed";
    console.log(JSON.stringify({ outcome, notes }));`;
  const { stdout, stderr } = runScript(folder, ["--input-type=module", "-e", script], env);
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(stdout);
}

/**
 * A program on the bare machine's PATH.
 *
 * @param {string} name
 * @param {string} text
 */
function addProgram(name, text) {
  write(bare.PATH, name, `#!/bin/sh\n${text}\n`);
  chmodSync(join(bare.PATH, name), 0o755);
}

describe("the engine step", () => {
  it("settles for WebAssembly without a compiler, says so, and does not try again at each start", () => {
    const { outcome, notes } = runEngineStep(bare);
    expect(outcome).toBe(
      "Engine: WebAssembly (slower) – no C++ compiler found; " +
        "install g++ (sudo apt install g++) and run npm start again",
    );
    expect(notes).toEqual(["loading tfjs-node", "asking for the prebuilt tfjs-node"]);
    expect(runEngineStep(bare).outcome).toBe("not needed");
  });

  it("tries again when a compiler appears, and names what fails next", () => {
    runEngineStep(bare);
    addProgram("g++", "exit 1");
    expect(runEngineStep(bare).outcome).toContain(
      "no Python to download libtensorflow with; install python3",
    );
    expect(runEngineStep(bare).outcome).toBe("not needed");
    addProgram(
      "python3",
      `[ "$1" = -c ] && echo "$0" && echo 3.12.3 && exit 0; [ "$3" = --version ] && exit 0; exit 1`,
    );
    expect(runEngineStep(bare).outcome).toMatch(
      /WebAssembly .*libtensorflow 2\.21\.0 could not be downloaded/,
    );
    expect(readdirSync(join(folder, ".setup", "tmp"))).toEqual([]);
  });

  it("removes an addon that does not load", () => {
    write(folder, addon, "half a download");
    expect(runEngineStep(bare).outcome).toContain("WebAssembly");
    expect(existsSync(join(folder, addon))).toBe(false);
  });

  it("leaves the engine alone where another backend was asked for", () => {
    expect(runEngineStep({ ...bare, FLOWLAB_BACKEND: "wasm" }).outcome).toBe("not needed");
    expect(runEngineStep({ ...bare, FLOWLAB_BACKEND: "cpu" }).outcome).toBe("not needed");
  });

  it("says that the package is missing where npm dropped it", () => {
    rmSync(join(folder, addonPackage), { recursive: true });
    expect(runEngineStep(bare).outcome).toContain(
      "the package @tensorflow/tfjs-node is not installed; run npm ci",
    );
  });
});

needing(
  "libtensorflow of PyPI",
  libtensorflow ? undefined : "tfjs-node came from its own installer, or not at all",
).describe("with libtensorflow already here", () => {
  beforeEach(() => {
    // A folder of its own, because a build writes into it; the libraries are links.
    for (const name of ["include", "libtensorflow_cc.so.2", "libtensorflow_framework.so.2"]) {
      write(folder, `.setup/${libtensorflow}/.keep`, "");
      symlinkSync(
        join(realRoot, ".setup", `${libtensorflow}`, name),
        join(folder, ".setup", `${libtensorflow}`, name),
      );
    }
  });

  it("compiles the addon, loads it, and puts it back after node_modules was replaced", () => {
    const first = runEngineStep({});
    expect(first.outcome).toMatch(/^Engine: tfjs-node built against libtensorflow 2\.21\.0$/);
    expect(first.notes).toContain("compiling the tfjs-node addon");
    rmSync(join(folder, addonPackage, "lib"), { recursive: true });
    const second = runEngineStep({});
    expect(second.outcome).toBe(first.outcome);
    expect(second.notes).not.toContain("compiling the tfjs-node addon");
    expect(runEngineStep({}).outcome).toBe("not needed");
  });

  it("drops libtensorflow and settles for WebAssembly if the compiler fails", () => {
    addProgram("g++", "echo 'tfjs_backend.cc:1: fatal error: no such header' >&2; exit 1");
    const { outcome } = runEngineStep(bare);
    expect(outcome).toMatch(/WebAssembly .*the addon did not compile: .*fatal error: no such header/);
    expect(outcome).toContain("npm run doctor -- --repair tries again");
    expect(existsSync(join(folder, ".setup", `${libtensorflow}`))).toBe(false);
    expect(runEngineStep(bare).outcome).toBe("not needed");
  });
});
