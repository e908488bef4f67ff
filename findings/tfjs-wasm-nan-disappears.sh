#!/usr/bin/env bash
# @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm 4.22.0 (npm): on the WebAssembly backend a NaN becomes a plain number in
# clipByValue, relu6, maximum, minimum and maxPool.
#
# clipByValue gives the lower bound and relu6 gives 0. maximum and minimum give whatever is their second argument: maximum(1, NaN)
# is NaN or 1, as the two are ordered, and so for minimum. maxPool of a window in which the first value is NaN gives -Infinity,
# although three numbers stand beside it. The plain JavaScript backend keeps NaN in the first four and leaves it out in
# maxPool; relu and tf.max keep it on both.
#
# Matters to whoever clips log-scales or gradients and looks for NaN to see that a training has gone astray: a clipped
# training on WebAssembly goes on with made-up numbers.
#
# Seen with both 4.22.0 and Node.js 20 and 24:
#                                cpu    wasm
#   clipByValue(NaN, -1, 1)      NaN    -1
#   relu6(NaN)                   NaN    0
#   maximum(1, NaN)              NaN    1
#   maximum(NaN, 1)              NaN    NaN
#   minimum(1, NaN)              NaN    1
#   maxPool of [NaN, 1, 2, 3]    3      -Infinity
#   relu(NaN)                    NaN    NaN
#
# Prints what it saw; exit code 0 as long as TensorFlow.js behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0 >/dev/null
cat >nan.cjs <<'JS'
const tf = require("@tensorflow/tfjs");
require("@tensorflow/tfjs-backend-wasm");

tf.env().set("IS_TEST", true); // keeps its advertisement out
const CALLS = {
  "clipByValue(NaN, -1, 1)": () => tf.clipByValue(tf.scalar(NaN), -1, 1),
  "relu6(NaN)": () => tf.relu6(tf.scalar(NaN)),
  "maximum(1, NaN)": () => tf.maximum(tf.scalar(1), tf.scalar(NaN)),
  "maximum(NaN, 1)": () => tf.maximum(tf.scalar(NaN), tf.scalar(1)),
  "minimum(1, NaN)": () => tf.minimum(tf.scalar(1), tf.scalar(NaN)),
  "maxPool of [NaN, 1, 2, 3]": () => tf.maxPool(tf.tensor4d([NaN, 1, 2, 3], [1, 2, 2, 1]), 2, 2, "valid"),
  "relu(NaN)": () => tf.relu(tf.scalar(NaN)),
};

(async () => {
  const seen = {};
  for (const backend of ["cpu", "wasm"]) {
    await tf.setBackend(backend);
    seen[backend] = Object.values(CALLS).map((call) => String(call().dataSync()[0]));
  }
  console.log(`${"".padEnd(29)}cpu    wasm`);
  Object.keys(CALLS).forEach((name, i) => console.log(`${name.padEnd(29)}${seen.cpu[i].padEnd(7)}${seen.wasm[i]}`));
  const same =
    seen.cpu.join() === "NaN,NaN,NaN,NaN,NaN,3,NaN" && seen.wasm.join() === "-1,0,1,NaN,1,-Infinity,NaN";
  process.exit(same ? 0 : 1);
})();
JS
node nan.cjs
