#!/usr/bin/env bash
# tslab 1.0.22 (npm): `export` in a cell does not compile, or takes away what it names.
#
# tslab exports whatever a cell declares by a line of its own. A cell with `export const`, `export function` or `export class` then
# exports that name twice, and the compiler refuses it as declared twice: a function copied from a module file must lose
# its `export` first. `export { name }` of a name of an earlier cell does compile, runs without a word, and leaves the name
# undefined for every cell after it: the cell compiles to `exports.name = void 0` and nothing else.
#
# Matters to everybody who moves code between a module and a notebook.
#
# Seen with tslab 1.0.22 and Node.js 20 and 24:
#   export const k = 3: Cannot redeclare exported variable 'k'.
#   export function f() {}: Cannot redeclare exported variable 'f'.
#   o, before: 7
#   export { o }: runs
#   o, after: undefined
#
# Prints what it saw; exit code 0 as long as tslab behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent tslab@1.0.22 >/dev/null
cat >cells.cjs <<'JS'
const { createConverter } = require("tslab/dist/converter");
const { createExecutor } = require("tslab/dist/executor");

const error = { said: "" };
const sink = { log() {}, error: (...parts) => (error.said += parts.map(String).join(" ")) };
const converter = createConverter({ cwd: process.cwd() });
const executor = createExecutor(process.cwd(), { node: converter }, sink);

async function run(cell) {
  error.said = "";
  const ran = await executor.execute(cell);
  return ran ? "runs" : (/Cannot redeclare exported variable '\w+'\./.exec(error.said)?.[0] ?? error.said);
}

/** What o is to a cell: it throws it, as a cell's value goes to Jupyter only. */
async function valueOfO() {
  await run("throw new Error(`o is ${o}`)");
  return /o is (\w+)/.exec(error.said)?.[1];
}

(async () => {
  const seen = [];
  const say = (what, text) => (console.log(`${what}: ${text}`), seen.push(text));
  say("export const k = 3", await run("export const k = 3;"));
  say("export function f() {}", await run("export function f() {}"));
  await run("const o = 7;");
  say("o, before", await valueOfO());
  say("export { o }", await run("export { o };"));
  say("o, after", await valueOfO());
  converter.close();
  const twice = (name) => `Cannot redeclare exported variable '${name}'.`;
  process.exit(JSON.stringify(seen) === JSON.stringify([twice("k"), twice("f"), "7", "runs", "undefined"]) ? 0 : 1);
})();
JS
node cells.cjs
