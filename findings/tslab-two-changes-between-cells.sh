#!/usr/bin/env bash
# tslab 1.0.22 (npm): two kinds of change on disk between two cells, and no cell compiles any more.
#
# tslab's kernel compiles cells with TypeScript's watch program, and gives it timers of its own, of which there may be one at a
# time. The compiler has two: one for a file that has changed, one for a folder in which it had looked for a file in vain.
# Somebody whose first cell imports a file that is not there yet, who then writes this file and edits another one that a cell
# has imported, needs both. The next cell fails with "Unexpected pending rebuildTimer", whatever is in it, and so does every
# cell after it, until the kernel is started anew.
#
# Matters to everybody who works on helper files beside a notebook, or installs a package while one is open.
#
# Seen with tslab 1.0.22 and Node.js 24.21.0:
#   1 + 1, before: compiles
#   1 + 1, after a missing file has come and another has changed: Error: Unexpected pending rebuildTimer
#   1 + 1, once more: Error: Unexpected pending rebuildTimer
#
# Prints what it saw; exit code 0 as long as it behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --allow-scripts=node tslab@1.0.22 node@24.21.0 >/dev/null 2>&1 ||
  npm install --no-audit --no-fund --silent tslab@1.0.22 node@24.21.0 >/dev/null
echo 'export const scale: number = 2;' >flow.ts
cat >cells.cjs <<'JS'
const { writeFileSync } = require("node:fs");
const { createConverter } = require("tslab/dist/converter");

const converter = createConverter({ cwd: process.cwd() });
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function compile(when) {
  let outcome = "compiles";
  try {
    converter.convert("", "1 + 1");
  } catch (error) {
    outcome = String(error);
  }
  console.log(`1 + 1, ${when}: ${outcome}`);
  return outcome;
}

(async () => {
  converter.convert("", 'import { scale } from "./flow"; scale;');
  converter.convert("", 'import { shift } from "./shift"; shift;');
  const seen = [compile("before")];
  converter.convert("", 'import { shift } from "./shift"; shift;');
  writeFileSync("shift.ts", "export const shift: number = 1;\n");
  await pause(1500);
  writeFileSync("flow.ts", "export const scale: number = 4;\n");
  await pause(4000);
  seen.push(compile("after a missing file has come and another has changed"));
  seen.push(compile("once more"));
  const fails = (text) => /Unexpected pending rebuildTimer/.test(text);
  process.exit(seen[0] === "compiles" && seen.slice(1).every(fails) ? 0 : 1);
})();
JS
node_modules/.bin/node cells.cjs
