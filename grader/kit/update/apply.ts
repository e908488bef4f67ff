/** Carries an update out: each file is old or new at any moment, and what is the learner's is first copied. */

import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { open, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeWhole } from "../../files/write-whole.ts";
import { freshBackupFolder } from "../../put-back/backup-folder.ts";
import { KIT } from "../manifest.ts";
import type { Change } from "./plan.ts";

/**
 * Interrupted anywhere, it leaves a folder from which the same update can be planned and carried out again.
 *
 * @param onChange Told before each file.
 * @returns The folder of the copies, relative to the course's; undefined if nothing of the learner's was in what changed.
 */
export async function applyChanges(
  root: string,
  changes: readonly Change[],
  onChange: (path: string) => void = () => {},
): Promise<string | undefined> {
  const hers = changes.filter(({ path, isHers }) => isHers && existsSync(join(root, path)));
  const folder = hers.length > 0 ? freshBackupFolder(root, new Date()) : undefined;
  for (const { path } of hers) {
    const copy = join(root, folder as string, path);
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(join(root, path), copy);
  }
  const drafts = await writeDrafts(root, changes);
  for (const { path, content } of changes) {
    onChange(path);
    const draft = drafts.get(path);
    if (content === undefined) rmSync(join(root, path), { force: true });
    else if (draft === undefined) await writeWhole(join(root, path), content);
    else {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      await rename(draft, join(root, path));
    }
  }
  return folder;
}

/**
 * All that is to be written but the manifest, on the disk before anything changes. Written together and then made sure of: a disk that is
 * asked after each of a thousand files takes minutes.
 */
async function writeDrafts(root: string, changes: readonly Change[]): Promise<Map<string, string>> {
  const folder = join(root, ".setup", "update");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const drafts = new Map<string, string>();
  for (const [i, { path, content }] of changes.entries()) {
    if (content === undefined || path === KIT) continue;
    drafts.set(path, join(folder, `${i}`));
    await writeFile(join(folder, `${i}`), content);
  }
  for (const draft of drafts.values()) {
    const file = await open(draft, "r+");
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }
  return drafts;
}
