#!/usr/bin/env bash
# tslab 1.0.22 (npm): `const { a: scale } = o` fails where `o` comes from an earlier cell.
#
# tslab compiles each cell to CommonJS and rewrites `o` to `exports.o`. Where a declaration takes an object apart and renames a
# part, the compiler writes the word exports once more, among the names on the left: `const { exports, a: scale } = exports.o`.
# The cell then declares the `exports` that it reads. At the top of a cell that is a SyntaxError; in a function, a ReferenceError
# when it runs. A pattern in a pattern does it too. Without a renaming, and in a cell that declares
# `o` itself, the line works.
#
# Matters to everybody who takes the parameters of a fit, or the result of a check, out of an object of an earlier cell.
#
# Seen with tslab 1.0.22 and Node.js 20 and 24:
#   const { a } = o: runs
#   const { b: scale } = o: SyntaxError: Identifier 'exports' has already been declared
#   const { c: { d } } = o: SyntaxError: Identifier 'exports' has already been declared
#   const { b: x } = o within a function: ReferenceError: Cannot access 'exports' before initialization
#   const scale = o.b: runs
#   const { b: own } = p in the cell of p: runs
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

const CELLS = {
  "const { a } = o": "const { a } = o;",
  "const { b: scale } = o": "const { b: scale } = o;",
  "const { c: { d } } = o": "const { c: { d } } = o;",
  "const { b: x } = o within a function": "function half() { const { b: x } = o; return x / 2; }\nhalf();",
  "const scale = o.b": "const scale = o.b;",
  "const { b: own } = p in the cell of p": "const p = { b: 2 };\nconst { b: own } = p;",
};
const declared = "SyntaxError: Identifier 'exports' has already been declared";
const EXPECTED = ["runs", declared, declared, "ReferenceError: Cannot access 'exports' before initialization", "runs", "runs"];

(async () => {
  await executor.execute("const o = { a: 1, b: 2, c: { d: 3 } };");
  const seen = [];
  for (const [what, cell] of Object.entries(CELLS)) {
    error.said = "";
    const ran = await executor.execute(cell);
    seen.push(ran ? "runs" : (/\w+Error: .*/.exec(error.said)?.[0] ?? error.said));
    console.log(`${what}: ${seen.at(-1)}`);
  }
  converter.close();
  process.exit(JSON.stringify(seen) === JSON.stringify(EXPECTED) ? 0 : 1);
})();
JS
node cells.cjs
