/** Classes as lists of names, packed and read; what each person gets graded tells which file it came from. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exerciseCell, notebook } from "../answers/notebook.fixture.ts";
import { zip } from "../files/archive.fixture.ts";
import { noiseIn } from "../files/tree.ts";
import { readSubmissions } from "../read.ts";
import type { Listed } from "../submission.ts";

export const course: readonly Listed[] = [
  { id: "16.1", path: "01-change-of-variables/16-1-square", signatures: { density: {} } },
  { id: "16.2", path: "01-change-of-variables/16-2-sigmoid" },
  { id: "1D.density", path: "01-change-of-variables/model-density" },
  { id: "1D.sampling", path: "01-change-of-variables/sampling" },
];
export const STUB = 'export function density(x: number): number {\n  throw new Error("Not yet solved");\n}';

/** A path, or a path and what the file says instead of its own path; a final `/` makes a folder. */
export type Entry = string | readonly [path: string, content: string | Uint8Array];

export interface ReadClass {
  readonly layout: string;
  /** `id from path` by person, or the problem. */
  readonly people: Record<string, string[] | string>;
  readonly notes: Record<string, readonly string[]>;
  /** Files that are nobody's. */
  readonly beside: string[];
  /** Files of the archive that nothing accounts for. */
  readonly lost: string[];
}

export async function readClass(entries: readonly Entry[], layout?: string): Promise<ReadClass> {
  const scratch = await mkdtemp(join(tmpdir(), "flowlab-class-"));
  try {
    const path = join(scratch, "class.zip");
    const files = entries.map((entry) => (typeof entry === "string" ? ([entry, undefined] as const) : entry));
    await writeFile(path, zip(files.map(([name, content]) => ({ name, content: contentOf(name, content) }))));
    const { submissions, layout: seen } = await readSubmissions(path, { course, ...(layout && { layout }) });
    const short = (name: string) => name.slice(path.length).replace(/^ › /, "");
    const told = [...submissions.flatMap((one) => one.files), ...seen.beside].map((file) => file.path);
    const accounted = (name: string) =>
      told.some(
        (one) => one === name || one.startsWith(`${name}/`) || (one.endsWith("/") && name.startsWith(one)),
      );
    return {
      layout: seen.name,
      people: Object.fromEntries(
        submissions.map(({ name, sources, problem }) => [
          short(name),
          problem ?? sources.map(({ exerciseId, code }) => `${exerciseId} ${code}`),
        ]),
      ),
      notes: Object.fromEntries(submissions.map(({ name, notes }) => [short(name), notes])),
      beside: seen.beside.map((file) => file.path),
      lost: files
        .map(([name]) => name)
        .filter((name) => !name.endsWith("/") && noiseIn(name) === undefined && !accounted(name)),
    };
  } finally {
    await rm(scratch, { recursive: true });
  }
}

function contentOf(path: string, content: string | Uint8Array | undefined): string | Uint8Array {
  if (content instanceof Uint8Array) return content;
  if (path.endsWith(".ipynb")) return notebook([exerciseCell("16.1", content ?? path)]);
  return content ?? path;
}
