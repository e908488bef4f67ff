import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const engine = join("lib", "engine");

/**
 * What belongs to TensorFlow.js' inside: its registry of kernels and gradients, its backends and tape, the addon, and
 * files of its packages. Types may be imported from anywhere.
 */
const INSIDE = [
  /\.(un)?register(Kernel|Gradient|Backend)\b/,
  /\.get(Kernel|Gradient|KernelsForBackend)\b/,
  /\.runKernel(Func)?\b/,
  /\btf\.(backend|engine)\(\)(?!\.(startScope|endScope)\()/,
  /\b(kernelDepth|gradientDepth|activeTape|registeredVariables)\b/,
  /\.(executeOp|executeSingleOutput|executeMultipleOutputs|createOutputTensor|getInputTensorIds)\b/,
  /\bnativeBackend\b|\.binding\b|\b(getNumOf|load|run|delete)SavedModels?\b/,
  /^(?!.*import type).*\bfrom "@tensorflow\//,
  /(?<!createR)\brequire(\.resolve)?\("@tensorflow\//,
  /["']@tensorflow\/[\w-]+\/dist\//,
];

/** Files whose business is the packages themselves, or that stand for somebody who has no flowlab. */
const ELSEWHERE = [join("grader", "fixtures"), "findings"];

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (/^(node_modules|dist|\..*)$/.test(entry.name) || path === engine || ELSEWHERE.includes(path))
      continue;
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.ts$/.test(entry.name) && !entry.name.endsWith(".d.ts")) yield path;
  }
}

test("nothing outside of this folder touches TensorFlow.js' inside", () => {
  const files = ["lib", "solutions", "grader", "notebooks", "exercises", "bench"].flatMap((folder) => [
    ...sources(folder),
  ]);
  expect(files.length).toBeGreaterThan(300);
  const found = files.flatMap((path) =>
    readFileSync(join(root, path), "utf8")
      .split("\n")
      .flatMap((line, i) =>
        INSIDE.some((pattern) => pattern.test(line)) ? [`${path}:${i + 1}: ${line.trim()}`] : [],
      ),
  );
  expect(found).toEqual([]);
});

test.each([
  "tf.registerKernel({ kernelName, backendName, kernelFunc });",
  "  tf.engine().runKernel(name, inputs);",
  "const { state } = tf.engine();",
  "const native = tf.backend() as unknown as Native;",
  "  const graphs = () => nativeBackend().binding.getNumOfSavedModels();",
  "  const { binding } = nativeBackend();",
  "  addon.binding.deleteSavedModel(session);",
  'import * as tf from "@tensorflow/tfjs";',
  'const proto = require("@tensorflow/tfjs-node/dist/proto/api_pb");',
])("the fence sees: %s", (line) => {
  expect(INSIDE.some((pattern) => pattern.test(line))).toBe(true);
});

test.each([
  "  tf.engine().startScope();",
  'import type { Tensor } from "@tensorflow/tfjs";',
  "engine.backend",
  "  const before = countGraphs();",
])("the fence lets through: %s", (line) => {
  expect(INSIDE.some((pattern) => pattern.test(line))).toBe(false);
});

test("the folder's own files are the ones that do", () => {
  expect(relative(root, fileURLToPath(new URL(".", import.meta.url)))).toBe(engine);
});
