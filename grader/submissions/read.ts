/**
 * From what was named on the command line to submissions: files, notebooks, folders, archives.
 */

import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { openArchive } from "./archive.ts";
import { type Asked, submission } from "./assemble.ts";
import { assign, type Group, type Placed } from "./assign.ts";
import { type Beside, withBeside } from "./beside.ts";
import { type Budget, shareOf } from "./budget.ts";
import { classesInside } from "./classes-inside.ts";
import { fileName } from "./file-name.ts";
import { fileLeaf, readFolder } from "./folder.ts";
import type { Layout } from "./layouts/layout.ts";
import { LAYOUT_NAMES, PLATFORMS, plainLayouts } from "./layouts/list.ts";
import { isCourseCopy, onePerson } from "./layouts/own-folder.ts";
import { liesBeside } from "./layouts/plain.ts";
import { readLeaf } from "./leaf.ts";
import { ending, MAX_ARCHIVE_DEPTH, MAX_BYTES, MAX_METADATA_BYTES, MAX_PEOPLE } from "./limits.ts";
import { readPerson } from "./person.ts";
import { plainLayout } from "./plain-class.ts";
import { emptyFolders, onlyFolder, platformOf, type Seen, suspected, viewAt } from "./recognise.ts";
import {
  type Findings,
  type HandedIn,
  type Listed,
  type Reading,
  type Submission,
  Unreadable,
} from "./submission.ts";
import { decodeText } from "./text.ts";
import { isCandidate, type Leaf, type Tree } from "./tree.ts";
import { answered } from "./untouched.ts";

export interface ReadOptions extends Asked {
  /** In place of what the names say. */
  readonly layout?: string;
}

/**
 * Reads one path that a person named. What is wrong inside costs only the submission it is in.
 *
 * @throws Unreadable if there is nothing at the path, nothing that could be a submission, or several people's work that cannot be
 * told apart; the message then names the layouts to choose from.
 */
export async function readSubmissions(path: string, options: ReadOptions): Promise<Reading> {
  const about = await stat(path).catch(() => undefined);
  if (!about) throw new Unreadable(`${path} does not exist, or may not be read`);
  if (options.layout !== undefined && !LAYOUT_NAMES.includes(options.layout))
    throw new Unreadable(`no layout is called ${options.layout}; there are ${LAYOUT_NAMES.join(", ")}`);
  const name = path.replace(/[/\\]+$/, "") || path;
  if (about.isDirectory())
    return readTree(await readFolder(path), { path: name, name, join: "/", depth: 0 }, options);
  if (!(ending(path) in MAX_BYTES)) {
    throw new Unreadable(
      `${path} is not a submission: expected a .ts file, an .ipynb notebook, a folder or a .zip`,
    );
  }
  if (ending(path) === ".zip") return readZip(path, options);
  return readSingle(path, options);
}

/**
 * The learner's own work in this copy of the course: what she wrote in the editor and in the notebooks, as one submission.
 *
 * @param project The course's folder.
 * @param name What the submission is called.
 */
export async function readOwnCourse(project: string, name: string, options: ReadOptions): Promise<Reading> {
  const tree = await readFolder(project, OWN_PLACES);
  return readTree(tree, { path: name, name, join: "/", depth: 0 }, { ...options, layout: "course" });
}

/** Where a learner works in the course's folder. */
export const OWN_PLACES: readonly string[] = ["exercises", "notebooks"];

async function readSingle(path: string, options: ReadOptions): Promise<Reading> {
  // The folder above says which exercise it is, also when the path was given from inside that folder.
  const place = (await realpath(path)).split(/[/\\]/).slice(-2).join("/");
  const leaf = { ...(await fileLeaf(path, path, true)), path: place };
  const found = await unlessUnreadable(path, async () => {
    const alone = await readLeaf(leaf, place, path, { course: options.course, budget: shareOf(1) });
    return withBeside(alone, place, besideAt(path, place), (other) => join(dirname(path), basename(other)));
  });
  return reading([submission(path, [found], options)], path, onePerson);
}

