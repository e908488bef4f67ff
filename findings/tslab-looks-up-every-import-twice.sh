#!/usr/bin/env bash
# tslab 1.0.22 (npm): each cell makes the compiler look up the imports of every declaration file twice, whatever the cell imports.
#
# tslab's converter has two programs made for each cell (the second with an export of the cell's names), in the compiler's watch mode.
# Its default for watch mode keeps, for each program, who imports whom: for that the type checker is asked for every import of every
# file, libraries included. tslab uses of it only which local files the cell itself imports. So the time of a cell grows with the
# libraries that are in scope: a cell that adds two numbers asks for all files of @types/node, twice.
#
# Matters to TypeScript kernels for Jupyter: with a library of a thousand declaration files a short cell took 0.115 s of processor time
# here, of which more than half was this; `ts.createAbstractBuilder` as the watch host's `createProgram` makes the same programs without.
#
# The number of files is that of the @types/node which npm gives to tslab.
#
# Seen with tslab 1.0.22 and @tslab/typescript-for-tslab 5.0.4 on Node.js 24.21.0:
#   files of the program: 153
#   cell 1: 2 programs, the checker asked 3.3 times for each file
#   cell 2: 2 programs, the checker asked 3.3 times for each file
#   without the bookkeeping, cell 2: 2 programs, 0.0 times; the same JavaScript: true
#
# Prints what it saw; exit code 0 as long as it behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent tslab@1.0.22 >/dev/null
cat >cells.cjs <<'JS'
const path = require.resolve("@tslab/typescript-for-tslab", { paths: [require.resolve("tslab/dist/converter")] });
const ts = require(path);
const load = (createProgram) => {
  const createWatchCompilerHost = (...given) => {
    const host = ts.createWatchCompilerHost(...given);
    host.createProgram = createProgram;
    return host;
  };
  require.cache[path].exports = { ...ts, createWatchCompilerHost };
  delete require.cache[require.resolve("tslab/dist/converter")];
  return require("tslab/dist/converter").createConverter({ isJS: false, isBrowser: false });
};

let programs = 0;
let asked = 0;
let files = 0;
const counted = (create) => (names, options, host, before, ...rest) => {
  const program = ts.createProgram(names, options, host, before?.getProgram());
  const { getTypeChecker } = program;
  files = program.getSourceFiles().length;
  programs += 1;
  program.getTypeChecker = () => {
    asked += 1;
    return getTypeChecker();
  };
  const made = create(program, host, before, ...rest);
  // What comes later is asked by whoever checks and prints the cell.
  program.getTypeChecker = getTypeChecker;
  return made;
};
function convert(converter, code) {
  [programs, asked] = [0, 0];
  const { output, diagnostics } = converter.convert("", code);
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  return { output, programs, each: asked / files };
}

const usual = load(counted(ts.createEmitAndSemanticDiagnosticsBuilderProgram));
console.log(`files of the program: ${files}`);
const cells = ["const a = 1 + 2", "const b = 3 + 4"].map((code) => convert(usual, code));
for (const [i, { programs, each }] of cells.entries())
  console.log(`cell ${i + 1}: ${programs} programs, the checker asked ${each.toFixed(1)} times for each file`);
usual.close();

const light = load((...given) => {
  const made = counted(ts.createAbstractBuilder)(...given);
  const program = made.getProgram();
  for (const name of program.getRootFileNames())
    ts.bindSourceFile(program.getSourceFile(name), program.getCompilerOptions());
  made.getAllDependencies = ({ fileName }) => [fileName];
  return made;
});
const lightly = convert(light, "const b = 3 + 4");
const same = lightly.output === cells[1].output;
console.log(
  `without the bookkeeping, cell 2: ${lightly.programs} programs, ${lightly.each.toFixed(1)} times; the same JavaScript: ${same}`,
);
light.close();
const isSo = cells.every(({ programs, each }) => programs === 2 && each >= 2) && lightly.each < 0.1 && same;
process.exit(isSo ? 0 : 1);
JS
node cells.cjs
