#!/usr/bin/env bash
# tslab 1.0.22 (npm): `for await` at the top of a cell fails, and an await in an object's method passes for the cell's.
#
# tslab runs a cell in an async function if the compiler complains about an await (TS1308) that lies in no function. The
# compiler does not complain about a top-level `for await`, so the cell is run in a plain function, where it is a
# SyntaxError. And where tslab looks for a function around an await, methods of objects and of class expressions are
# none: the complaint about them is dropped, and they fail as a SyntaxError instead of with their line and column. An
# await in the name of a class's member, or in what it extends, is refused, though JavaScript has it.
#
# Matters to anybody who reads a stream in a notebook.
#
# Seen with tslab 1.0.22 and Node.js 20 and 24:
#   await in a loop: runs
#   for await: SyntaxError: Unexpected reserved word
#   await in a method: SyntaxError: await is only valid in async functions and the top level bodies of modules
#   await in a class's base: does not compile
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
  const why = /SyntaxError: .*/.exec(error.said)?.[0] ?? "does not compile";
  console.log(`${what}: ${ran ? "runs" : why}`);
  return ran ? "runs" : why;
}

(async () => {
  const seen = [
    await run("await in a loop", "for (const p of [Promise.resolve(1)]) await p;"),
    await run("for await", "for await (const x of [Promise.resolve(1)]) x;"),
    await run("await in a method", "const o = { f() { await Promise.resolve(1); } };"),
    await run("await in a class's base", "class C extends (await Promise.resolve(Array)) {}"),
  ];
  converter.close();
  const expected = [/^runs$/, /^SyntaxError: Unexpected reserved/, /^SyntaxError: await is only valid/, /^does not/];
  process.exit(expected.every((pattern, i) => pattern.test(seen[i])) ? 0 : 1);
})();
JS
node cells.cjs
