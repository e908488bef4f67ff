import { cpSync, existsSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { problem } from "../problem.js";
import { run } from "../processes/child.js";
import { isKit, pinnedNode, root } from "../project.js";
import { filesUnder, fingerprint, readStamp, removeStamp, tracesOf, writeStamp } from "../stamp.js";

const name = "compile";

/** In order: the grader uses the library's declarations. */
const compiled = ["lib", "grader"];

/** `flowlab` and `flowlab-grader` as JavaScript with declarations: notebooks can only import that. */
export const compile = {
  name,
  title: "Library",

  isNeeded: () => !isKit && (readStamp(name)?.inputs !== inputs() || !compiled.every(hasOutput)),

  /** @param {import("../progress.js").Progress} progress */
  async run(progress) {
    const before = inputs();
    const isWhole = readStamp(name) !== undefined;
    removeStamp(name);
    for (const folder of compiled) {
      progress.note(`compiling ${folder}/`);
      // An interrupted compiler may have left a record of files that it never wrote.
      if (!isWhole || !hasOutput(folder)) rmSync(join(root, folder, "dist", ".tsbuildinfo"), { force: true });
      await compileFolder(folder);
      copyAssets(folder);
      removeOrphans(folder);
    }
    writeStamp(name, before);
    return `Library: ${compiled.map((folder) => `${folder}/`).join(" and ")} compiled`;
  },
};

/** @param {string} folder */
const hasOutput = (folder) => existsSync(join(root, folder, "dist", "index.js"));

/** @param {string} file */
const isAsset = (file) => /[\\/]assets[\\/]/.test(file);
/** @param {string} file */
const isSource = (file) => file.endsWith(".ts") && !file.endsWith(".test.ts");

/** @param {string} folder */
const inputsOf = (folder) =>
  filesUnder(join(root, folder)).filter((file) => isSource(file) || isAsset(file) || file.endsWith(".json"));

/** Names, sizes and times: cheaper than contents, and a needless compile takes a second. */
function inputs() {
  const files = compiled.flatMap(inputsOf).map((file) => [relative(root, file), tracesOf(file)]);
  return fingerprint(files, tracesOf(join(root, "tsconfig.json")), tracesOf(join(root, "package-lock.json")));
}

/** @param {string} folder */
async function compileFolder(folder) {
  // Not `tsc` from .bin: the notebook kernel's dependencies have a program of that name too.
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const { code, output } = await run(
    pinnedNode(),
    [compiler, "-p", `${folder}/tsconfig.build.json`, "--pretty", "false"],
    {
      cwd: root,
    },
  );
  if (code === 0) return;
  throw problem(`${folder}/ does not compile`, "correct the lines above, then run it again", output);
}

/** @param {string} folder */
function copyAssets(folder) {
  const base = join(root, folder);
  for (const file of filesUnder(base).filter(isAsset)) {
    const target = join(base, "dist", relative(base, file));
    const copied = statSync(target, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const isCurrent = copied >= statSync(file).mtimeMs;
    if (!isCurrent) cpSync(file, target);
  }
}

/**
 * The compiler leaves the output of a deleted source; an import of it would still work here, and only here.
 *
 * @param {string} folder
 */
function removeOrphans(folder) {
  const base = join(root, folder);
  for (const file of filesUnder(join(base, "dist"), []).filter((each) =>
    /\.(js|d\.ts|d\.ts\.map)$/.test(each),
  )) {
    const source = join(
      base,
      relative(join(base, "dist"), file).replace(/(\.d\.ts|\.d\.ts\.map|\.js)$/, ".ts"),
    );
    if (!existsSync(source) && !isAsset(file)) rmSync(file);
  }
}
