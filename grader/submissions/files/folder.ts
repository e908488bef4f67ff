/** The files of a folder. Links are not followed: they could lead out of the submission. */

import { lstat, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { MAX_ENTRIES, MAX_FILES, MAX_FOLDER_DEPTH } from "../limits.ts";
import { Unreadable } from "../submission.ts";
import { openArchive } from "./archive.ts";
import { readFileAt } from "./regular.ts";
import { compare, type Leaf, noiseIn, type Tree } from "./tree.ts";

/**
 * @param within If given, only these of the folder's own folders.
 * @throws Unreadable if the folder cannot be listed, or holds too much to be a submission.
 */
export async function readFolder(root: string, within?: readonly string[]): Promise<Tree> {
  const leaves: Leaf[] = [];
  const folders: string[] = [];
  const noise: string[] = [];
  const notes: { path: string; text: string }[] = [];
  let seen = 0;

  /** @param folder Its true name; paths are compared and shown in their composed form. */
  async function visit(folder: string, depth: number): Promise<void> {
    const entries = await list(join(root, folder)).catch((error: Error) => {
      if (depth === 0) throw error;
      notes.push({ path: `${folder}/`, text: error.message });
      return [];
    });
    for (const entry of entries.toSorted((a, b) => compare(a.name, b.name))) {
      if (depth === 0 && within !== undefined && !within.includes(entry.name)) continue;
      seen += 1;
      if (seen > MAX_ENTRIES || leaves.length >= MAX_FILES)
        throw new Unreadable(`${root} holds more than ${MAX_FILES} files; name a folder of submissions`);
      const place = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const path = place.normalize("NFC");
      if (noiseIn(entry.name) !== undefined) noise.push(path);
      else if (entry.isDirectory()) {
        folders.push(path);
        if (depth < MAX_FOLDER_DEPTH) await visit(place, depth + 1);
        else
          notes.push({
            path,
            text: `${path} is nested more than ${MAX_FOLDER_DEPTH} folders deep and was not read`,
          });
      } else if (entry.isSymbolicLink()) leaves.push(refuse(path, `${path} is a link and was not followed`));
      else if (!entry.isFile()) leaves.push(refuse(path, `${path} is no regular file and was not read`));
      else leaves.push(await fileLeaf(join(root, place), path));
    }
  }

  await visit("", 0);
  return { leaves, folders, noise, notes };
}

const list = async (folder: string) => {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new Unreadable(`${folder} cannot be listed: ${(error as Error).message}`);
  }
};

const refuse = (path: string, refusal: string): Leaf => ({
  path,
  refusal,
  size: 0,
  read: () => Promise.reject(new Unreadable(refusal)),
  archive: () => Promise.reject(new Unreadable(refusal)),
});

/**
 * A file on disk.
 *
 * @param place Where it is.
 * @param path How it is known.
 */
export async function fileLeaf(place: string, path: string, followLink = false): Promise<Leaf> {
  const about = await (followLink ? stat(place) : lstat(place)).catch(() => undefined);
  return {
    path,
    size: about?.size ?? 0,
    read: (most) => readFileAt(place, most, followLink),
    archive: () => openArchive(place, followLink),
  };
}
