/** What an update of a kit changes in a learner's folder, without changing anything yet. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { KIT, type KitManifest, sha256 } from "../manifest.ts";
import type { Kit } from "../read-kit.ts";
import { mergeNotebook } from "./merge-notebook.ts";
import { type Notebook, notebookText, parseNotebook } from "./notebook-cells.ts";

export interface Change {
  readonly path: string;
  /** Undefined: the file goes. */
  readonly content?: Uint8Array | string;
  /** Something of the learner's is in what stands there. */
  readonly isHers: boolean;
}

export interface Plan {
  /** In this order; the manifest is the last, and says that the update is whole. */
  readonly changes: readonly Change[];
  /** What a person should look at. */
  readonly notes: readonly string[];
}

/** Where learners write. */
const isWritten = (path: string): boolean => /^(?:notebooks\/[^/]+\.ipynb|exercises\/.+\.ts)$/.test(path);

/** @param before The manifest of the kit that the folder was, or still is in part. */
export function planUpdate(root: string, before: KitManifest, { manifest, manifestText, files }: Kit): Plan {
  const changes: Change[] = [];
  const notes: string[] = [];
  for (const [path, content] of files) {
    const present = contentOf(root, path);
    if (path.endsWith(".ipynb")) changes.push(...notebookChanges(root, path, before, content, notes));
    else if (present === undefined) changes.push({ path, content, isHers: false });
    else if (isSame(present, manifest.files[path])) continue;
    else if (isSame(present, before.files[path])) changes.push({ path, content, isHers: false });
    else if (isWritten(path)) {
      if (before.files[path] !== manifest.files[path])
        notes.push(keptText(path, before.files[path] === undefined));
    } else {
      notes.push(
        `${path}: you had changed this file of the course; it is the course's again, and yours is in the backup`,
      );
      changes.push({ path, content, isHers: true });
    }
  }
  for (const path of Object.keys(before.files)) {
    const present = contentOf(root, path);
    if (path in manifest.files || present === undefined) continue;
    const isHers = !isSame(present, before.files[path]);
    if (isHers && isWritten(path)) notes.push(`${path} is no longer in the course; yours is kept`);
    else changes.push({ path, isHers });
  }
  if (contentOf(root, KIT)?.toString("utf8") !== manifestText)
    changes.push({ path: KIT, content: manifestText, isHers: false });
  return { changes, notes };
}

const keptText = (path: string, isNew: boolean): string =>
  isNew
    ? `${path} is an exercise that is new; your file of that name is kept`
    : `${path} begins in another way now; yours is kept. reset() shows how it is handed out`;

function notebookChanges(
  root: string,
  path: string,
  before: KitManifest,
  content: Uint8Array,
  notes: string[],
): Change[] {
  const cells = before.notebooks[path];
  const place = cells && !existsSync(join(root, path)) ? findRenamed(root, path, before) : path;
  const present = contentOf(root, place);
  if (present === undefined) return [{ path, content, isHers: false }];
  if (place === path && isSame(present, sha256(content))) return [];
  if (place === path && isSame(present, before.files[path])) return [{ path, content, isHers: false }];
  const mine = parseNotebook(present.toString("utf8"));
  const next = parseNotebook(Buffer.from(content).toString("utf8")) as Notebook;
  if (mine === undefined) {
    notes.push(`${place} cannot be read as a notebook; it is kept as it is, and not brought up to date`);
    return [];
  }
  const merged = mergeNotebook(cells ?? [], mine, next);
  notes.push(...merged.notes.map((note) => `${place}: ${note}`));
  const text = notebookText(merged.notebook);
  return text === notebookText(mine) ? [] : [{ path: place, content: text, isHers: true }];
}

/** The learner's name for a notebook of the course: the one with most of its cells. */
function findRenamed(root: string, path: string, before: KitManifest): string {
  const ids = new Set(before.notebooks[path]?.map(({ id }) => id));
  const others = readdirSync(join(root, "notebooks")).filter(
    (name) => name.endsWith(".ipynb") && !(`notebooks/${name}` in before.files),
  );
  const [best] = others
    .map((name) => {
      const cells = parseNotebook(contentOf(root, `notebooks/${name}`)?.toString("utf8") ?? "")?.cells ?? [];
      return { name, count: cells.filter(({ id }) => id !== undefined && ids.has(id)).length };
    })
    .sort((a, b) => b.count - a.count);
  return best && best.count * 2 > ids.size ? `notebooks/${best.name}` : path;
}

function contentOf(root: string, path: string): Buffer | undefined {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** An editor or git may have given the lines other ends: nobody has written in it for that. */
function isSame(content: Buffer, expected: string | undefined): boolean {
  if (expected === undefined) return false;
  return (
    sha256(content) === expected || sha256(content.toString("utf8").replaceAll("\r\n", "\n")) === expected
  );
}
