#!/usr/bin/env bash
# tslab 1.0.22 (npm): a cell cannot import a TypeScript file by the name by which Node runs it.
#
# Node (22.18 and later) runs TypeScript files, and wants an import of one to end in `.ts`: `./bells.ts`. A cell of tslab's
# kernel refuses just that ending (TS5097, the option that allows it is off and cannot be set from a notebook), and takes the
# file without an ending. So a helper beside a notebook that imports a second helper can be written for Node or for the
# notebook, not for both, and a test that Node runs cannot share the notebook's import lines.
#
# Matters to anybody who keeps functions in files beside a notebook and runs or grades them with Node as well.
#
# Seen with tslab 1.0.22 and Node.js 24.21.0:
#   a cell, "./bells": runs
#   a cell, "./bells.ts": error TS5097
#   Node, "./bells.ts": runs
#   Node, "./bells": ERR_MODULE_NOT_FOUND
#
# Prints what it saw; exit code 0 as long as both behave so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --allow-scripts=node tslab@1.0.22 node@24.21.0 >/dev/null 2>&1 ||
  npm install --no-audit --no-fund --silent tslab@1.0.22 node@24.21.0 >/dev/null
echo 'export const bell = (z: number): number => Math.exp(-0.5 * z * z);' >bells.ts
cat >cells.cjs <<'JS'
const { createConverter } = require("tslab/dist/converter");
const { createExecutor } = require("tslab/dist/executor");

const error = { said: "" };
const sink = { log() {}, error: (...parts) => (error.said += parts.map(String).join(" ")) };
const converter = createConverter({ cwd: process.cwd() });
const executor = createExecutor(process.cwd(), { node: converter }, sink);
// The complaint goes to the console, past the sink.
const write = process.stderr.write.bind(process.stderr);
process.stderr.write = (text, ...more) => ((error.said += text), true);

async function run(from) {
  error.said = "";
  const ran = await executor.execute(`import { bell } from "${from}"; bell(0);`);
  const outcome = ran ? "runs" : /5097|allowImportingTsExtensions/.test(error.said) ? "error TS5097" : error.said;
  console.log(`a cell, "${from}": ${outcome}`);
  return outcome;
}

(async () => {
  const [without, withEnding] = [await run("./bells"), await run("./bells.ts")];
  converter.close();
  process.exit(without === "runs" && withEnding === "error TS5097" ? 0 : 1);
})();
JS
node cells.cjs
node=node_modules/.bin/node
echo 'import { bell } from "./bells.ts"; bell(0);' >with.ts
echo 'import { bell } from "./bells"; bell(0);' >without.ts
echo '{ "type": "module" }' >package.json
$node with.ts && echo 'Node, "./bells.ts": runs'
said=$($node without.ts 2>&1 || true)
grep -q ERR_MODULE_NOT_FOUND <<<"$said" && echo 'Node, "./bells": ERR_MODULE_NOT_FOUND'
