/** Where copies go of what is about to be replaced: `backups/<date and time>/`. */

import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Makes a folder of its own, named by the time.
 *
 * @param root The project.
 * @returns The folder, relative to the project. A second call in the same second gets another one.
 */
export function freshBackupFolder(root: string, now: Date): string {
  const name = `backups/${stamp(now)}`;
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
