import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { everyBackend, needingBackend } from "./backends.fixture.ts";
import type { Backend } from "./load.ts";
import { tf, useBackend } from "./tf.ts";

const BACKENDS: readonly Backend[] = ["tensorflow", "wasm", "cpu"];

/** A line of the tables in README.md. */
interface Fault {
  readonly code: string;
  readonly right: readonly number[];
  readonly wrongOn: readonly Backend[];
  readonly upstream: string;
  readonly mendedIn: string;
}

const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");
const FAULTS = [
  ...readme.matchAll(/^\| `((?:tf\.|\(|\[).*)` \| ([^|]+) \| ([^|]+) \|([^|]*)\| `([^`]+)` \|$/gm),
].map(
  ([, code, right, wrongOn, upstream, mendedIn]): Fault => ({
    code,
    right: right.split(",").map(Number),
    wrongOn: wrongOn === "all" ? BACKENDS : (wrongOn.split(", ") as Backend[]),
    upstream: upstream.trim(),
    mendedIn,
  }),
);

/** Sums and functions in single precision keep a few millionths. */
const isRight = (values: readonly number[], right: readonly number[]) =>
  values.length === right.length &&
  values.every(
    (value, i) => Object.is(value, right[i]) || Math.abs(value - right[i]) <= 1e-5 * Math.abs(right[i]),
  );

/** The library without any repair, in a process of its own: what each line gives, nothing where it fails. */
function unrepaired(backend: Backend, codes: readonly string[]): (number[] | null)[] {
  const script = `
    const util = require("node:util");
    util.isNullOrUndefined = (value) => value == null;
    util.isArray = Array.isArray;
    const print = console.log;
    console.log = console.warn = console.error = () => {};
    const tf = require("${backend === "tensorflow" ? "@tensorflow/tfjs-node" : "@tensorflow/tfjs"}");
    ${backend === "wasm" ? 'require("@tensorflow/tfjs-backend-wasm").setWasmPaths(require("node:path").dirname(require.resolve("@tensorflow/tfjs-backend-wasm")) + "/../wasm-out/");' : ""}
    tf.setBackend("${backend}");
    tf.ready().then(() => {
      const results = ${JSON.stringify(codes)}.map((code) => {
        try {
          return Array.from(new Function("tf", "return " + code)(tf).dataSync(), (value) => String(Number(value)));
        } catch {
          return null;
        }
      });
      print("RESULTS" + JSON.stringify(results));
    });`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], {
    cwd: new URL(".", import.meta.url),
    encoding: "utf8",
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2", TF_ENABLE_ONEDNN_OPTS: "0" },
  });
  const line = stdout.split("\n").find((one) => one.startsWith("RESULTS"));
  if (!line) throw new Error(`unrepaired TensorFlow.js on ${backend} told nothing: ${stderr}`);
  return (JSON.parse(line.slice("RESULTS".length)) as (string[] | null)[]).map(
    (values) => values?.map(Number) ?? null,
  );
}

test("README.md has its lines; each names a thread upstream or that none was found, and a file of this folder", () => {
  expect(FAULTS.length).toBeGreaterThan(70);
  expect(FAULTS.length).toBe(readme.split("\n").filter((line) => /^\| `.*\| `[^`]+` \|$/.test(line)).length);
  const thread =
    /^(none found|\[\d+\]\(https:\/\/github\.com\/tensorflow\/tfjs[\w/-]*\/(issues|pull)\/\d+\)(, [^|]+)?)$/;
  expect(FAULTS.filter(({ upstream }) => !thread.test(upstream))).toEqual([]);
  for (const { mendedIn } of FAULTS)
    expect(() => readFileSync(new URL(mendedIn, import.meta.url))).not.toThrow();
});

describe.each(everyBackend())("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test.each(FAULTS)("right with the repairs: $code", ({ code, right }) => {
    const values = tf.tidy(() =>
      Array.from((new Function("tf", `return ${code}`)(tf) as tf.Tensor).dataSync(), Number),
    ) as unknown as number[];
    expect(isRight(values, right), `got ${values}; expected ${right}`).toBe(true);
  });

  test("wrong without the repairs, as README.md says: what is right has been healed, and its repair can go", () => {
    const faults = FAULTS.filter(({ wrongOn }) => wrongOn.includes(backend));
    const results = unrepaired(
      backend,
      faults.map(({ code }) => code),
    );
    const healed = faults.filter(({ right }, i) => {
      const values = results[i];
      return values !== null && isRight(values, right);
    });
    expect(healed.map(({ code }) => code)).toEqual([]);
  });
});

needingBackend("tensorflow").test("tfjs-node still needs a function that Node has removed", () => {
  const script = 'const tf = require("@tensorflow/tfjs-node"); tf.matMul([[1]], [[1]]).dataSync();';
  const { stderr } = spawnSync(process.execPath, ["-e", script], {
    cwd: new URL(".", import.meta.url),
    encoding: "utf8",
  });
  expect(stderr).toContain("isNullOrUndefined");
});

test("wasm's loader still makes unhandled rejections fatal", () => {
  const script = `
    const { dirname } = require("node:path");
    const tf = require("@tensorflow/tfjs");
    const { setWasmPaths } = require("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")) + "/../wasm-out/");
    tf.setBackend("wasm").then(() => process.stdout.write("listeners " + process.listenerCount("unhandledRejection")));`;
  const { stdout } = spawnSync(process.execPath, ["-e", script], {
    cwd: new URL(".", import.meta.url),
    encoding: "utf8",
  });
  expect(stdout).toMatch(/listeners [1-9]/);
});
