import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stateFolder } from "./project.js";

/** @param {string} step */
const stampFile = (step) => join(stateFolder, "stamps", `${step}.json`);

/**
 * What a step left when it last finished, or undefined: never run, interrupted, or unreadable.
 *
 * @param {string} step
 */
export function readStamp(step) {
  return readJson(stampFile(step));
}

/**
 * The parsed content of a JSON file, or undefined if it is absent or broken.
 *
 * @param {string} file
 */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Record that a step finished. Always its last act: a step that was interrupted has no stamp.
 *
 * @param {string} step
 * @param {string} inputs Fingerprint of what the step depends on; a different one makes it run again.
 */
export function writeStamp(step, inputs, outcome = {}) {
  writeWhole(stampFile(step), `${JSON.stringify({ inputs, ...outcome }, null, 2)}\n`);
}

/**
 * Forget that a step finished.
 *
 * @param {string} step
 */
export function removeStamp(step) {
  rmSync(stampFile(step), { force: true });
}

/**
 * Write a file that is complete or not there at all, whenever the power fails.
 *
 * @param {string} file
 * @param {string | NodeJS.ArrayBufferView} content
 */
export function writeWhole(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID().slice(0, 8)}.tmp`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}

/**
 * A short hash of any JSON-like values.
 *
 * @param {readonly unknown[]} values
 */
export function fingerprint(...values) {
  return createHash("sha256").update(JSON.stringify(values)).digest("hex").slice(0, 32);
}

/**
 * The content of a file for a fingerprint; null if there is none.
 *
 * @param {string} file
 */
export function contentOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/**
 * Size and time of a file for a fingerprint, where reading it all would be slow; null if there is none.
 *
 * @param {string} file
 */
export function tracesOf(file) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? null : [found.size, Math.round(found.mtimeMs)];
}

/**
 * All files under a folder, sorted, without the folders that `skip` names.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export function filesUnder(folder, skip = ["node_modules", "dist"]) {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter((entry) => !skip.includes(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesUnder(path, skip) : [path];
    })
    .sort();
}
