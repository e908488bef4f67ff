/**
 * From what was named on the command line to submissions: files, notebooks, folders, archives.
 */

import { realpath, stat } from "node:fs/promises";
import { readArchive } from "./archive.ts";
import { type ReadOptions, submission } from "./assemble.ts";
import { withoutCourse } from "./course-copy.ts";
import { readFileAt, readFolder } from "./folder.ts";
import { groups, ownName } from "./group.ts";
import { identify } from "./identify.ts";
import { ending, MAX_ARCHIVE_DEPTH, MAX_BYTES } from "./limits.ts";
import { readNotebook } from "./notebook.ts";
import { type Findings, type Reading, type Submission, Unreadable } from "./submission.ts";
import { decodeText } from "./text.ts";
import type { Leaf, Tree } from "./tree.ts";

const NO_ANSWER = "not a notebook or TypeScript file";

/**
 * Reads one path that a person named. What is wrong inside costs only the submission it is in.
 *
 * @throws Unreadable if there is nothing at the path, or nothing that could be a submission.
 */
export async function readSubmissions(path: string, options: ReadOptions): Promise<Reading> {
  const submissions = await submissionsAt(path, options);
  const single = submissions.length === 1 && submissions[0]?.name === path;
  const layout = single
    ? { name: "one", description: "one person's work" }
    : { name: "class", description: "a folder, an archive or a file for each person" };
  return { submissions, layout: { path, ...layout, beside: [] } };
}

async function submissionsAt(path: string, options: ReadOptions): Promise<Submission[]> {
  const about = await stat(path).catch(() => undefined);
  if (!about) throw new Unreadable(`${path} does not exist, or may not be read`);
  if (about.isDirectory())
    return readTree(await readFolder(path), path.replace(/[/\\]+$/, "") || path, "/", 0, options);
  if (!(ending(path) in MAX_BYTES)) {
    throw new Unreadable(
      `${path} is not a submission: expected a .ts file, an .ipynb notebook, a folder or a .zip`,
    );
  }
  if (ending(path) === ".zip") return readZip(() => readFileAt(path, true), path, 0, options);
  // The folder above says which exercise it is, also when the path was given from inside that folder.
  const place = (await realpath(path)).split(/[/\\]/).slice(-2).join("/");
  const findings = await readLeaf({ path: place, read: () => readFileAt(path, true) }, path, options);
  return [submission(path, [findings], options)];
}

async function readZip(
  read: Leaf["read"],
  name: string,
  depth: number,
  options: ReadOptions,
): Promise<Submission[]> {
  try {
    return await readTree(await readArchive(await read(), name), name, " › ", depth, options);
  } catch (error) {
    if (error instanceof Unreadable)
      return [{ name, sources: [], notes: [], files: [], problem: error.message }];
    throw error;
  }
}

async function readTree(
  tree: Tree,
  name: string,
  join: string,
  depth: number,
  options: ReadOptions,
): Promise<Submission[]> {
  const found: Submission[] = [];
  for (const group of groups(tree, options.course)) {
    const whole = group.name === "" ? name : `${name}${join}${group.name}`;
    found.push(await readGroup(group, whole, depth, options));
  }
  return found.length > 0 ? found : [submission(name, [], options)];
}

/** Everything that one person handed in; an archive in it is opened and belongs to her as a whole. */
async function readGroup(
  group: Tree,
  name: string,
  depth: number,
  options: ReadOptions,
): Promise<Submission> {
  return submission(name, await readLeaves(group, "", depth, options), options);
}

/** @param inside What to put before paths: the archive that the files come from. */
async function readLeaves(
  tree: Tree,
  inside: string,
  depth: number,
  options: ReadOptions,
): Promise<Findings[]> {
  const { leaves, note } = withoutCourse(tree.leaves, options.course);
  const notes = [...tree.notes.map(({ text }) => `${inside}${text}`), ...(note ? [note] : [])];
  const files = [...tree.others.map((path) => ({ path: `${inside}${path}`, reason: NO_ANSWER }))];
  const found: Findings[] = [{ sources: [], notes, files }];
  for (const { path, read } of leaves)
    found.push(...(await readAny({ path: `${inside}${path}`, read }, depth, options)));
  return found;
}

async function readAny(leaf: Leaf, depth: number, options: ReadOptions): Promise<Findings[]> {
  if (ending(leaf.path) !== ".zip") return [await readLeaf(leaf, leaf.path, options)];
  if (depth >= MAX_ARCHIVE_DEPTH) {
    return [
      { sources: [], notes: [`${leaf.path} is an archive in an archive in an archive and was not opened`] },
    ];
  }
  try {
    const tree = await readArchive(await leaf.read(), leaf.path);
    return await readLeaves(tree, `${leaf.path}/`, depth + 1, options);
  } catch (error) {
    if (error instanceof Unreadable) return [{ sources: [], notes: [error.message] }];
    throw error;
  }
}

/** A `.ts` file or a notebook. */
async function readLeaf(leaf: Leaf, origin: string, options: ReadOptions): Promise<Findings> {
  const found = await contentsOf(leaf, origin, options);
  const taken = found.sources.length > 0 || (found.strays ?? []).length > 0;
  const reason = taken ? {} : { reason: found.notes[0] ?? "holds no answer" };
  return { ...found, files: [{ path: leaf.path, ...reason }] };
}

async function contentsOf(leaf: Leaf, origin: string, options: ReadOptions): Promise<Findings> {
  try {
    const text = decodeText(await leaf.read(), origin);
    if (ending(leaf.path) === ".ipynb") return readNotebook(text, origin, options.course);
    return readScript(leaf.path, text, origin, options);
  } catch (error) {
    if (error instanceof Unreadable) return { sources: [], notes: [error.message] };
    throw error;
  }
}

function readScript(path: string, code: string, origin: string, { course }: ReadOptions): Findings {
  const found = identify(ownName(path), code, course);
  if (found && "id" in found) return { sources: [{ exerciseId: found.id, code, origin }], notes: [] };
  if (found)
    return {
      sources: [],
      notes: [`${origin} says that it is exercise ${found.unknown}, which this course does not have`],
    };
  // The source of a notebook, not an answer.
  if (/^\s*\/\/ %%/m.test(code.slice(0, 4096))) return { sources: [], notes: [] };
  return { sources: [], notes: [], strays: [{ code, origin }] };
}
