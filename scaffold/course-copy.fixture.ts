/** A copy of the course to write in: its sources, beside links to the packages of others. */

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const OWN: Readonly<Record<string, string>> = { flowlab: "lib", "flowlab-grader": "grader" };
const FOLDERS = ["lib", "grader", "notebooks", "solutions", "exercises", "scaffold", "setup"];
const FILES = ["package.json", "tsconfig.json", ".biome.json", ".gitignore", "README.md"];

export function copyCourse(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "flowlab-scaffold-")));
  const isWanted = (path: string) => !/[\\/](node_modules|dist)$/.test(path);
  for (const name of FOLDERS)
    cpSync(join(root, name), join(folder, name), { recursive: true, filter: isWanted });
  for (const name of FILES) cpSync(join(root, name), join(folder, name));
  linkPackages("node_modules");
  if (existsSync(join(root, "grader/node_modules"))) linkPackages("grader/node_modules");
  for (const [name, own] of Object.entries(OWN))
    symlinkSync(join(folder, own), join(folder, "node_modules", name), "junction");
  return folder;

  function linkPackages(path: string) {
    mkdirSync(join(folder, path));
    for (const name of readdirSync(join(root, path)))
      if (!(name in OWN) && !name.startsWith("."))
        symlinkSync(join(root, path, name), join(folder, path, name), "junction");
  }
}

/** Runs a script of the copy. */
export function node(folder: string, ...args: string[]) {
  const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}
