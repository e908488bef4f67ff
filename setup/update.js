// npm run update -- new-kit.zip: in a kit for learners. What carries the update out is first copied, as the update replaces it, too.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isKit, pinnedNode, root, stateFolder } from "./project.js";

const updater = join(stateFolder, "updater");
const isWhole = join(updater, "whole");
/** All that the command imports, of the compiled grader. */
const parts = ["kit", "files", "put-back", "plural.js"];

/** Of an update that was interrupted there is a copy already: the one that began it goes on. */
function copyUpdater() {
  if (existsSync(isWhole)) return;
  rmSync(updater, { recursive: true, force: true });
  mkdirSync(updater, { recursive: true });
  for (const part of parts)
    cpSync(join(root, "grader", "dist", part), join(updater, part), { recursive: true });
  writeFileSync(isWhole, "");
}

function main() {
  if (!isKit) {
    console.error(
      "This folder is the course itself and no kit for learners: bring it up to date by git pull.",
    );
    return 2;
  }
  copyUpdater();
  const command = join(updater, "kit", "update-command.js");
  const { status } = spawnSync(pinnedNode(), ["--no-warnings", command, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  if (status === 0 || status === 2) rmSync(updater, { recursive: true, force: true });
  return status ?? 1;
}

process.exitCode = main();
