import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { everyBackend, needingBackend } from "./backends.fixture.ts";
import { hasOperation } from "./native.ts";
import { engine, tf, useBackend } from "./tf.ts";

const onTensorflow = needingBackend("tensorflow");

const TF = new URL("./tf.ts", import.meta.url).href;

/** Runs a script that has `tf` and `engine` in a process of its own. */
function run(script: string, environment: Record<string, string> = {}, flags: string[] = []) {
  // Nothing of this process's environment: what is tested must not depend on what the engine has set here.
  const { PATH = "" } = process.env;
  const source = `import { engine, tf } from "${TF}"; ${script}`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, "--input-type=module", "-e", source],
    {
      env: { PATH, ...environment },
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

describe.each(everyBackend())("the engine on %s", (backend) => {
  const environment = { FLOWLAB_BACKEND: backend };

  test("computes right after its import, and neither it nor its gradients say a word", () => {
    const script = `
      const slope = tf.grad((x) => tf.mean(tf.square(tf.sub(x, 1))))(tf.tensor1d([1, 2, 3]));
      tf.matMul(tf.ones([2, 2]), tf.ones([2, 2])).transpose();
      tf.stack([tf.concat([tf.ones([1]), tf.zeros([2])]), tf.linspace(0, 1, 3)]);
      tf.conv2d(tf.ones([1, 4, 4, 1]), tf.ones([3, 3, 1, 1]), 1, "same");
      process.stdout.write(engine.backend + " " + slope.dataSync().join());`;
    const expected = `${backend} 0,0.6666666865348816,1.3333333730697632`;
    expect(run(script, environment)).toEqual({ status: 0, stdout: expected, stderr: "" });
  });

  test("leaves the user's own output and failures alone", () => {
    const script = `
      tf.scalar(1);
      console.log("out");
      console.warn("warned");
      console.error("err", process.listenerCount("unhandledRejection"), process.listenerCount("uncaughtException"));`;
    expect(run(script, environment)).toEqual({ status: 0, stdout: "out\n", stderr: "warned\nerr 0 0\n" });
  });

  test("describes itself", () => {
    useBackend(backend);
    expect(engine.backend).toBe(backend);
    expect(engine.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(engine.threads).toBeGreaterThanOrEqual(1);
    expect(typeof engine.xla).toBe("boolean");
    const { stdout } = run("process.stdout.write(engine.reason)", environment);
    expect(stdout).toBe(`FLOWLAB_BACKEND=${backend}`);
  });
});

onTensorflow.test("libtensorflow tells which operations it has", () => {
  useBackend("tensorflow");
  expect(hasOperation(tf, "MatMul")).toBe(true);
  expect(hasOperation(tf, "NoSuchOperation")).toBe(false);
});

test("wasm needs to read files and nothing else", () => {
  const script = "process.stdout.write(String(tf.add(1, 2).dataSync()[0]))";
  const { status, stdout } = run(script, { FLOWLAB_BACKEND: "wasm" }, ["--permission", "--allow-fs-read=*"]);
  expect({ status, stdout }).toEqual({ status: 0, stdout: "3" });
});

test("an import without a use loads nothing", () => {
  const script = `
    const { default: module } = await import("node:module");
    const loaded = Object.keys(module._cache).filter((file) => file.includes("@tensorflow"));
    process.stdout.write(String(loaded.length));`;
  expect(run(script).stdout).toBe("0");
});

test("an unknown backend is an error that lists the known ones", () => {
  const { status, stderr } = run("tf.scalar(1)", { FLOWLAB_BACKEND: "webgpu" });
  expect(status).not.toBe(0);
  expect(stderr).toMatch(
    /FLOWLAB_BACKEND is "webgpu"; expected one of tensorflow, wasm, cpu.*npm run doctor/,
  );
});

test("a backend that cannot be had is an error if it was asked for, and a reason if it was not", () => {
  // Without the right to load addons, tfjs-node is as good as not installed.
  const flags = ["--permission", "--allow-fs-read=*"];
  const asked = run("tf.scalar(1)", { FLOWLAB_BACKEND: "tensorflow" }, flags);
  expect(asked.stderr).toMatch(/backend "tensorflow" cannot be used: .+npm run doctor/);
  const { stdout, stderr } = run(
    'process.stdout.write([engine.backend, engine.reason].join(": "))',
    {},
    flags,
  );
  expect(stdout).toMatch(/^wasm: backend "tensorflow" cannot be used: /);
  expect(stderr).toBe("");
});

test("the library's names can be listed and taken apart like those of any module", () => {
  const { add } = tf;
  expect(add(1, 2).dataSync()[0]).toBe(3);
  expect("matMul" in tf).toBe(true);
  expect(Object.keys(tf)).toContain("layers");
});