/** Files in the folder of a file that was named by itself. */
function besideAt(file: string, place: string): Beside {
  const folder = place.slice(0, place.lastIndexOf("/") + 1);
  return async (path) => {
    if (!path.startsWith(folder) || path.slice(folder.length).includes("/")) return undefined;
    const at = join(dirname(file), path.slice(folder.length));
    try {
      return decodeText(await (await fileLeaf(at, at, false)).read(), at);
    } catch (error) {
      if (error instanceof Unreadable) return undefined;
      throw error;
    }
  };
}

async function readZip(path: string, options: ReadOptions): Promise<Reading> {
  let tree: Tree;
  try {
    tree = await openArchive(path, true);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const file = { path, reason: error.message };
    return reading(
      [{ name: path, sources: [], notes: [], files: [file], problem: error.message }],
      path,
      onePerson,
    );
  }
  try {
    return await readTree(tree, { path, name: path, join: " › ", depth: 0 }, options);
  } finally {
    await tree.close?.();
  }
}

const reading = (
  submissions: readonly Submission[],
  path: string,
  layout: Layout,
  beside: readonly HandedIn[] = [],
): Reading => ({
  submissions,
  layout: { path, name: layout.name, description: layout.description, beside },
});

/** Where a tree comes from. */
interface Origin {
  readonly path: string;
  /** What submissions are called by, and what stands between it and a person's name. */
  readonly name: string;
  readonly join: string;
  /** Archives around it. */
  readonly depth: number;
}

async function readTree(tree: Tree, origin: Origin, options: ReadOptions): Promise<Reading> {
  const inner = soleArchive(tree);
  if (inner && origin.depth < MAX_ARCHIVE_DEPTH && options.layout === undefined) {
    const name = `${origin.name}${origin.join}${inner.path}`;
    const opened = await inner.archive(inner.path).catch((error: unknown) => {
      if (error instanceof Unreadable) return undefined;
      throw error;
    });
    try {
      if (opened)
        return await readTree(opened, { ...origin, name, join: " › ", depth: origin.depth + 1 }, options);
    } finally {
      await opened?.close?.();
    }
  }
  const early = new Map<Leaf, Findings>();
  const { layout, top } = await layoutOf(tree, origin, options, early);
  const { groups, beside } = assign(tree, layout, top);
  if (groups.length > MAX_PEOPLE)
    throw new Unreadable(
      `${origin.path} holds the work of ${groups.length} people; at most ${MAX_PEOPLE} are graded in one run`,
    );
  const names = await namesOf(tree, layout, top);
  const submissions: Submission[] = [];
  const handouts: HandedIn[] = [];
  for (const group of groups) {
    const whole = [top.replace(/\/$/, ""), names.get(group.id) ?? group.name]
      .filter((part) => part !== "")
      .join("/");
    const name = whole === "" ? origin.name : `${origin.name}${origin.join}${whole}`;
    const reader = {
      course: options.course,
      budget: shareOf(groups.length),
      depth: origin.depth,
      read: early,
    };
    const notes: Findings = { sources: [], notes: group.notes };
    const found = [notes, ...(await readPerson(group.files, group.noise, reader))];
    const handout = groups.length > 1 ? handoutIn(group, found, options) : undefined;
    if (handout) handouts.push(handout);
    else submissions.push(submission(name, found, options));
  }
  if (submissions.length === 0)
    submissions.push(
      submission(origin.name, [{ sources: [], notes: [], files: [...beside, ...handouts] }], options),
    );
  return reading(submissions, origin.path, layout, [...beside, ...handouts]);
}

/** The only file, if it is an archive: what lies in it may be a class. */
function soleArchive(tree: Tree): Leaf | undefined {
  const files = tree.leaves.filter(({ path }) => !liesBeside(path));
  const [only] = files;
  if (files.length !== 1 || !only || only.refusal !== undefined || !/\.zip$/i.test(only.path))
    return undefined;
  return emptyFolders(viewAt(tree, "")).length === 0 && !platformOf(tree) ? only : undefined;
}

