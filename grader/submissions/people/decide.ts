/** Which layout a tree is in, by its platform's names, by what stands at its top, or because somebody said so. */

import { readLeaf } from "../answers/leaf.ts";
import { isAnswered } from "../answers/untouched.ts";
import { type Budget, shareOf } from "../budget.ts";
import { isCandidate, type Leaf, type Tree } from "../files/tree.ts";
import type { Layout } from "../layouts/layout.ts";
import { PLATFORMS, plainLayouts } from "../layouts/list.ts";
import { isCourseCopy } from "../layouts/own-folder.ts";
import { type Findings, type Listed, Unreadable } from "../submission.ts";
import { classesInside } from "./classes-inside.ts";
import { plainLayout } from "./plain-class.ts";
import { onlyFolder, platformOf, type Seen, suspect, viewAt } from "./recognise.ts";

export interface Deciding {
  readonly course: readonly Listed[];
  /** In place of what the names say. */
  readonly layout?: string;
}

/**
 * @param path What is decided upon, for messages.
 * @param early Gets what loose files hold, where that had to be read to decide.
 * @throws Unreadable if several layouts are possible; the message names them.
 */
export async function layoutOf(
  tree: Tree,
  path: string,
  options: Deciding,
  early: Map<Leaf, Findings>,
): Promise<Seen> {
  const { layout: wanted, course } = options;
  if (wanted !== undefined) {
    const layout = [...PLATFORMS, ...plainLayouts(course)].find(({ name }) => name === wanted) as Layout;
    return force(tree, layout, path, course);
  }
  const platform = platformOf(tree, course);
  if (platform) return platform;
  const top = plainTop(tree, course);
  const maybe = suspect(tree, course);
  if (maybe.length > 0)
    throw doubtful(path, "some of it is named as a platform names files, and some is not", [
      ...maybe,
      "folders",
    ]);
  const view = viewAt(tree, top);
  const loose = tree.leaves.filter(
    ({ path }) => isCandidate(path) && path.startsWith(top) && !path.slice(top.length).includes("/"),
  );
  const budgets = new Map(loose.map((leaf) => [leaf, shareOf(loose.length)]));
  const found = await plainLayout(view, course, async (path) => {
    const leaf = loose.find((candidate) => candidate.path === top + path);
    if (!leaf || leaf.refusal !== undefined) return { exercises: [], answered: false };
    const findings = early.get(leaf) ?? (await readEarly(leaf, top, budgets.get(leaf) as Budget, options));
    early.set(leaf, findings);
    const { sources } = findings;
    return { exercises: sources.map(({ exerciseId }) => exerciseId), answered: sources.some(isAnswered) };
  });
  if ("why" in found)
    throw doubtful(
      path,
      found.why,
      found.layouts.map(({ name }) => name),
    );
  if (found.name === "folders") {
    const classes = await classesInside(tree, top, course);
    if (classes.length > 0)
      throw new Unreadable(
        `${path}: ${classes.slice(0, 3).join(", ")} may hold the work of several people. Grade them one at a time or, if each is one person's, with --layout folders`,
      );
  }
  return { layout: found, top };
}

const doubtful = (path: string, why: string, layouts: readonly string[]): Unreadable =>
  new Unreadable(
    `${path}: ${why}. Say whose it is: ${layouts.map((name) => `--layout ${name}`).join(" or ")}`,
  );

/** The only folder at the top is looked into, and the only one in that, up to the course's own. */
function plainTop(tree: Tree, course: readonly Listed[]): string {
  let top = "";
  for (let view = viewAt(tree, top); ; view = viewAt(tree, top)) {
    const below = onlyFolder(view);
    if (below === undefined || !view.paths.some(isCandidate) || isCourseCopy(view, course)) return top;
    top += below;
  }
}

/** A layout that somebody asked for holds from where it names most. */
function force(tree: Tree, layout: Layout, path: string, course: readonly Listed[]): Seen {
  if (!PLATFORMS.includes(layout)) return { layout, top: plainTop(tree, course) };
  for (let top: string | undefined = ""; top !== undefined; ) {
    const view = viewAt(tree, top);
    const place = layout.see(view, course);
    if (view.paths.some((inside) => place(inside)?.person)) return { layout, top };
    const below: string | undefined = onlyFolder(view);
    top = below === undefined ? undefined : top + below;
  }
  throw new Unreadable(
    `${path}: nothing in it is named as in the layout ${layout.name} (${layout.description})`,
  );
}

function readEarly(leaf: Leaf, top: string, budget: Budget, { course }: Deciding): Promise<Findings> {
  return unlessUnreadable(leaf.path, () => {
    budget.bytes(leaf.size, leaf.path);
    return readLeaf(leaf, leaf.path.slice(Math.max(0, top.lastIndexOf("/", top.length - 2) + 1)), leaf.path, {
      course,
      budget,
    });
  });
}

export async function unlessUnreadable(path: string, read: () => Promise<Findings>): Promise<Findings> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { sources: [], notes: [error.message], files: [{ path, reason: error.message }] };
  }
}
