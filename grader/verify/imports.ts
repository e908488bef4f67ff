/**
 * What a file of ours stands on: the files that it imports, to whatever depth. Types count like values.
 *
 * A file that only passes on what others export, such as the library's `index.ts`, is looked through: who imports one name from it
 * stands on what that name comes from, and not on all the rest.
 */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

interface Import {
  readonly file: string;
  /** As the imported file calls them; undefined if it may be anything. */
  readonly names?: readonly string[];
}

/** Imports of names, by a statement or an `await import`; else of anything. */
const IMPORT =
  /(?:\b(?:import|export)\s+(?:type\s+)?\{([^{}]*)\}\s*from|\{([^{}:]*)\}\s*=\s*await\s+import\s*\(|\bfrom|\bimport\s*\(?)\s*["']([^"']+)["']/g;

/** Reads each file once, for as long as it is held. */
export type ReadSource = (file: string) => Source;

export interface Source {
  readonly text: string;
  readonly imports: readonly Import[];
  /** Where a name comes from that this file passes on; undefined of a name that it does not, and of a file that does more than this. */
  readonly passesOn?: (name: string) => readonly Import[] | undefined;
}

export function readOnce(): ReadSource {
  const known = new Map<string, Source>();
  return (file) => {
    const source = known.get(file) ?? read(file);
    known.set(file, source);
    return source;
  };
}

/**
 * @returns The entries, and every file of ours that one of them imports.
 * @throws Error if an entry, or something of ours that one imports, does not exist.
 */
export function reachable(
  root: string,
  entries: readonly string[],
  source: ReadSource = readOnce(),
): Set<string> {
  const found = new Set<string>();
  const through = new Set<string>();
  const open: { file: string; by: string; name?: string | undefined }[] = entries.map((entry) => ({
    file: join(root, entry),
    by: "",
  }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { file, by, name } = next;
    const once = `${file}\0${name}`;
    if (found.has(file) || through.has(once)) continue;
    through.add(once);
    if (!existsSync(file))
      throw new Error(`${relative(root, file)} does not exist${by && `; ${relative(root, by)} imports it`}`);
    const { passesOn, imports } = source(file);
    const passed = name === undefined ? undefined : passesOn?.(name);
    if (!passed) found.add(file);
    for (const { file: imported, names = [undefined] } of passed ?? imports)
      open.push(...names.map((one) => ({ file: imported, by: file, name: one })));
  }
  return found;
}

function read(file: string): Source {
  const text = readFileSync(file, "utf8");
  const imports = [...text.matchAll(IMPORT)].flatMap(([, listed, unpacked, from = ""]) => {
    const list = listed ?? unpacked;
    const imported = resolve(file, from);
    return imported
      ? [{ file: imported, ...(list !== undefined && { names: entriesOf(list).map(([name]) => name) }) }]
      : [];
  });
  const rest = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "").replace(PASSED_ON, "");
  const onlyPassesOn = rest.trim() === "" && imports.length > 0;
  return { text, imports, ...(onlyPassesOn && { passesOn: passedOn(file, text) }) };
}

const PASSED_ON = /\bexport\s+(?:type\s+)?(?:\*|\{([^{}]*)\})\s*from\s*["']([^"']+)["'];?/g;

function passedOn(file: string, text: string): (name: string) => readonly Import[] | undefined {
  const named = new Map<string, readonly Import[]>();
  const whole: Import[] = [];
  for (const [, list, from = ""] of text.matchAll(PASSED_ON)) {
    const imported = resolve(file, from);
    if (!imported) continue;
    if (list === undefined) whole.push({ file: imported });
    else for (const [name, called] of entriesOf(list)) named.set(called, [{ file: imported, names: [name] }]);
  }
  return (name) => named.get(name) ?? (whole.length > 0 ? whole : undefined);
}

/** `a, type b as c` as what it is called there, and here. */
const entriesOf = (list: string): [there: string, here: string][] =>
  list
    .split(",")
    .map((entry) => entry.trim().replace(/^type\s+/, ""))
    .filter((entry) => entry !== "")
    .map((entry) => {
      const [there = "", here = there] = entry.split(/\s+as\s+/);
      return [there, here];
    });

/** Our own files only: relative ones, and the library's sources, which Node finds by its name. */
function resolve(from: string, name: string): string | undefined {
  if (name.startsWith(".")) return join(dirname(from), name);
  return /^flowlab(\/|$)/.test(name) ? createRequire(from).resolve(name) : undefined;
}