async function layoutOf(
  tree: Tree,
  origin: Origin,
  options: ReadOptions,
  early: Map<Leaf, Findings>,
): Promise<Seen> {
  const { layout: wanted, course } = options;
  if (wanted !== undefined) {
    const layout = [...PLATFORMS, ...plainLayouts(course)].find(({ name }) => name === wanted) as Layout;
    return forced(tree, layout, origin, course);
  }
  const platform = platformOf(tree);
  if (platform) return platform;
  const top = plainTop(tree, course);
  const maybe = suspected(tree);
  if (maybe.length > 0)
    throw doubtful(origin, "some of it is named as a platform names files, and some is not", [
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
    if (!leaf || leaf.refusal !== undefined) return [];
    const findings = early.get(leaf) ?? (await readEarly(leaf, top, budgets.get(leaf) as Budget, options));
    early.set(leaf, findings);
    return findings.sources.filter(answered).map(({ exerciseId }) => exerciseId);
  });
  if ("why" in found)
    throw doubtful(
      origin,
      found.why,
      found.layouts.map(({ name }) => name),
    );
  if (found.name === "folders") {
    const classes = await classesInside(tree, top, course);
    if (classes.length > 0)
      throw doubtful(
        origin,
        `${classes.slice(0, 3).join(", ")} may hold the work of several people: name one at a time, or, if each is one person's`,
        ["folders"],
      );
  }
  return { layout: found, top };
}

const doubtful = ({ path }: Origin, why: string, layouts: readonly string[]): Unreadable =>
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
function forced(tree: Tree, layout: Layout, { path }: Origin, course: readonly Listed[]): Seen {
  if (!PLATFORMS.includes(layout)) return { layout, top: plainTop(tree, course) };
  for (let top: string | undefined = ""; top !== undefined; ) {
    const view = viewAt(tree, top);
    const place = layout.see(view);
    if (view.paths.some((inside) => place(inside)?.person)) return { layout, top };
    const below: string | undefined = onlyFolder(view);
    top = below === undefined ? undefined : top + below;
  }
  throw new Unreadable(
    `${path}: nothing in it is named as in the layout ${layout.name} (${layout.description})`,
  );
}

function readEarly(leaf: Leaf, top: string, budget: Budget, { course }: ReadOptions): Promise<Findings> {
  return unlessUnreadable(leaf.path, () => {
    budget.bytes(leaf.size, leaf.path);
    return readLeaf(leaf, leaf.path.slice(Math.max(0, top.lastIndexOf("/", top.length - 2) + 1)), leaf.path, {
      course,
      budget,
    });
  });
}

async function unlessUnreadable(path: string, read: () => Promise<Findings>): Promise<Findings> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { sources: [], notes: [error.message], files: [{ path, reason: error.message }] };
  }
}

/** What the platform's own list calls people; without it they are called by their numbers. */
async function namesOf(tree: Tree, { names }: Layout, top: string): Promise<ReadonlyMap<string, string>> {
  const list =
    names &&
    tree.leaves.find(
      ({ path, refusal }) =>
        refusal === undefined && path.startsWith(top) && names.in(path.slice(top.length)),
    );
  if (!list) return new Map();
  try {
    return names.read(decodeText(await list.read(MAX_METADATA_BYTES), list.path));
  } catch (error) {
    if (error instanceof Unreadable) return new Map();
    throw error;
  }
}

/** A loose, untouched file of the course's own name beside other people's work is what was handed out. */
function handoutIn(
  { id, files }: Group,
  found: readonly Findings[],
  { course }: ReadOptions,
): HandedIn | undefined {
  const [file] = files as readonly (Placed | undefined)[];
  if (!file || files.length !== 1 || id !== `file ${file.place.path}`) return undefined;
  if (!fileName(file.place.path, course).own) return undefined;
  const sources = found.flatMap((findings) => findings.sources);
  return sources.length > 0 && !sources.some(answered)
    ? { path: file.leaf.path, reason: "untouched, as it was handed out: nobody's" }
    : undefined;
}
