/** What a file of ours stands on: the files that it imports, to whatever depth. Types count like values. */

import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g;

/**
 * @returns The entries, and every file of ours that one of them imports.
 * @throws Error if an entry or a relative import of one does not exist.
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
      const imported = resolved(root, file, name as string);
      if (imported) open.push({ file: imported, from: file });
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
