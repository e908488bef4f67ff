/** Which platform has named the files of a folder or an archive. */

import type { Tree } from "../files/tree.ts";
import { cut, type Layout, type View } from "../layouts/layout.ts";
import { PLATFORMS } from "../layouts/list.ts";
import type { Listed } from "../submission.ts";

/** A layout, and from where on it holds. */
export interface Seen {
  readonly layout: Layout;
  /** The folders above, with a final `/`; empty if there are none. */
  readonly top: string;
}

/** Of the entries at the top, so many must be named as a layout names them. */
const MAJORITY = 0.6;
/** From so many on, a layout could be meant though it has no majority. */
const SUSPICION = 0.25;

/** What lies under `top`. */
export function viewAt({ leaves, folders, noise }: Tree, top: string): View {
  const under = (paths: readonly string[]) =>
    paths.flatMap((path) => (path.startsWith(top) ? [path.slice(top.length)] : []));
  return { paths: under(leaves.map(({ path }) => path)), folders: under(folders), noise: under(noise) };
}

/** The only folder at the top of a view, with a final `/`. */
export function onlyFolder({ paths, folders }: View): string | undefined {
  const top = new Set(folders.map((path) => cut(path)[0]));
  const [only] = top;
  return top.size === 1 && only !== undefined && paths.every((path) => path.includes("/"))
    ? `${only}/`
    : undefined;
}

/** The uppermost level at which a platform's names are in the majority. */
export function platformOf(tree: Tree, course: readonly Listed[]): Seen | undefined {
  for (let top = ""; ; ) {
    const view = viewAt(tree, top);
    const [best] = fits(view, course).filter(({ share }) => share >= MAJORITY);
    if (best) return { layout: best.layout, top };
    const below = onlyFolder(view);
    if (below === undefined) return undefined;
    top += below;
  }
}

/** Platforms that named some of the entries at a level where none named most. */
export function suspect(tree: Tree, course: readonly Listed[]): string[] {
  const found = new Set<string>();
  for (let top: string | undefined = ""; top !== undefined; ) {
    const view = viewAt(tree, top);
    for (const { layout, share, entries } of fits(view, course))
      if (share >= SUSPICION && entries >= 2 && layout.name !== "google-forms" && layout.name !== "github")
        found.add(layout.name);
    const below: string | undefined = onlyFolder(view);
    top = below === undefined ? undefined : top + below;
  }
  return [...found];
}

/** Best first; of equal ones the order of the list. */
function fits(view: View, course: readonly Listed[]): { layout: Layout; share: number; entries: number }[] {
  return PLATFORMS.map((layout) => ({ layout, ...fit(layout, view, course) }))
    .filter(({ entries }) => entries > 0)
    .toSorted((a, b) => b.share - a.share);
}

/** How many of the entries at the top are named so, each counted once, however many files a folder holds. */
function fit(layout: Layout, view: View, course: readonly Listed[]): { share: number; entries: number } {
  const place = layout.see(view, course);
  const entries = new Map<string, { named: number; all: number; people: number }>();
  for (const path of [...view.paths, ...emptyFolders(view)]) {
    const found = place(path);
    const entry = entries.get(cut(path)[0]) ?? { named: 0, all: 0, people: 0 };
    entries.set(cut(path)[0], entry);
    entry.all += 1;
    if (found) entry.named += 1;
    if (found?.person) entry.people += 1;
  }
  const all = [...entries.values()];
  // A platform's own list beside other files says nothing.
  if (!all.some(({ people }) => people > 0)) return { share: 0, entries: 0 };
  const named = all.filter((entry) => entry.named > entry.all / 2).length;
  return { share: named / Math.max(1, all.length), entries: named };
}

/** Each with a final `/`. */
export function emptyFolders({ paths, folders }: View): string[] {
  const above = new Set<string>();
  for (const path of [...paths, ...folders])
    for (
      let at = path.lastIndexOf("/");
      at > 0 && !above.has(path.slice(0, at));
      at = path.lastIndexOf("/", at - 1)
    )
      above.add(path.slice(0, at));
  return folders.filter((folder) => !above.has(folder)).map((folder) => `${folder}/`);
}
