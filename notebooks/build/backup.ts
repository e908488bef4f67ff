import { constants, copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { freshBackupFolder } from "../../grader/put-back/backup-folder.ts";

/**
 * Copies files that are about to be replaced to `backups/<date and time>/`, each under its own path.
 *
 * @param root The project.
 * @param paths Relative to it.
 * @param now When; it names the folder, in local time.
 * @returns The folder, relative to the project. A second call in the same second gets another one.
 */
export function keepCopies(root: string, paths: readonly string[], now = new Date()): string {
  const folder = freshBackupFolder(root, now);
  for (const path of paths) {
    const copy = join(root, folder, path);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(join(root, path), copy, constants.COPYFILE_EXCL);
  }
  return folder;
}
