/** Sorts the files of a folder or an archive by the person whose they are. */

import { isCandidate, type Leaf, type Tree } from "../files/tree.ts";
import { cut, type Layout, type Place, type View } from "../layouts/layout.ts";
import type { HandedIn, Listed } from "../submission.ts";
import { emptyFolders, viewAt } from "./recognise.ts";

/** A file, and where it belongs in what a person handed in. */
export interface Placed {
  readonly leaf: Leaf;
  readonly place: Place;
}

export interface Group {
  readonly id: string;
  /** As the layout calls this person; empty if everything is hers. */
  readonly name: string;
  readonly files: Placed[];
  /** Of entries that were not read. */
  readonly notes: { readonly path: string; readonly text: string }[];
  /** Where files of tools and systems lie. */
  readonly noise: string[];
}

export interface Assigned {
  readonly groups: readonly Group[];
  readonly beside: readonly HandedIn[];
}

/** @param top Where the layout holds from. */
export function assign(tree: Tree, layout: Layout, top: string, course: readonly Listed[]): Assigned {
  const view = viewAt(tree, top);
  const find = placing(layout, view, course);
  const people = new Map<string, Group>();
  const beside: HandedIn[] = [];
  const groupOf = ({ person }: Place): Group | undefined => {
    if (!person) return undefined;
    const group = people.get(person.id) ?? {
      id: person.id,
      name: person.name,
      files: [],
      notes: [],
      noise: [],
    };
    people.set(person.id, group);
    return group;
  };
  /** A bad name may still say whose it was; `/etc` and `C:` are nobody. */
  const ownerOf = (path: string): Group | undefined => {
    const place = find(path);
    const known = place.person && people.get(place.person.id);
    return known ?? (/^[^/:\0]*[^/:\0.][^/:\0]*\//.test(path) ? groupOf(place) : undefined);
  };
  for (const leaf of tree.leaves) {
    const place = leaf.path.startsWith(top) ? find(leaf.path.slice(top.length)) : outside(leaf.path, layout);
    const group = groupOf(place);
    if (group) group.files.push({ leaf, place });
    else beside.push({ path: leaf.path, reason: place.aside ?? "nothing says whose this is" });
  }
  for (const folder of emptyFolders(view)) groupOf(find(folder));
  for (const { path, text } of tree.notes) {
    const group = path.startsWith(top) ? ownerOf(path.slice(top.length)) : undefined;
    if (group) group.notes.push({ path, text });
    else beside.push({ path, reason: text });
  }
  for (const path of tree.noise) {
    const place = path.startsWith(top) ? find(path.slice(top.length)) : undefined;
    // A hidden file makes nobody a person.
    const group =
      place?.person &&
      (people.get(place.person.id) ?? (path.slice(top.length).includes("/") ? groupOf(place) : undefined));
    if (group) group.noise.push(path);
    else beside.push({ path, reason: "a tool's or the system's own" });
  }
  return { groups: [...people.values()], beside };
}

/** What a layout has no place for belongs to whom its folder or name says; what can hold no answer belongs to nobody. */
function placing(layout: Layout, view: View, course: readonly Listed[]): (path: string) => Place {
  const place = layout.see(view, course);
  return (path) => {
    const found = place(path);
    if (found) return found;
    const [first, rest] = cut(path);
    if (path.includes("/")) return { person: { id: `other ${first}`, name: first }, path: rest };
    return isCandidate(path) ? { person: { id: `other ${path}`, name: path }, path } : outside(path, layout);
  };
}

const outside = (path: string, { name }: Layout): Place => ({
  path,
  aside: `not named as in the layout "${name}"`,
});
