#!/usr/bin/env bash
# tslab 1.0.22 (npm): `const fs = await import("node:fs")` in a cell does not compile (TS4023).
#
# tslab carries variables from cell to cell by declarations, which the compiler refuses to write where a type in them has
# no name that can be imported: functions of node:fs have parameters whose types @types/node declares without exporting
# them, and a class expression may have private members (TS4094). The variable itself is used rightly. The compiler can
# write such a declaration nevertheless (the last parameter of Program.emit, which is not a declared one); what has no
# name is then any for later cells.
#
# Matters to anybody who imports a module of Node's within a cell.
#
# Seen with tslab 1.0.22, @types/node 24.10.1 and Node.js 20 and 24:
#   await import of node:fs: 4023
#   await import of node:path: compiles
#   a class with private members: 4094
#
# Prints what it saw; exit code 0 as long as tslab behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent tslab@1.0.22 @types/node@24.10.1 >/dev/null
cat >cells.cjs <<'JS'
const { createConverter } = require("tslab/dist/converter");

const converter = createConverter({ isJS: false, isBrowser: false });
const seen = [
  ["await import of node:fs", 'const fs = await import("node:fs");', "4023"],
  ["await import of node:path", 'const path = await import("node:path");', "compiles"],
  ["a class with private members", "const make = () => class { private a = 1 };", "4094"],
].map(([what, cell, expected]) => {
  const [first] = converter.convert("", cell).diagnostics;
  const found = String(first?.code ?? "compiles");
  console.log(`${what}: ${found}`);
  return found === expected;
});
converter.close();
process.exit(seen.every(Boolean) ? 0 : 1);
JS
node cells.cjs
