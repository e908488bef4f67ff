#!/usr/bin/env bash
# @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm 4.22.0 (npm): on the WebAssembly backend padding with NaN pads with a number
# of an earlier call, and may make every later padding NaN.
#
# The backend keeps one prepared operation for each number that tf.pad has padded with, in a map ordered by that number. NaN is
# neither below nor above anything, so that it counts as the same as whichever number is there. A program that has padded with 0
# before gets zeros when it asks for NaN. A program whose first padding is with NaN gets NaN for every number after it: 0
# too, and with it whatever pads with 0.
#
# Matters to whoever marks missing values with NaN and fills up sequences or pictures by it.
#
# Seen with both 4.22.0 and Node.js 20 and 24, tf.pad(tf.tensor1d([1]), [[1, 1]], number), each line in a process of its own:
#   cpu,  with 0, NaN, 5: 0 1 0 | NaN 1 NaN | 5 1 5
#   wasm, with 0, NaN, 5: 0 1 0 | 0 1 0 | 5 1 5
#   wasm, with NaN, 0, 5: NaN 1 NaN | NaN 1 NaN | NaN 1 NaN
#
# Prints what it saw; exit code 0 as long as TensorFlow.js behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0 >/dev/null
cat >pad.cjs <<'JS'
const { execFileSync } = require("node:child_process");

const [backend, ...numbers] = process.argv.slice(2);

async function pad() {
  const tf = require("@tensorflow/tfjs");
  require("@tensorflow/tfjs-backend-wasm");
  tf.env().set("IS_TEST", true); // keeps its advertisement out
  await tf.setBackend(backend);
  const padded = (number) => [...tf.pad(tf.tensor1d([1]), [[1, 1]], Number(number)).dataSync()].join(" ");
  console.log(numbers.map(padded).join(" | "));
}

function main() {
  const seen = [["cpu", "0", "NaN", "5"], ["wasm", "0", "NaN", "5"], ["wasm", "NaN", "0", "5"]].map(([where, ...order]) => {
    const said = execFileSync(process.execPath, [__filename, where, ...order], { encoding: "utf8" }).trim();
    console.log(`${`${where},`.padEnd(5)} with ${order.join(", ")}: ${said}`);
    return said;
  });
  const right = "0 1 0 | NaN 1 NaN | 5 1 5";
  const expected = [right, "0 1 0 | 0 1 0 | 5 1 5", "NaN 1 NaN | NaN 1 NaN | NaN 1 NaN"];
  process.exit(JSON.stringify(seen) === JSON.stringify(expected) ? 0 : 1);
}

if (backend) pad();
else main();
JS
node pad.cjs
