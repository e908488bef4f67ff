#!/usr/bin/env bash
# @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm 4.22.0 (npm): on the WebAssembly backend the mean of a million values can be
# off by a per cent, not by a rounding error.
#
# Its sum adds one value after the other to one float32. Once the sum is large, each value is rounded to the sum's own spacing:
# of a million values 0.1 the sum is 100958, of four million the mean is 0.0961, and from 2^24 on ones do not count any more.
# Equal values are the worst; where they differ, the roundings cancel in part: of four million numbers spread evenly over
# [0, 0.2] the mean is off by 0.00015, which is five times its standard error. The plain JavaScript backend sums in double
# precision and rounds once. Losses, and the gradient of a bias that is added to a million rows, are such sums too.
#
# Matters to Monte Carlo estimates and mean log-densities: the error grows with the count, where the standard error falls.
#
# Seen with both 4.22.0 and Node.js 20 and 24:
#                                 cpu         wasm
#   mean of 10,000 values 0.1     0.1         0.0999903
#   mean of 1,000,000             0.1         0.100958
#   mean of 4,000,000             0.1         0.0961312
#   mean of 4,000,000 in [0, 0.2] 0.100035    0.0998884
#   sum of 33,554,432 ones        33554432    16777216
#
# Prints what it saw; exit code 0 as long as TensorFlow.js behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0 >/dev/null
cat >means.cjs <<'JS'
const tf = require("@tensorflow/tfjs");
require("@tensorflow/tfjs-backend-wasm");

tf.env().set("IS_TEST", true); // keeps its advertisement out
const mean = (count) => () => tf.mean(tf.fill([count], 0.1));
const CALLS = {
  "mean of 10,000 values 0.1": mean(10_000),
  "mean of 1,000,000": mean(1_000_000),
  "mean of 4,000,000": mean(4_000_000),
  "mean of 4,000,000 in [0, 0.2]": () => tf.mean(tf.randomUniform([4_000_000], 0, 0.2, "float32", 3)),
  "sum of 33,554,432 ones": () => tf.sum(tf.ones([2 ** 25])),
};

(async () => {
  const seen = {};
  for (const backend of ["cpu", "wasm"]) {
    await tf.setBackend(backend);
    const value = (call) => tf.tidy(() => call().dataSync()[0]);
    seen[backend] = Object.values(CALLS).map((call) => value(call)).map((x) => (x < 1 ? Number(x.toPrecision(6)) : x));
  }
  console.log(`${"".padEnd(30)}cpu         wasm`);
  Object.keys(CALLS).forEach((name, i) => console.log(`${name.padEnd(30)}${String(seen.cpu[i]).padEnd(12)}${seen.wasm[i]}`));
  const same =
    seen.cpu.join() === "0.1,0.1,0.1,0.100035,33554432" &&
    seen.wasm.join() === "0.0999903,0.100958,0.0961312,0.0998884,16777216";
  process.exit(same ? 0 : 1);
})();
JS
node means.cjs
