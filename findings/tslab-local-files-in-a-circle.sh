#!/usr/bin/env bash
# tslab 1.0.22 (npm): two local files that import each other run in Node and in TypeScript's own output, and in a cell they do not end.
#
# tslab compiles the local files that a cell imports and runs them itself. A file is known as loaded only once it has run to its end, so
# that one which is imported by what it imports is begun again, and again: the cell throws "RangeError: Maximum call stack size exceeded".
# CommonJS gives the unfinished exports there, ES modules their names; both work where the functions are called later, as here.
#
# Matters to TypeScript kernels for Jupyter: helpers that call each other, one per file, work in an editor and in tests, and not in the
# notebook that they were moved out of; the error names neither file.
#
# Seen with tslab 1.0.22, typescript 5.9.3 and Node.js 24.21.0:
#   tsc and Node: true
#   a cell of tslab's: RangeError: Maximum call stack size exceeded
#   a cell that imports two files without a circle: true
#
# Prints what it saw; exit code 0 as long as it behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent tslab@1.0.22 typescript@5.9.3 >/dev/null
cat >even.ts <<'TS'
import { isOdd } from "./odd";
export const isEven = (n: number): boolean => n === 0 || isOdd(n - 1);
TS
cat >odd.ts <<'TS'
import { isEven } from "./even";
export const isOdd = (n: number): boolean => n !== 0 && isEven(n - 1);
TS
echo 'export const one = 1;' >one.ts
echo 'import { one } from "./one"; export const two = one + one;' >two.ts
cat >main.ts <<'TS'
import { isEven } from "./even";
console.log("tsc and Node:", isEven(10));
TS
npx tsc --module commonjs --target es2022 --outDir out main.ts
node out/main.js
cat >cells.cjs <<'JS'
const { createConverter } = require("tslab/dist/converter");
const { createExecutor } = require("tslab/dist/executor");

(async () => {
  const node = createConverter({ isJS: false, isBrowser: false });
  const seen = [];
  const quiet = { log: (value) => seen.push(value), error: (value) => seen.push(value) };
  const executor = createExecutor(process.cwd(), { node, browser: node, close: () => node.close() }, quiet);
  const run = async (code) => {
    seen.length = 0;
    await executor.execute(code);
    return seen.map((one) => (one instanceof Error || one?.message ? `${one.name}: ${one.message}` : `${one}`)).join(" ");
  };
  const circle = await run('import { isEven } from "./even";\nisEven(10)');
  const chain = await run('import { two } from "./two";\ntwo === 2');
  console.log(`a cell of tslab's: ${circle}`);
  console.log(`a cell that imports two files without a circle: ${chain}`);
  process.exit(circle === "RangeError: Maximum call stack size exceeded" && chain === "true" ? 0 : 1);
})();
JS
node cells.cjs
