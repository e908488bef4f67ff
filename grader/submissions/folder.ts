/** The files of a folder. Links are not followed: they could lead out of the submission. */

import { constants } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { checkSize, MAX_ENTRIES, MAX_FOLDER_DEPTH } from "./limits.ts";
import { Unreadable } from "./submission.ts";
import { isCandidate, isNoise, type Leaf, type Tree } from "./tree.ts";

/** @throws Unreadable if the folder cannot be listed, or holds too much to be a submission. */
export async function readFolder(root: string): Promise<Tree> {
  const leaves: Leaf[] = [];
  const others: string[] = [];
  const notes: { path: string; text: string }[] = [];
  let seen = 0;

  async function visit(folder: string, depth: number): Promise<void> {
    if (depth > MAX_FOLDER_DEPTH) {
      notes.push({
        path: folder,
        text: `${folder} is nested more than ${MAX_FOLDER_DEPTH} folders deep and was not read`,
      });
      return;
    }
    const entries = await list(join(root, folder));
    for (const entry of entries.toSorted((a, b) => compare(a.name, b.name))) {
      seen += 1;
      if (seen > MAX_ENTRIES)
        throw new Unreadable(`${root} holds more than ${MAX_ENTRIES} files; name a folder of submissions`);
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (isNoise(entry.name)) continue;
      if (entry.isDirectory()) await visit(path, depth + 1);
      else if (entry.isSymbolicLink()) notes.push({ path, text: `${path} is a link and was not followed` });
      else if (!entry.isFile()) continue;
      else if (isCandidate(path)) leaves.push({ path, read: () => readFileAt(join(root, path)) });
      else others.push(path);
    }
  }

  await visit("", 0);
  return { leaves, others, notes };
}

const list = async (folder: string) => {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new Unreadable(`${folder} cannot be listed: ${(error as Error).message}`);
  }
};

/** A regular file's bytes; a link in its place is refused, however late it was put there. */
export async function readFileAt(path: string, followLink = false): Promise<Uint8Array> {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | (followLink ? 0 : (constants.O_NOFOLLOW ?? 0));
  const file = await open(path, flags).catch((error: Error) => {
    throw new Unreadable(`${path} cannot be read: ${error.message}`);
  });
  try {
    const about = await file.stat();
    if (!about.isFile()) throw new Unreadable(`${path} is not a file`);
    checkSize(path, about.size);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** Numbers inside names count as numbers: `student 2` comes before `student 10`. */
export const compare = new Intl.Collator("en", { numeric: true }).compare;
