/** Classes where one person's work was expected: a folder or an archive for each week or group. */

import { assign } from "./assign.ts";
import { cut } from "./layouts/layout.ts";
import { isCrowd } from "./plain-class.ts";
import { platformOf, viewAt } from "./recognise.ts";
import { type Listed, Unreadable } from "./submission.ts";
import type { Tree } from "./tree.ts";

/** So many archives are looked into: what holds of them holds of the others. */
const MOST_OPENED = 40;

/**
 * The folders and archives at `top` that hold what several people handed in: those that a platform named, or, where it is so in half
 * of them or more, those in which the same exercise lies under several names.
 */
export async function classesInside(tree: Tree, top: string, course: readonly Listed[]): Promise<string[]> {
  const found: { name: string; platform: boolean; crowd: boolean }[] = [];
  const { paths, folders } = viewAt(tree, top);
  for (const name of new Set(
    [...paths, ...folders].filter((path) => path.includes("/")).map((path) => cut(path)[0]),
  ))
    found.push({ name, ...lookAt(within(tree, `${top}${name}/`), course) });
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
  const seen = platformOf(tree);
  return {
    platform: seen !== undefined && assign(tree, seen.layout, seen.top).groups.length > 1,
    crowd: isCrowd(viewAt(tree, "").paths, course),
  };
}

function within({ leaves, folders, noise }: Tree, top: string): Tree {
  const inside = <T>(all: readonly T[], pathOf: (one: T) => string) =>
    all.filter((one) => pathOf(one).startsWith(top));
  return {
    leaves: inside(leaves, ({ path }) => path).map((leaf) => ({
      ...leaf,
      path: leaf.path.slice(top.length),
    })),
    folders: inside(folders, (path) => path).map((path) => path.slice(top.length)),
    noise: inside(noise, (path) => path).map((path) => path.slice(top.length)),
    notes: [],
  };
}
