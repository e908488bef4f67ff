#!/usr/bin/env bash
# tslab 1.0.22 (npm): a name declared in an earlier cell is not found where it stands alone in an object literal.
#
# tslab compiles each cell to CommonJS and rewrites a name that an earlier cell declared to a property of `exports`. It
# leaves out one place: the shorthand `{ name }`. There the name stays as it is; the type checker accepts the cell and
# running it throws a ReferenceError. The same cell with `{ name: name }` works, and so does `{ name }` within the cell
# that declares it.
#
# Matters to anybody who hands functions from one cell to the next: `await check({ density })` is such a cell.
#
# Seen with tslab 1.0.22 and Node.js 20 and 24:
#   { density: density } in a later cell: runs
#   { density } in the same cell: runs
#   { density } in a later cell: ReferenceError: density is not defined
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

async function run(what, cell) {
  error.said = "";
  const ran = await executor.execute(cell);
  const why = /ReferenceError: .*/.exec(error.said)?.[0] ?? error.said.split("\n")[0];
  console.log(`${what}: ${ran ? "runs" : why}`);
  return { ran, why };
}

(async () => {
  await executor.execute("function density(x: number): number { return 2 * x; }");
  const long = await run("{ density: density } in a later cell", "const a = { density: density }; a.density(1);");
  const same = await run("{ density } in the same cell", "function own(x: number) { return x; }\nconst b = { own }; b.own(1);");
  const short = await run("{ density } in a later cell", "const c = { density }; c.density(1);");
  converter.close();
  process.exit(long.ran && same.ran && !short.ran && short.why === "ReferenceError: density is not defined" ? 0 : 1);
})();
JS
node cells.cjs
