import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Writes a file so that at any moment the path holds what was there before or all of the new content.
 *
 * @param beside Where it is written first, in the same folder; by default one that no other process uses.
 */
export function writeAtomically(
  path: string,
  content: string | Uint8Array,
  beside = `${path}.${process.pid}.part`,
): void {
  try {
    const file = openSync(beside, "w");
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
