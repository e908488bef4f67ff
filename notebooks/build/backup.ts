import { constants, copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Copies files that are about to be replaced to `backups/<date and time>/`, each under its own path.
 *
 * @param root The project.
 * @param paths Relative to it.
 * @param now When; it names the folder, in local time.
 * @returns The folder, relative to the project. A second call in the same second gets another one.
 */
export function keepCopies(root: string, paths: readonly string[], now = new Date()): string {
  const folder = freshFolder(root, `backups/${stamp(now)}`);
  for (const path of paths) {
    const copy = join(root, folder, path);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(join(root, path), copy, constants.COPYFILE_EXCL);
  }
  return folder;
}

function freshFolder(root: string, name: string): string {
  mkdirSync(join(root, dirname(name)), { recursive: true });
  for (let attempt = 1; ; attempt++) {
    const folder = attempt === 1 ? name : `${name}-${attempt}`;
    try {
      mkdirSync(join(root, folder));
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** "2026-03-05-141502": sorts by time, and every file system takes it. */
function stamp(now: Date): string {
  const two = (value: number) => `${value}`.padStart(2, "0");
  const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
  return `${date}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}
