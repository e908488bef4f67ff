/** Everything that one person handed in: which attempt counts, what is read, what is said about the rest. */

import { type Beside, withBeside, withoutUsed } from "./answers/beside.ts";
import { fileName } from "./answers/file-name.ts";
import { isFlowFile, readFlowLeaf } from "./answers/flow-file.ts";
import { isChapter } from "./answers/identify.ts";
import { type Reading, readLeaf } from "./answers/leaf.ts";
import { chaptersOfFolders } from "./answers/which.ts";
import type { Budget } from "./budget.ts";
import { withoutCourse } from "./course-copy.ts";
import { decodeText } from "./files/text.ts";
import { compare, isCandidate, type Tree } from "./files/tree.ts";
import { MAX_ARCHIVE_DEPTH } from "./limits.ts";
import type { Group, Placed } from "./people/assign.ts";
import { lastAttempt } from "./people/attempts.ts";
import { type Findings, type Listed, Unreadable } from "./submission.ts";
import { weight } from "./weight.ts";

export interface Reader extends Reading {
  /** Archives around the files. */
  readonly depth: number;
  /** Already read, when it was decided whose it is. */
  readonly read?: ReadonlyMap<unknown, Findings>;
}

export async function readPerson(
  { files, notes: refused, noise }: Group,
  reader: Reader,
): Promise<Findings[]> {
  const { counting, left, notes } = lastAttempt(files);
  const unread = refused.map(({ path, text }) => ({ path, reason: text }));
  const tools = noise.map((path) => ({ path, reason: "a tool's or the system's own" }));
  const first: Findings = {
    sources: [],
    notes: [...refused.map(({ text }) => text), ...notes, ...noFile(files)],
    files: [...left, ...unread, ...tools],
  };
  return [first, ...(await readFiles(counting, "", reader.depth, reader))];
}

/** Somebody of whom there is only what the platform or the teacher put there. */
function noFile(files: readonly Placed[]): string[] {
  const [first] = files;
  if (!first || files.some(({ place }) => place.aside === undefined)) return [];
  const more = files.length > 1 ? ` and ${files.length - 1} more` : "";
  return [`handed in no file; there is only ${first.leaf.path} (${first.place.aside})${more}`];
}

/** @param inside What to put before paths: the archive that the files come from. */
async function readFiles(
  files: readonly Placed[],
  inside: string,
  depth: number,
  reader: Reader,
): Promise<Findings[]> {
  const found: Findings[] = [];
  const kept = withoutCourse(files, ({ place }) => place.path, reader.course);
  found.push({
    sources: [],
    notes: kept.note === undefined ? [] : [kept.note],
    files: kept.left.map(({ path, reason, file }) => ({
      path: `${inside}${above(file)}${path}`,
      ...(reason !== undefined && { reason }),
    })),
  });
  const beside = besideIn(kept.files, reader.budget);
  const originOf = (path: string) => {
    const file = kept.files.find(({ place }) => place.path === path);
    return `${inside}${file?.leaf.path ?? path}`;
  };
  const chapterBeside = chaptersOfFolders(
    kept.files.map(({ place }) => place.path),
    reader.course,
  );
  for (const file of inOrder(kept.files, reader.course)) {
    const read = await readFile(file, inside, depth, { ...reader, chapterBeside });
    // Files of an archive have been put together with those beside them in it.
    if (/\.zip$/i.test(file.leaf.path)) found.push(...read);
    else
      for (const one of read)
        found.push(await together(one, file, { beside, originOf, budget: reader.budget }));
  }
  return withoutUsed(found);
}

interface Around {
  readonly beside: Beside;
  readonly originOf: (path: string) => string;
  readonly budget: Budget;
}

/** An answer with the files that it imports; without any answer, if that is more than is kept of one person. */
async function together(
  one: Findings,
  { place, leaf }: Placed,
  { beside, originOf, budget }: Around,
): Promise<Findings> {
  const whole = await withBeside(one, place.path, beside, originOf);
  const before = one.sources.reduce((sum, source) => sum + weight(source), 0);
  try {
    budget.text(
      whole.sources.reduce((sum, source) => sum + weight(source), -before),
      leaf.path,
    );
    return whole;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return {
      sources: [],
      notes: [error.message],
      files: [{ path: originOf(place.path), reason: error.message }],
    };
  }
}

/** Files of the same work that an answer may import. */
function besideIn(files: readonly Placed[], budget: Budget): Beside {
  const byPath = new Map(
    files
      .filter(({ place, leaf }) => place.aside === undefined && leaf.refusal === undefined)
      .map((file) => [file.place.path, file.leaf]),
  );
  return async (path) => {
    const leaf = byPath.get(path);
    if (!leaf) return undefined;
    try {
      budget.bytes(leaf.size, path);
      return decodeText(await leaf.read(), path);
    } catch (error) {
      if (error instanceof Unreadable) return undefined;
      throw error;
    }
  };
}

