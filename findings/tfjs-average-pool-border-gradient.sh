#!/usr/bin/env bash
# @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm 4.22.0 (npm): the gradient of average pooling with "same" padding is too
# small at the border.
#
# tf.avgPool with padding "same" divides by the number of values that a window really has, so that windows over the border of
# a picture are averages of fewer values. Its gradient on the plain JavaScript and the WebAssembly backend divides by the
# whole window everywhere: what flows back through such a window is too small by the part of it that lies outside, and the
# lower right value of a 2 x 2 picture gets less than half of its gradient. TensorFlow's kernel (tfjs-node) has it right, so
# that the same program trains otherwise in the browser.
#
# Matters to couplings with pooled conditioners and to whoever compares a training in the browser with one in Python.
#
# Seen with both 4.22.0 and Node.js 20 and 24, tf.avgPool(x, 2, 1, "same") of [[1, 2], [3, 4]]:
#   values: 2.5 3 3.5 4
#   slopes of their sum by differences: 0.25 0.75 0.75 2.25
#   gradient of their sum, cpu: 0.25 0.5 0.5 1
#   gradient of their sum, wasm: 0.25 0.5 0.5 1
#
# Prints what it saw; exit code 0 as long as TensorFlow.js behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0 >/dev/null
cat >pooling.cjs <<'JS'
const tf = require("@tensorflow/tfjs");
require("@tensorflow/tfjs-backend-wasm");

tf.env().set("IS_TEST", true); // keeps its advertisement out
const list = (tensor) => [...tensor.dataSync()].join(" ");
const picture = (values) => tf.tensor4d(values, [1, 2, 2, 1]);
const pool = (x) => tf.avgPool(x, 2, 1, "same");

(async () => {
  const seen = [];
  const say = (what, text) => (console.log(`${what}: ${text}`), seen.push(text));
  await tf.setBackend("cpu");
  say("values", list(pool(picture([1, 2, 3, 4]))));
  const slope = (place) => tf.sum(pool(picture([0, 1, 2, 3].map((i) => (i === place ? 1 : 0))))).dataSync()[0];
  say("slopes of their sum by differences", [0, 1, 2, 3].map(slope).join(" "));
  for (const backend of ["cpu", "wasm"]) {
    await tf.setBackend(backend);
    say(`gradient of their sum, ${backend}`, list(tf.grad(pool)(picture([1, 2, 3, 4]))));
  }
  const expected = ["2.5 3 3.5 4", "0.25 0.75 0.75 2.25", "0.25 0.5 0.5 1", "0.25 0.5 0.5 1"];
  process.exit(JSON.stringify(seen) === JSON.stringify(expected) ? 0 : 1);
})();
JS
node pooling.cjs
