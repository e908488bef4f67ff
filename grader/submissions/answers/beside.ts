/**
 * The files that an answer imports, found beside it in the same person's work. They are read as text and become modules of its
 * program; none of them is ever a file in the sandbox.
 */

import { posix } from "node:path";
import type { Program } from "../../harness/program.ts";
import { sizeText } from "../limits.ts";
import { type Findings, type Source, Unreadable } from "../submission.ts";
import { readScriptText } from "./reader.ts";

/** Reads a file of the same person's work by its path; undefined if there is none. */
export type Beside = (path: string) => Promise<string | undefined>;

const MOST_FILES = 20;
const MOST_CHARACTERS = 512 * 1024;

/**
 * A file's findings with the files that its answers import.
 *
 * @param path The file's own path in the person's work, with `/`.
 * @param originOf What a file of that path is called in messages.
 */
export async function withBeside(
  found: Findings,
  path: string,
  beside: Beside,
  originOf: (path: string) => string,
): Promise<Findings> {
  const sources: Source[] = [];
  const notes: string[] = [];
  const used = new Set<string>();
  for (const source of found.sources) {
    const imports = source.imports ?? found.imports ?? [];
    const files = await bring(source, imports, path, beside, notes);
    for (const other of files.keys()) used.add(other);
    if (files.size === 0) sources.push(source);
    else if (source.program) sources.push(besideNotebook(source, source.program, folderOf(path), files));
    else sources.push(together(source, path, new Map([[path, source.code], ...files])));
  }
  if (used.size === 0 && notes.length === 0) return found;
  return { ...found, sources, notes: [...found.notes, ...notes], used: [...used].map(originOf) };
}

/** The files that an answer imports, directly or through others, by their paths. */
async function bring(
  { code, origin, program }: Source,
  imports: readonly string[],
  path: string,
  beside: Beside,
  notes: string[],
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const pending = imports.map((from) => ({ from, by: path }));
  const own = new Map(program ? [] : [[path, code]]);
  let size = code.length;
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const other = await firstOf(candidates(next.from, next.by), beside, new Map([...own, ...files]));
    if (!other || own.has(other.path) || files.has(other.path)) continue;
    if (program && !other.path.startsWith(folderOf(path))) {
      notes.push(
        `${origin} imports "${next.from}", which lies outside of the notebook's folder and was left out: put it beside the notebook`,
      );
      continue;
    }
    size += other.code.length;
    if (files.size >= MOST_FILES || size > MOST_CHARACTERS) {
      notes.push(
        `${origin} imports more than ${MOST_FILES} files or ${sizeText(MOST_CHARACTERS)}; the rest was left out`,
      );
      break;
    }
    files.set(other.path, other.code);
    for (const from of await importsOf(other.code, other.path)) pending.push({ from, by: other.path });
  }
  return files;
}

/** A notebook's cells have their addresses in the top folder, as if it were theirs; so have the files in it. */
function besideNotebook(
  source: Source,
  program: Program,
  folder: string,
  files: ReadonlyMap<string, string>,
): Source {
  const modules = [...files].map(([one, code]) => ({ path: address(one.slice(folder.length)), code }));
  return {
    ...source,
    program: { ...program, modules: [...modules, ...program.modules] },
    code: [source.code, ...shownFiles(files, folder)].join("\n\n"),
  };
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
const address = (path: string): string => path.split("/").map(encodeURIComponent).join("/");
const shownFiles = (files: ReadonlyMap<string, string>, folder: string): string[] =>
  [...files].map(([one, code]) => `// ${one.slice(folder.length)}\n${code}`);

async function importsOf(code: string, path: string): Promise<readonly string[]> {
  try {
    return (await readScriptText(code, path, [])).imports;
  } catch (error) {
    if (error instanceof Unreadable) return [];
    throw error;
  }
}

/** What an answer imports is part of it, and not left out. */
export function withoutUsed(found: readonly Findings[]): Findings[] {
  const used = new Set(found.flatMap((findings) => findings.used ?? []));
  return found.map((findings) =>
    findings.strays?.some(({ origin }) => used.has(origin)) ? { ...findings, strays: [] } : findings,
  );
}

/** `./helpers` may be `helpers.ts`; TypeScript also writes `./helpers.js` for it. Nothing outside of the work is looked for. */
function candidates(from: string, by: string): string[] {
  const path = posix.join(posix.dirname(by), from);
  const all = [path, `${path}.ts`, path.replace(/\.m?js$/, ".ts"), `${path}/index.ts`];
  return [...new Set(all)].filter(
    (one) => one.endsWith(".ts") && !one.startsWith("../") && !one.startsWith("/"),
  );
}

async function firstOf(paths: readonly string[], beside: Beside, known: ReadonlyMap<string, string>) {
  for (const path of paths) {
    const code = known.get(path) ?? (await beside(path));
    if (code !== undefined) return { path, code };
  }
  return undefined;
}

function together(source: Source, path: string, files: ReadonlyMap<string, string>): Source {
  const top = commonFolder([...files.keys()]);
  const modules = [...files].map(([one, code]) => ({ path: address(one.slice(top.length)), code }));
  const others = new Map([...files].filter(([one]) => one !== path));
  return {
    ...source,
    program: { modules, entries: [address(path.slice(top.length))] },
    code: [source.code, ...shownFiles(others, top)].join("\n\n"),
  };
}

function commonFolder(paths: readonly string[]): string {
  const folders = paths.map(folderOf);
  const shortest = folders.toSorted((a, b) => a.length - b.length)[0] ?? "";
  const parts = shortest.split("/").slice(0, -1);
  while (parts.length > 0 && !folders.every((folder) => folder.startsWith(`${parts.join("/")}/`)))
    parts.pop();
  return parts.length > 0 ? `${parts.join("/")}/` : "";
}
