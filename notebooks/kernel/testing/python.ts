/** Python environments for tests against the real Jupyter tools, kept in `.setup/` from run to run. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";
import { tellAbsent } from "../../../setup/testing/needs.ts";
import { kernelName, kernelSpec } from "../spec.js";

const setupFolder = fileURLToPath(new URL("../../../.setup", import.meta.url));
const isWindows = process.platform === "win32";
/** A lock older than this was left behind by a run that was killed. */
const lockLifetime = 10 * 60_000;

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end. Rejects only if it can't be started. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data) => {
      stdout += data;
    });
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

async function mustRun(command: string, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await run(command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${stderr || stdout}`);
}

const pythonIn = (folder: string) =>
  isWindows ? path.join(folder, "Scripts", "python.exe") : path.join(folder, "bin", "python");

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Runs `task` while no other test process does; waits for its turn. */
async function exclusively(lock: string, task: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
      if (made !== undefined && Date.now() - made > lockLifetime)
        rmSync(lock, { recursive: true, force: true });
      await delay(250);
    }
  }
  try {
    await task();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/**
 * Path of the Python in a virtual environment that has the packages, which is made if need be (some 30 s).
 * @throws Error if there is no Python, or the packages can't be installed
 */
export async function pythonWith(name: string, packages: readonly string[]): Promise<string> {
  const folder = path.join(setupFolder, name);
  const python = pythonIn(folder);
  const marker = path.join(folder, "installed.txt");
  const wanted = packages.join("\n");
  mkdirSync(setupFolder, { recursive: true });
  await exclusively(`${folder}.lock`, async () => {
    if (readText(marker) === wanted) return;
    console.log(`Installing ${packages.join(", ")} into .setup/${name} for the tests …`);
    await mustRun(isWindows ? "python" : "python3", ["-m", "venv", "--clear", folder]);
    await mustRun(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages]);
    writeFileSync(marker, wanted);
  });
  return python;
}

/** nbgrader brings nbclient and nbformat, so that one environment serves all tests. */
export const jupyterPackages = ["nbgrader==0.9.5"] as const;

/** The environment with nbgrader, nbclient and nbformat, for a test; without Python the test ends here. */
export async function jupyterPython(context: TestContext): Promise<string> {
  try {
    return await pythonWith("nbgrader-venv", jupyterPackages);
  } catch (error) {
    return tellAbsent(context, "Python with nbgrader", (error as Error).message);
  }
}

/** A folder inside the project, so that notebooks in it find the course's packages. Removed by `remove`. */
export function temporaryFolder(prefix: string): { folder: string; remove(): void } {
  mkdirSync(setupFolder, { recursive: true });
  const folder = mkdtempSync(path.join(setupFolder, `${prefix}-`));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Environment in which Jupyter finds our kernel, nothing of the user's, and the other programs of its Python. */
export function jupyterEnvironment(folder: string, python: string): NodeJS.ProcessEnv {
  const data = path.join(folder, "jupyter");
  const kernel = path.join(data, "kernels", kernelName);
  mkdirSync(kernel, { recursive: true });
  writeFileSync(path.join(kernel, "kernel.json"), JSON.stringify(kernelSpec()));
  const own = path.join(folder, "jupyter-config");
  return {
    ...process.env,
    PATH: [path.dirname(python), process.env.PATH].join(path.delimiter),
    JUPYTER_PATH: data,
    JUPYTER_DATA_DIR: data,
    JUPYTER_CONFIG_DIR: own,
    JUPYTER_NO_CONFIG: "1",
    IPYTHONDIR: own,
  };
}
