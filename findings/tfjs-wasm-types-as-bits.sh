#!/usr/bin/env bash
# @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm 4.22.0 (npm): on the WebAssembly backend some operations take the bits of
# one type for a value of another.
#
# tf.stridedSlice of whole numbers returns a float32 tensor with the bits of the whole numbers: 1, 3, 5 become 1.4e-45, 4.2e-45,
# 7e-45. tf.where of a whole number and a float does not convert: the bits of 0.25 are read as 1048576000, those of 2 as 2.8e-45.
# A cast to bool stores the number itself cut to one byte: 2 counts twice in a sum, 256, 0.5 and every other number whose
# lowest 8 bits or whole part are 0 are false, and "not 2" is 3. No call fails.
#
# Matters to whoever counts by casts to bool, picks every other index or label, or chooses between labels and numbers.
#
# Seen with both 4.22.0 and Node.js 20 and 24:
#                                           cpu             wasm
#   stridedSlice of int32 1 2 3 4 5 by 2    int32 1 3 5     float32 1.401e-45 4.204e-45 7.006e-45
#   where of int32 1 2 and float32 .5 .25   float32 1 0.25  int32 1 1048576000
#   where of float32 .5 .25 and int32 1 2   float32 0.5 2   float32 0.5 2.803e-45
#   sum of bools from 2 3 0                 int32 2         int32 5
#   bools from 256 0.5                      bool 1 1        bool 0 0
#   logicalNot of a bool from 2             bool 0          bool 3
#
# Prints what it saw; exit code 0 as long as TensorFlow.js behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0 >/dev/null
cat >types.cjs <<'JS'
const tf = require("@tensorflow/tfjs");
require("@tensorflow/tfjs-backend-wasm");

tf.env().set("IS_TEST", true); // keeps its advertisement out
const whole = (...values) => tf.tensor1d(values, "int32");
const float = (...values) => tf.tensor1d(values, "float32");
const bools = (...values) => tf.cast(float(...values), "bool");
const CALLS = {
  "stridedSlice of int32 1 2 3 4 5 by 2": () => tf.stridedSlice(whole(1, 2, 3, 4, 5), [0], [5], [2]),
  "where of int32 1 2 and float32 .5 .25": () => tf.where([true, false], whole(1, 2), float(0.5, 0.25)),
  "where of float32 .5 .25 and int32 1 2": () => tf.where([true, false], float(0.5, 0.25), whole(1, 2)),
  "sum of bools from 2 3 0": () => tf.sum(bools(2, 3, 0)),
  "bools from 256 0.5": () => bools(256, 0.5),
  "logicalNot of a bool from 2": () => tf.logicalNot(bools(2)),
};
const short = (x) => (Number.isInteger(x) ? x : Number(x.toPrecision(4)));
const show = (result) => `${result.dtype} ${[...result.dataSync()].map(short).join(" ")}`;

(async () => {
  const seen = {};
  for (const backend of ["cpu", "wasm"]) {
    await tf.setBackend(backend);
    seen[backend] = Object.values(CALLS).map((call) => show(call()));
  }
  console.log(`${"".padEnd(40)}cpu             wasm`);
  Object.keys(CALLS).forEach((name, i) => console.log(`${name.padEnd(40)}${seen.cpu[i].padEnd(16)}${seen.wasm[i]}`));
  const right = ["int32 1 3 5", "float32 1 0.25", "float32 0.5 2", "int32 2", "bool 1 1", "bool 0"];
  const wrong = [
    "float32 1.401e-45 4.204e-45 7.006e-45", "int32 1 1048576000", "float32 0.5 2.803e-45", "int32 5", "bool 0 0", "bool 3",
  ];
  process.exit(JSON.stringify(seen) === JSON.stringify({ cpu: right, wasm: wrong }) ? 0 : 1);
})();
JS
node types.cjs
