/** A kit as a learner has it: unpacked where nothing of the course is, with its packages installed. */

import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { KitFiles } from "./kit.ts";

export const root = join(import.meta.dirname, "../..");
const OWN: Readonly<Record<string, string>> = { flowlab: "lib", "flowlab-grader": "grader" };

const folders: string[] = [];

/** For `afterAll`. */
export function removeKits(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Writes the files, and links the packages of the course in the place of `npm ci`. */
export function unpack(files: KitFiles): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "flowlab-kit-")));
  folders.push(folder);
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  installPackages(folder);
  return folder;
}

/** In the place of `npm ci`, for a kit that lies there. */
export function installPackages(folder: string): void {
  for (const place of ["node_modules", "grader/node_modules"]) linkPackages(folder, place);
  for (const [name, own] of Object.entries(OWN))
    symlinkSync(join(folder, own), join(folder, "node_modules", name), "junction");
}

function linkPackages(folder: string, place: string): void {
  if (!existsSync(join(root, place))) return;
  mkdirSync(join(folder, place));
  for (const name of readdirSync(join(root, place)))
    if (!(name in OWN) && !name.startsWith("."))
      symlinkSync(join(root, place, name), join(folder, place, name), "junction");
}

/** One of the kit's own programs, as npm starts it. */
export function runInKit(folder: string, program: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--conditions=flowlab:compiled", join(folder, program), ...args],
    { cwd: folder, encoding: "utf8", env: { ...process.env, INIT_CWD: folder, NO_COLOR: "1", NODE_ENV: "" } },
  );
  return { status, stdout, stderr };
}
