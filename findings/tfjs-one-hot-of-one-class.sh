#!/usr/bin/env bash
# @tensorflow/tfjs 4.22.0 (npm): tf.oneHot refuses a single class, while a label that is no class at all gives a row of zeros.
#
# TensorFlow's one_hot takes a depth of 1 and gives a column of ones. tf.oneHot throws for a depth below 2, so code that is written for
# any number of classes stops at the smallest one. A label beyond the last class or below 0 passes without a word, as zeros.
#
# Matters to conditional flows and classifiers whose number of classes comes from the data: a first try on one class throws, and a
# label counted from 1 instead of 0 conditions the last class on nothing.
#
# Seen with @tensorflow/tfjs 4.22.0, plain JavaScript backend, and Node.js 20 and 24:
#   depth 1: throws
#   depth 2, labels 0 1 2 -1: 1 0 0 1 0 0 0 0
#
# Prints what it saw; exit code 0 as long as TensorFlow.js behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @tensorflow/tfjs@4.22.0 >/dev/null
cat >classes.cjs <<'JS'
const tf = require("@tensorflow/tfjs");

tf.env().set("IS_TEST", true); // keeps its advertisement out
const attempt = (run) => {
  try {
    return [...run().dataSync()].join(" ");
  } catch {
    return "throws";
  }
};
(async () => {
  await tf.setBackend("cpu");
  const lines = [
    `depth 1: ${attempt(() => tf.oneHot(tf.tensor1d([0, 0], "int32"), 1))}`,
    `depth 2, labels 0 1 2 -1: ${attempt(() => tf.oneHot(tf.tensor1d([0, 1, 2, -1], "int32"), 2))}`,
  ];
  console.log(lines.join("\n"));
  const same = lines.join() === "depth 1: throws,depth 2, labels 0 1 2 -1: 1 0 0 1 0 0 0 0";
  process.exit(same ? 0 : 1);
})();
JS
node classes.cjs
