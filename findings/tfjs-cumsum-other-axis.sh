#!/usr/bin/env bash
# @tensorflow/tfjs 4.22.0 (npm): the gradient of tf.cumsum is wrong along every axis but the last, and on the plain JavaScript
# backend cumsum along axis -1 has no values.
#
# Its gradient sums the incoming gradient along the axis from the other end, which is all, and then transposes the result by
# the permutation that had brought the axis to the end in the forward kernel. For a square matrix the gradient along axis 0
# comes out transposed, silently; for any other matrix it has the wrong shape and the gradient throws. The forward kernel of the
# plain JavaScript backend does not resolve a negative axis: along -1 it returns a tensor whose shape begins with undefined
# and that has no values, without an error, and an addition to it is NaN.
#
# Matters to whoever differentiates a running sum over the first axis: spline knots of a batch, survival and cumulative
# estimates, time first.
#
# Seen with @tensorflow/tfjs 4.22.0 and Node.js 20 and 24:
#   gradient of sum(w * cumsum(x, 0)), w = [[1, 2], [3, 4]]: 4 3 6 4
#   the same by differences: 4 6 3 4
#   gradient along axis 0 of a 2 x 3 matrix: throws
#   cumsum(x, 1) of [[1, 2, 3], [4, 5, 6]]: shape 2, 3; values 1 3 6 4 9 15
#   cumsum(x, -1): shape undefined, 2; values none
#
# Prints what it saw; exit code 0 as long as TensorFlow.js behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0 >/dev/null
cat >cumsum.cjs <<'JS'
const tf = require("@tensorflow/tfjs");

tf.env().set("IS_TEST", true); // keeps its advertisement out
const show = (what, text) => (console.log(`${what}: ${text}`), text);
const list = (tensor) => [...tensor.dataSync()].join(" ");

(async () => {
  await tf.setBackend("cpu");
  const w = tf.tensor2d([[1, 2], [3, 4]]);
  const sum = (x) => tf.sum(tf.mul(w, tf.cumsum(x, 0)));
  const zeros = tf.zeros([2, 2]);
  const unit = (place) => tf.tensor2d([0, 1, 2, 3].map((i) => (i === place ? 1 : 0)), [2, 2]);
  const slopes = [0, 1, 2, 3].map((place) => tf.sub(sum(unit(place)), sum(zeros)).dataSync()[0]).join(" ");
  const gradient = show("gradient of sum(w * cumsum(x, 0)), w = [[1, 2], [3, 4]]", list(tf.grad(sum)(zeros)));
  show("the same by differences", slopes);
  let wide = "right";
  try {
    tf.grad((x) => tf.cumsum(x, 0))(tf.ones([2, 3]));
  } catch {
    wide = "throws";
  }
  show("gradient along axis 0 of a 2 x 3 matrix", wide);
  const x = tf.tensor2d([[1, 2, 3], [4, 5, 6]]);
  const along = (axis) => {
    const y = tf.cumsum(x, axis);
    return `shape ${y.shape.map(String).join(", ")}; values ${list(y) || "none"}`;
  };
  const last = show("cumsum(x, 1) of [[1, 2, 3], [4, 5, 6]]", along(1));
  const negative = show("cumsum(x, -1)", along(-1));
  const same =
    gradient === "4 3 6 4" && slopes === "4 6 3 4" && wide === "throws" &&
    last === "shape 2, 3; values 1 3 6 4 9 15" && negative === "shape undefined, 2; values none";
  process.exit(same ? 0 : 1);
})();
JS
node cumsum.cjs
