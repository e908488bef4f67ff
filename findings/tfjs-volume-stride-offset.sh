#!/usr/bin/env bash
# @tensorflow/tfjs 4.22.0 (npm): in three dimensions "same" padding starts at another place than in two, where the stride is
# longer than the window.
#
# With padding "same" a window of 1 and a stride of 3 over the three values 0, 1, 2 needs no padding, and the one value left is
# the first. tf.conv2d and tf.maxPool say 0. tf.conv3d, tf.maxPool3d and tf.avgPool3d say 1: their padding comes out as -2 and is
# split into -1 before and -1 behind, so that the first window begins inside of the volume. The shapes are the same.
#
# Matters to whoever thins out volumes or films, or moves weights between a 2-dimensional and a 3-dimensional network.
#
# Seen with @tensorflow/tfjs 4.22.0, plain JavaScript backend, Node.js 20 and 24, values 0, 1, 2, window 1, stride 3, "same":
#   conv2d: 0
#   maxPool: 0
#   conv3d: 1
#   maxPool3d: 1
#   avgPool3d: 1
#
# Prints what it saw; exit code 0 as long as TensorFlow.js behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0 >/dev/null
cat >volumes.cjs <<'JS'
const tf = require("@tensorflow/tfjs");

tf.env().set("IS_TEST", true); // keeps its advertisement out

(async () => {
  await tf.setBackend("cpu");
  const flat = tf.tensor4d([0, 1, 2], [1, 3, 1, 1]);
  const volume = tf.tensor5d([0, 1, 2], [1, 3, 1, 1, 1]);
  const results = {
    conv2d: tf.conv2d(flat, tf.ones([1, 1, 1, 1]), [3, 1], "same"),
    maxPool: tf.maxPool(flat, 1, [3, 1], "same"),
    conv3d: tf.conv3d(volume, tf.ones([1, 1, 1, 1, 1]), [3, 1, 1], "same"),
    maxPool3d: tf.maxPool3d(volume, 1, [3, 1, 1], "same"),
    avgPool3d: tf.avgPool3d(volume, 1, [3, 1, 1], "same"),
  };
  const seen = Object.entries(results).map(([name, result]) => `${name}: ${[...result.dataSync()].join(" ")}`);
  console.log(seen.join("\n"));
  process.exit(seen.join() === "conv2d: 0,maxPool: 0,conv3d: 1,maxPool3d: 1,avgPool3d: 1" ? 0 : 1);
})();
JS
node volumes.cjs
