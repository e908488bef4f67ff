#!/usr/bin/env bash
# @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm 4.22.0 (npm): tf.matMul pairs the wrong matrices where each factor is
# broadcast along another batch axis.
#
# Matrices of shape [2, 1, 1, 1] times matrices of shape [1, 2, 1, 1] are 2 x 2 products: every one on the left with every one on
# the right. The shape of the result says so. On the plain JavaScript and the WebAssembly backend only 2 products are computed,
# the first with the first and the second with the second: the buffer behind the result has half of its values, without an
# error. With one factor broadcast along all of its batch axes the products are right. TensorFlow's own kernel (tfjs-node) and
# NumPy pair them all.
#
# Matters to whoever multiplies a batch of points by a bank of matrices: mixtures of linear flows, heads of attention,
# experts.
#
# Seen with both 4.22.0 and Node.js 20 and 24:
#   cpu: shape 2, 2, 1, 1; values 1 20
#   wasm: shape 2, 2, 1, 1; values 1 20
#   by multiplying numbers: 1 10 2 20
#   cpu, left factor tiled first: 1 10 2 20
#
# Prints what it saw; exit code 0 as long as TensorFlow.js behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0 >/dev/null
cat >products.cjs <<'JS'
const tf = require("@tensorflow/tfjs");
require("@tensorflow/tfjs-backend-wasm");

tf.env().set("IS_TEST", true); // keeps its advertisement out
const list = (tensor) => [...tensor.dataSync()].join(" ");

(async () => {
  const seen = [];
  const say = (what, text) => (console.log(`${what}: ${text}`), seen.push(text));
  for (const backend of ["cpu", "wasm"]) {
    await tf.setBackend(backend);
    const product = tf.matMul(tf.tensor4d([1, 2], [2, 1, 1, 1]), tf.tensor4d([1, 10], [1, 2, 1, 1]));
    say(backend, `shape ${product.shape.join(", ")}; values ${list(product)}`);
  }
  await tf.setBackend("cpu");
  const [a, b] = [tf.tensor4d([1, 2], [2, 1, 1, 1]), tf.tensor4d([1, 10], [1, 2, 1, 1])];
  say("by multiplying numbers", list(tf.mul(a, b)));
  say("cpu, left factor tiled first", list(tf.matMul(tf.tile(a, [1, 2, 1, 1]), tf.tile(b, [2, 1, 1, 1]))));
  const wrong = "shape 2, 2, 1, 1; values 1 20";
  process.exit(JSON.stringify(seen) === JSON.stringify([wrong, wrong, "1 10 2 20", "1 10 2 20"]) ? 0 : 1);
})();
JS
node products.cjs
