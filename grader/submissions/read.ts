/**
 * From what was named on the command line to submissions: files, notebooks, folders, archives.
 */

import { existsSync } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Beside, withBeside } from "./answers/beside.ts";
import { fileName } from "./answers/file-name.ts";
import { isFlowFile, readFlowLeaf } from "./answers/flow-file.ts";
import { type Reading as LeafReading, readLeaf } from "./answers/leaf.ts";
import { isAnswered } from "./answers/untouched.ts";
import { chaptersOfFolders } from "./answers/which.ts";
import { type Asked, submission } from "./assemble.ts";
import { boundFiles } from "./bounded.ts";
import { shareOf } from "./budget.ts";
import { openArchive } from "./files/archive.ts";
import { fileLeaf, readFolder } from "./files/folder.ts";
import { decodeText } from "./files/text.ts";
import type { Leaf, Tree } from "./files/tree.ts";
import type { Layout, Told } from "./layouts/layout.ts";
import { LAYOUT_NAMES } from "./layouts/list.ts";
import { onePerson } from "./layouts/own-folder.ts";
import { ending, MAX_BYTES, MAX_METADATA_BYTES, MAX_PEOPLE } from "./limits.ts";
import { assign, type Group, type Placed } from "./people/assign.ts";
import { layoutOf, unlessUnreadable } from "./people/decide.ts";
import { senderOf } from "./people/sender.ts";
import { unwrapTree } from "./people/unwrap.ts";
import { readPerson } from "./person.ts";
import { type Findings, type HandedIn, type Reading, type Submission, Unreadable } from "./submission.ts";

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
  if (about.isDirectory()) return readTree(await readFolder(path), { path: name, name, join: "/" }, options);
  if (!(ending(path) in MAX_BYTES)) {
    throw new Unreadable(
      `${path} is not a submission: expected a .ts file, an .ipynb notebook, a saved flow, a folder or a .zip`,
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
  return readTree(tree, { path: name, name, join: "/" }, { ...options, layout: "course" });
}

/** Where a learner works in the course's folder. */
export const OWN_PLACES: readonly string[] = ["exercises", "notebooks"];

async function readSingle(path: string, options: ReadOptions): Promise<Reading> {
  // The folder above says which exercise it is, also when the path was given from inside that folder.
  const place = (await realpath(path)).split(/[/\\]/).slice(-2).join("/");
  const leaf = { ...(await fileLeaf(path, path, true)), path: place };
  const reader = {
    ...hintsOf(options),
    budget: shareOf(1),
    chapterBeside: async () => {
      const beside = await readdir(dirname(path)).catch(() => []);
      return chaptersOfFolders(beside, options.course)("");
    },
  };
  const found = await unlessUnreadable(path, async () => {
    const alone = await readLeaf(leaf, place, path, reader);
    return withBeside(alone, place, besideAt(path, place), (other) => join(dirname(path), basename(other)));
  });
  const flows = await flowsBeside(path, found, reader);
  const { person } = fileName(basename(path), options.course);
  const sender = {
    layout: onePerson.name,
    entries: [basename(path)],
    people: person === "" ? [] : [{ label: person }],
  };
  return reading([{ ...submission(path, [found, ...flows], options), sender }], path, onePerson);
}

const hintsOf = ({ course, only }: ReadOptions) => ({ course, ...(only && { only }) });

/** The saved flows that belong to a notebook or a `.ts` file: under their own names in its folder, as its code leaves them there. */
async function flowsBeside(
  path: string,
  { sources, asked = [] }: Findings,
  reader: LeafReading,
): Promise<Findings[]> {
  if (isFlowFile(path)) return [];
  const ids = new Set([...asked, ...sources.map(({ exerciseId }) => exerciseId)]);
  const names = reader.course.flatMap(({ id, file }) => (file && ids.has(id) ? [file.name] : []));
  const places = names.map((name) => join(dirname(path), name)).filter((place) => existsSync(place));
  return Promise.all(
    places.map(async (place) => readFlowLeaf(await fileLeaf(place, basename(place)), place, reader)),
  );
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
    return await readTree(tree, { path, name: path, join: " › " }, options);
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
}

async function readTree(whole: Tree, origin: Origin, options: ReadOptions): Promise<Reading> {
  const { tree, depth, beside, close } = await unwrapTree(whole, options.course);
  try {
    return await readPeople(tree, depth, beside, origin, options);
  } finally {
    await close();
  }
}

async function readPeople(
  tree: Tree,
  depth: number,
  outside: readonly HandedIn[],
  origin: Origin,
  options: ReadOptions,
): Promise<Reading> {
  const early = new Map<Leaf, Findings>();
  const { layout, top } = await layoutOf(tree, origin.path, options, early);
  const { groups, beside: left } = assign(tree, layout, top, options.course);
  if (groups.length > MAX_PEOPLE)
    throw new Unreadable(
      `${origin.path} holds the work of ${groups.length} people; at most ${MAX_PEOPLE} are graded in one run`,
    );
  const told = await listOf(tree, layout, top);
  const submissions: Submission[] = [];
  const handouts: HandedIn[] = [];
  for (const group of groups) {
    const whole = [top.replace(/\/$/, ""), told.get(group.id)?.name ?? group.name]
      .filter((part) => part !== "")
      .join("/");
    const name = whole === "" ? origin.name : `${origin.name}${origin.join}${whole}`;
    const reader = {
      ...hintsOf(options),
      budget: shareOf(groups.length),
      depth,
      read: early,
    };
    const found = await readPerson(group, reader);
    const handout = groups.length > 1 ? handoutIn(group, found, options) : undefined;
    if (handout) handouts.push(handout);
    else
      submissions.push({
        ...submission(name, found, options),
        sender: senderOf(group, layout, top, told.get(group.id) ?? alone(group, origin)),
      });
  }
  const beside = boundFiles([...outside, ...left, ...handouts]);
  if (submissions.length === 0)
    submissions.push(submission(origin.name, [{ sources: [], notes: [], files: beside }], options));
  return reading(submissions, origin.path, layout, beside);
}

/** Of somebody whose folder or archive was named by itself, its name may be hers. */
function alone({ name }: Group, { path }: Origin): Told | undefined {
  if (name !== "") return undefined;
  return { name: "", people: [{ label: basename(path).replace(/\.zip$/i, "") }] };
}

/** What the platform's own list tells of people; without it they are called by their numbers. */
async function listOf(tree: Tree, { names }: Layout, top: string): Promise<ReadonlyMap<string, Told>> {
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
  return sources.length > 0 && !sources.some(isAnswered)
    ? { path: file.leaf.path, reason: "untouched, as it was handed out: nobody's" }
    : undefined;
}
