import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "vitest";
import { tellAbsent } from "../../../setup/testing/needs.ts";
import { needingBackend } from "../backends.fixture.ts";

const onTensorflow = needingBackend("tensorflow");

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** XLA is chosen before libtensorflow is loaded, so that it takes a process of its own. */
async function underXla(program: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, FLOWLAB_XLA: "1", NO_COLOR: "1", VITEST: undefined };
  const options = { cwd: root, env, maxBuffer: 1e8 };
  return (await promisify(execFile)(process.execPath, [program, ...args], options)).stdout;
}

onTensorflow.test(
  "with XLA, compiled equals eager within 1e-5, for every bijection",
  { timeout: 900_000 },
  async (context) => {
    const about = await underXla(
      "--input-type=module",
      "--eval",
      "const { engine } = await import('./lib/index.ts'); console.log(engine.backend, engine.xla)",
    );
    if (about.trim() === "tensorflow false")
      tellAbsent(
        context,
        "XLA",
        "this libtensorflow was built without it; that of PyPI's tensorflow-cpu has it",
      );
    expect(about.trim()).toBe("tensorflow true");
    // Both directions of all; the trainings, which take XLA seconds each, of a few.
    const chosen = ["-t", "(forward|inverse)$|(eager affine coupling|affine autoregressive) three steps"];
    const test = ["run", "lib/engine/compile/bijections.test.ts", ...chosen];
    const log = await underXla("node_modules/vitest/vitest.mjs", ...test);
    expect(log).toMatch(/Tests +\d\d+ passed/);
    expect(log).not.toMatch(/Tests.*failed/);
  },
);
