// Runs in a child process on the pinned Node: a native library that is broken kills the child, not set-up.
// usage: node probe.cjs <course folder> <tensorflow | wasm>; prints one line of JSON.
const { createRequire } = require("node:module");
const { dirname, join, sep } = require("node:path");
const util = require("node:util");

const [folder, backend] = process.argv.slice(2);
const fromLibrary = createRequire(join(folder, "lib", "package.json"));

// Node 23 removed it, and tfjs-node still calls it.
const removed = /** @type {Record<string, unknown>} */ (util);
removed.isNullOrUndefined ??= (/** @type {unknown} */ value) => value === null || value === undefined;

async function main() {
  const tf = backend === "wasm" ? await loadWasm() : fromLibrary("@tensorflow/tfjs-node");
  const product = tf.matMul(
    tf.tensor2d([
      [1, 2],
      [3, 4],
    ]),
    tf.tensor2d([
      [5, 6],
      [7, 8],
    ]),
  );
  const values = Array.from(product.dataSync());
  if (values.join() !== "19,22,43,50") throw new Error(`a matrix product came out as ${values}`);
  const active = tf.getBackend();
  if (active !== backend) throw new Error(`the active backend is ${active}, not ${backend}`);
  console.log(
    JSON.stringify({ backend: active, version: tf.backend().binding?.TF_Version ?? tf.version_core }),
  );
}

async function loadWasm() {
  const tf = fromLibrary("@tensorflow/tfjs");
  const wasm = fromLibrary("@tensorflow/tfjs-backend-wasm");
  wasm.setWasmPaths(dirname(fromLibrary.resolve("@tensorflow/tfjs-backend-wasm")) + sep);
  await tf.setBackend("wasm");
  await tf.ready();
  return tf;
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
