#!/usr/bin/env bash
# @tensorflow/tfjs 4.22.0 (npm): on the plain JavaScript backend tf.tensorScatterUpdate writes into the tensor that it is given.
#
# Tensors do not change, and the call returns a new tensor: but the kernel of this backend writes the updates into the values
# of its first argument and gives the same values to the result. The argument, every clone of it and a variable that holds it
# have changed too. On the WebAssembly backend and in TensorFlow (tfjs-node) only the result has the updates.
#
# Matters to whoever changes one entry and compares with before: finite differences, samplers that change one coordinate.
#
# Seen with @tensorflow/tfjs 4.22.0 and Node.js 20 and 24, 9 written to place 0 of 1, 2, 3:
#   result: 9 2 3
#   argument afterwards: 9 2 3
#   its clone of before: 9 2 3
#
# Prints what it saw; exit code 0 as long as TensorFlow.js behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0 >/dev/null
cat >scatter.cjs <<'JS'
const tf = require("@tensorflow/tfjs");

tf.env().set("IS_TEST", true); // keeps its advertisement out

(async () => {
  await tf.setBackend("cpu");
  const x = tf.tensor1d([1, 2, 3]);
  const before = tf.clone(x);
  const result = tf.tensorScatterUpdate(x, [[0]], [9]);
  const seen = Object.entries({ result, "argument afterwards": x, "its clone of before": before });
  const values = seen.map(([what, tensor]) => {
    const text = [...tensor.dataSync()].join(" ");
    console.log(`${what}: ${text}`);
    return text;
  });
  process.exit(values.every((text) => text === "9 2 3") ? 0 : 1);
})();
JS
node scatter.cjs
