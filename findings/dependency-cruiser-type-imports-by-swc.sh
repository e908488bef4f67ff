#!/usr/bin/env bash
# dependency-cruiser 18.7.2 with @swc/core 1.16.22 (npm): read by swc, `import("./b").B` in a type is no dependency.
#
# TypeScript can name a type of another file in place: `import("./b").B`, `typeof import("./c")`. With TypeScript's parser both
# count as dependencies. With parser "swc" (called experimental) neither is found, although tsPreCompilationDeps asks for type
# imports and `import type` is found: a circle that such a type closes passes the rule against circles, without a word.
# Where a TypeScript is installed that dependency-cruiser can use (below 7), the same configuration is read by TypeScript
# in spite of its parser "swc", and finds everything: installing or removing typescript changes the verdict.
#
# Matters to whoever keeps an order of folders, or freedom from circles, by a rule, and has TypeScript 7 only.
#
# Seen with dependency-cruiser 18.7.2, @swc/core 1.16.22 and Node.js 24.21.0:
#   a.ts, read by swc: d.ts
#   circles: 0
#   a.ts, with typescript 6.0.2 installed: b.ts c.ts d.ts
#   circles: 1
#
# Prints what it saw; exit code 0 as long as it behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --allow-scripts=node node@24.21.0 >/dev/null 2>&1 ||
  npm install --no-audit --no-fund --silent node@24.21.0 >/dev/null
npm install --no-audit --no-fund --silent dependency-cruiser@18.7.2 @swc/core@1.16.22 >/dev/null
cat >a.ts <<'TS'
import type { D } from "./d";
export type A = { b: import("./b").B; c: typeof import("./c"); d: D };
TS
echo 'import type { A } from "./a"; export type B = A[];' >b.ts
echo 'export const c: number = 1;' >c.ts
echo 'export type D = string;' >d.ts
cat >rules.cjs <<'JS'
module.exports = {
  forbidden: [{ name: "circle", severity: "error", from: {}, to: { circular: true } }],
  options: { parser: "swc", tsPreCompilationDeps: true },
};
JS
cat >show.cjs <<'JS'
const { modules, summary } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const found = modules.find(({ source }) => source === "a.ts").dependencies.map(({ resolved }) => resolved);
console.log(`${process.argv[2]}: ${found.sort().join(" ")}\ncircles: ${summary.error}`);
JS
cruise() {
  local program=node_modules/dependency-cruiser/bin/dependency-cruiser.mjs
  (node_modules/.bin/node $program --config rules.cjs -T json a.ts b.ts || true) >found.json
  node_modules/.bin/node show.cjs "$1" <found.json | tee -a seen
}
cruise "a.ts, read by swc"
npm install --no-audit --no-fund --silent typescript@6.0.2 >/dev/null
cruise "a.ts, with typescript 6.0.2 installed"
cmp -s seen - <<'SEEN'
a.ts, read by swc: d.ts
circles: 0
a.ts, with typescript 6.0.2 installed: b.ts c.ts d.ts
circles: 1
SEEN
