/** Classes where one person's work was expected: a folder or an archive for each week or group. */

import type { Leaf, Tree } from "../files/tree.ts";
import { cut } from "../layouts/layout.ts";
import { type Listed, Unreadable } from "../submission.ts";
import { assign } from "./assign.ts";
import { isCrowd } from "./plain-class.ts";
import { platformOf, viewAt } from "./recognise.ts";

/** So many archives are looked into: what holds of them holds of the others. */
const MOST_OPENED = 40;

/**
 * The folders and archives at `top` that hold what several people handed in: those that a platform named, or, where it is so in half
 * of them or more, those in which the same exercise lies under several names.
 */
export async function classesInside(tree: Tree, top: string, course: readonly Listed[]): Promise<string[]> {
  const found: { name: string; platform: boolean; crowd: boolean }[] = [];
  for (const [name, inner] of folderTrees(tree, top)) found.push({ name, ...lookAt(inner, course) });
  const archives = tree.leaves.filter(
    ({ path, refusal }) =>
      refusal === undefined && path.startsWith(top) && /^[^/]+\.zip$/i.test(path.slice(top.length)),
  );
  for (const leaf of archives.slice(0, MOST_OPENED)) {
    const name = leaf.path.slice(top.length);
    try {
      const inner = await leaf.archive(leaf.path);
      found.push({ name, ...lookAt(inner, course) });
      await inner.close?.();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
    }
  }
  const crowded = found.filter(({ crowd }) => crowd);
  const counted = crowded.length >= found.length / 2 ? crowded : [];
  return found.filter((one) => one.platform || counted.includes(one)).map(({ name }) => name);
}

function lookAt(tree: Tree, course: readonly Listed[]): { platform: boolean; crowd: boolean } {
  const seen = platformOf(tree, course);
  return {
    platform: seen !== undefined && assign(tree, seen.layout, seen.top, course).groups.length > 1,
    crowd: isCrowd(viewAt(tree, "").paths, course),
  };
}

/** What lies in each folder at `top`. */
function folderTrees({ leaves, folders }: Tree, top: string): Map<string, Tree> {
  const trees = new Map<string, { leaves: Leaf[]; folders: string[]; noise: string[]; notes: [] }>();
  const inside = (path: string) => {
    if (!path.startsWith(top)) return undefined;
    const [name, rest] = cut(path.slice(top.length));
    if (rest === "") return undefined;
    const tree = trees.get(name) ?? { leaves: [], folders: [], noise: [], notes: [] };
    trees.set(name, tree);
    return { tree, rest };
  };
  for (const leaf of leaves) {
    const place = inside(leaf.path);
    place?.tree.leaves.push({ ...leaf, path: place.rest });
  }
  for (const folder of folders) {
    const place = inside(folder);
    place?.tree.folders.push(place.rest);
  }
  return trees;
}
