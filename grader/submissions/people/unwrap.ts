/** An archive that holds nothing but an archive: what lies in that may be a class. */

import type { Leaf, Tree } from "../files/tree.ts";
import { liesBeside } from "../layouts/plain.ts";
import { MAX_ARCHIVE_DEPTH } from "../limits.ts";
import { type HandedIn, type Listed, Unreadable } from "../submission.ts";
import { emptyFolders, platformOf, viewAt } from "./recognise.ts";

export interface Unwrapped {
  /** Of the innermost archive, under its name as if that were a folder; the tree itself if it holds more than one archive. */
  readonly tree: Tree;
  /** Archives that were opened on the way. */
  readonly depth: number;
  /** What lay beside them. */
  readonly beside: readonly HandedIn[];
  close(): Promise<void>;
}

export async function unwrapTree(tree: Tree, course: readonly Listed[]): Promise<Unwrapped> {
  let current = tree;
  const opened: Tree[] = [];
  const beside: HandedIn[] = [];
  for (
    let only = soleArchive(tree, course);
    only && opened.length < MAX_ARCHIVE_DEPTH;
    only = soleArchive(current, course)
  ) {
    const inner = await openOrNone(only);
    // It stays one person's, with the reason why it cannot be opened.
    if (!inner) break;
    opened.push(inner);
    beside.push(
      ...current.leaves
        .filter((leaf) => leaf !== only)
        .map(({ path }) => ({ path, reason: "belongs to nobody in particular" })),
    );
    current = under(only.path, inner, current);
  }
  const close = async () => {
    for (const inner of opened) await inner.close?.();
  };
  return { tree: current, depth: opened.length, beside, close };
}

function soleArchive(tree: Tree, course: readonly Listed[]): Leaf | undefined {
  const [only, ...more] = tree.leaves.filter(({ path }) => !liesBeside(path));
  if (more.length > 0 || !only || only.refusal !== undefined || !/\.zip$/i.test(only.path)) return undefined;
  return emptyFolders(viewAt(tree, "")).length === 0 && !platformOf(tree, course) ? only : undefined;
}

async function openOrNone(leaf: Leaf): Promise<Tree | undefined> {
  try {
    return await leaf.archive(leaf.path);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

function under(name: string, inner: Tree, outer: Tree): Tree {
  const place = (path: string) => `${name}/${path}`;
  return {
    leaves: inner.leaves.map((leaf) => ({ ...leaf, path: place(leaf.path) })),
    folders: [name, ...inner.folders.map(place)],
    noise: [...outer.noise, ...inner.noise.map(place)],
    notes: [...outer.notes, ...inner.notes.map(({ path, text }) => ({ path: place(path), text }))],
  };
}
