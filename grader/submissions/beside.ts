/**
 * The files that a `.ts` answer imports, found beside it in the same person's work. They are read as text and become modules of its
 * program; none of them is ever a file in the sandbox.
 */

import { posix } from "node:path";
import { sizeText } from "./limits.ts";
import { readScriptText } from "./reader.ts";
import { type Findings, type Source, Unreadable } from "./submission.ts";

/** Reads a file of the same person's work by its path; undefined if there is none. */
export type Beside = (path: string) => Promise<string | undefined>;

const MOST_FILES = 20;
const MOST_CHARACTERS = 512 * 1024;

/**
 * A script's findings with the files that it imports.
 *
 * @param path The script's own path in the person's work, with `/`.
 * @param originOf What a file of that path is called in messages.
 */
export async function withBeside(
  found: Findings,
  path: string,
  beside: Beside,
  originOf: (path: string) => string,
): Promise<Findings> {
  const [source] = found.sources;
  if (!source || !found.imports || found.imports.length === 0) return found;
  const files = new Map([[path, source.code]]);
  const pending = found.imports.map((from) => ({ from, by: path }));
  const notes: string[] = [];
  let size = source.code.length;
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const other = await firstOf(candidates(next.from, next.by), beside, files);
    if (!other || files.has(other.path)) continue;
    size += other.code.length;
    if (files.size > MOST_FILES || size > MOST_CHARACTERS) {
      notes.push(
        `${source.origin} imports more than ${MOST_FILES} files or ${sizeText(MOST_CHARACTERS)}; the rest was left out`,
      );
      break;
    }
    files.set(other.path, other.code);
    for (const from of await importsOf(other.code, other.path)) pending.push({ from, by: other.path });
  }
  const used = [...files.keys()].filter((one) => one !== path);
  if (used.length === 0) return found;
  return {
    ...found,
    sources: [together(source, path, files)],
    notes: [...found.notes, ...notes],
    used: used.map(originOf),
  };
}

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
  const address = (one: string) => one.slice(top.length).split("/").map(encodeURIComponent).join("/");
  const modules = [...files].map(([one, code]) => ({ path: address(one), code }));
  const shown = [...files]
    .filter(([one]) => one !== path)
    .map(([one, code]) => `// ${one.slice(top.length)}\n${code}`);
  return {
    ...source,
    program: { modules, entries: [address(path)] },
    code: [source.code, ...shown].join("\n\n"),
  };
}

function commonFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => path.slice(0, path.lastIndexOf("/") + 1));
  const shortest = folders.toSorted((a, b) => a.length - b.length)[0] ?? "";
  const parts = shortest.split("/").slice(0, -1);
  while (parts.length > 0 && !folders.every((folder) => folder.startsWith(`${parts.join("/")}/`)))
    parts.pop();
  return parts.length > 0 ? `${parts.join("/")}/` : "";
}