/** What stands before the path that the person chose. */
const above = ({ leaf, place }: Placed): string =>
  leaf.path.endsWith(place.path) ? leaf.path.slice(0, leaf.path.length - place.path.length) : "";

/**
 * The later of two answers counts: by the platform's number, then what is not called old, then by the number of a copy, then by the
 * name.
 */
function inOrder(files: readonly Placed[], course: readonly Listed[]): Placed[] {
  const keys = files.map(({ place }) => ({
    order: place.order ?? "",
    old: OLD.test(place.path) ? 0 : 1,
    copy: fileName(place.path, course).copy,
    path: place.path,
  }));
  const order = files
    .map((_, i) => i)
    .toSorted((i, j) => {
      const [a, b] = [keys[i], keys[j]];
      if (!a || !b) return 0;
      return compare(a.order, b.order) || a.old - b.old || a.copy - b.copy || compare(a.path, b.path);
    });
  return order.flatMap((i) => files[i] ?? []);
}

const OLD = /(?:^|[^\p{L}])(?:old|older|previous|backups?|bak|drafts?|alt|ancien|viejo)(?![\p{L}])/iu;

async function readFile(
  { leaf, place }: Placed,
  inside: string,
  depth: number,
  reader: Reader,
): Promise<Findings[]> {
  const origin = `${inside}${leaf.path}`;
  const not = (reason: string, note = false): Findings[] => [
    { sources: [], notes: note ? [reason] : [], files: [{ path: origin, reason }] },
  ];
  if (place.aside !== undefined) return not(place.aside);
  if (!isCandidate(place.path) && !isCandidate(leaf.path)) return not(noAnswer(place.path));
  if (leaf.refusal !== undefined && !isFlowFile(leaf.path)) return not(`${inside}${leaf.refusal}`, true);
  const early = reader.read?.get(leaf);
  // Whose it is was not known then, nor which files are beside it.
  if (early && !early.strays?.some(({ maybe }) => maybe)) return [early];
  try {
    if (/\.zip$/i.test(leaf.path)) return await readNested({ leaf, place }, origin, depth, reader);
    reader.budget.file(origin);
    if (isFlowFile(leaf.path)) return [await readFlowLeaf(leaf, origin, reader)];
    reader.budget.bytes(leaf.size, origin);
    return [await readLeaf(leaf, inPlace(leaf.path, place.path, reader.course), origin, reader)];
  } catch (error) {
    if (error instanceof Unreadable) return not(error.message, true);
    throw error;
  }
}

/** The chapter's folder above may be the one that everything lies in. */
function inPlace(whole: string, own: string, course: readonly Listed[]): string {
  const above = whole.split("/").at(-2);
  return !own.includes("/") && above !== undefined && isChapter(above, course) ? `${above}/${own}` : own;
}

async function readNested(
  { leaf }: Placed,
  origin: string,
  depth: number,
  reader: Reader,
): Promise<Findings[]> {
  if (depth >= MAX_ARCHIVE_DEPTH)
    throw new Unreadable(`${origin} is an archive in an archive in an archive and was not opened`);
  reader.budget.archive(origin);
  reader.budget.bytes(leaf.size, origin);
  const tree = await leaf.archive(origin);
  try {
    const files = tree.leaves.map((inner) => ({ leaf: inner, place: { path: inner.path } }));
    return [aboutArchive(tree, origin), ...(await readFiles(files, `${origin}/`, depth + 1, reader))];
  } finally {
    await tree.close?.();
  }
}

const aboutArchive = (tree: Tree, origin: string): Findings => ({
  sources: [],
  notes: tree.notes.map(({ text }) => `${origin}/${text}`),
  files: [
    ...(tree.leaves.length === 0 ? [{ path: origin, reason: "an archive without files" }] : []),
    ...tree.notes.map(({ path, text }) => ({ path: `${origin}/${path}`, reason: text })),
    ...tree.noise.map((path) => ({ path: `${origin}/${path}`, reason: "a tool's or the system's own" })),
  ],
});

function noAnswer(path: string): string {
  if (/\.safetensors\//i.test(path))
    return "lies in a folder that is called like a saved flow: hand in the file";
  if (/\.(?:rar|7z|tar|tgz|gz|bz2|xz)$/i.test(path)) return "not a zip archive: pack it as .zip";
  if (/\.ipynb\.\w+$/i.test(path)) return "not a notebook by its ending: it should end in .ipynb";
  return "not a notebook or TypeScript file";
}
