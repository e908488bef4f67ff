/** A hash of all that one exercise's verdict depends on: its files, and those of the engine, with what they import. */

import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g;

/**
 * @param entries Files whose text and whose imports count, to whatever depth.
 * @param also Anything else that counts.
 * @throws Error if an entry or a relative import of one does not exist.
 */
export function fingerprint(root: string, entries: readonly string[], also: readonly string[] = []): string {
  const hash = createHash("sha256");
  for (const text of [process.version, lockfile(root), ...also]) hash.update(`${text}\0`);
  for (const file of [...reachable(root, entries)].sort())
    hash.update(`${relative(root, file)}\0${readFileSync(file)}\0`);
  return hash.digest("hex");
}

/** Packages of others count by their versions. */
function lockfile(root: string): string {
  const file = join(root, "package-lock.json");
  return existsSync(file) ? createHash("sha256").update(readFileSync(file)).digest("hex") : "";
}

function reachable(root: string, entries: readonly string[]): Set<string> {
  const found = new Set<string>();
  const open = entries.map((entry) => join(root, entry));
  for (let file = open.pop(); file; file = open.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const [, name] of readFileSync(file, "utf8").matchAll(IMPORT)) {
      const next = resolved(root, file, name as string);
      if (next) open.push(next);
    }
  }
  return found;
}

/** Our own files only: relative ones, and the compiled library's. */
function resolved(root: string, from: string, name: string): string | undefined {
  if (name.startsWith(".")) return join(dirname(from), name);
  if (name === "flowlab" || name.startsWith("flowlab/")) {
    const path = name === "flowlab" ? "flowlab/dist/index.js" : name;
    const file = join(root, "node_modules", path);
    return existsSync(file) ? realpathSync(file) : undefined;
  }
  return undefined;
}
