#!/usr/bin/env bash
# @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm 4.22.0 (npm): reductions over an axis of length 0 give values that no convention
# asks for, and others on each backend, without a word.
#
# Over nothing, a sum is 0, a product 1, a maximum −∞, "all" is true and a mean is not a number: so does libtensorflow, through
# tfjs-node and in Python. The plain JavaScript backend says that not all of none are true, that the mean is 0, that the largest of
# no integers is 0 (NaN of real ones), and gives argMax the place 0, where there is none. The WebAssembly backend gives a sum and a
# product of nothing what its memory held before: neither 0 nor 1.
#
# Matters to whom a batch, a context or a mask may be empty: a log-likelihood summed over no events, or "all inside of the interval?"
# of no points, is right on one backend and wrong on the next.
#
# Seen with both 4.22.0 and Node.js 20 and 24, over axis 1 of the shape [2, 0]:
#   cpu: all 0 0, mean 0 0, max of float32 NaN NaN, max of int32 0 0, argMax 0 0, sum 0 0, prod 1 1
#   wasm: the sum is 0: false; the product is 1: false
#
# Prints what it saw; exit code 0 as long as TensorFlow.js behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0 >/dev/null
cat >nothing.cjs <<'JS'
const tf = require("@tensorflow/tfjs");
require("@tensorflow/tfjs-backend-wasm");

tf.env().set("IS_TEST", true); // keeps its advertisement out
const nothing = (dtype) => tf.tensor([], [2, 0], dtype);
const list = (tensor) => [...tensor.dataSync()].join(" ");

(async () => {
  const seen = [];
  const say = (text) => (console.log(text), seen.push(text));
  await tf.setBackend("cpu");
  const numbers = [
    ["all", tf.all(nothing("bool"), 1)],
    ["mean", tf.mean(nothing("float32"), 1)],
    ["max of float32", tf.max(nothing("float32"), 1)],
    ["max of int32", tf.max(nothing("int32"), 1)],
    ["argMax", tf.argMax(nothing("float32"), 1)],
    ["sum", tf.sum(nothing("float32"), 1)],
    ["prod", tf.prod(nothing("float32"), 1)],
  ].map(([name, tensor]) => `${name} ${list(tensor)}`);
  say(`cpu: ${numbers.join(", ")}`);
  await tf.setBackend("wasm");
  const sum = list(tf.sum(nothing("float32"), 1)) === "0 0";
  const product = list(tf.prod(nothing("float32"), 1)) === "1 1";
  say(`wasm: the sum is 0: ${sum}; the product is 1: ${product}`);
  const expected = [
    "cpu: all 0 0, mean 0 0, max of float32 NaN NaN, max of int32 0 0, argMax 0 0, sum 0 0, prod 1 1",
    "wasm: the sum is 0: false; the product is 1: false",
  ];
  process.exit(JSON.stringify(seen) === JSON.stringify(expected) ? 0 : 1);
})();
JS
node nothing.cjs
