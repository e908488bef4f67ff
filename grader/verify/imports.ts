/** What a file of ours stands on: the files that it imports, to whatever depth. Types count like values. */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g;

/**
 * @returns The entries, and every file of ours that one of them imports.
 * @throws Error if an entry, or something of ours that one imports, does not exist.
 */
export function reachable(root: string, entries: readonly string[]): Set<string> {
  const found = new Set<string>();
  const open = entries.map((entry) => ({ file: join(root, entry), from: "" }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { file, from } = next;
    if (found.has(file)) continue;
    if (!existsSync(file))
      throw new Error(
        `${relative(root, file)} does not exist${from && `; ${relative(root, from)} imports it`}`,
      );
    found.add(file);
    for (const [, name] of readFileSync(file, "utf8").matchAll(IMPORT)) {
      const imported = resolve(file, name as string);
      if (imported) open.push({ file: imported, from: file });
    }
  }
  return found;
}

/** Our own files only: relative ones, and the library's sources, which Node finds by its name. */
function resolve(from: string, name: string): string | undefined {
  if (name.startsWith(".")) return join(dirname(from), name);
  return /^flowlab(\/|$)/.test(name) ? createRequire(from).resolve(name) : undefined;
}
