/** Regular files on disk. A pipe or a device in a file's place would be read for ever; a link could lead anywhere. */

import { closeSync, constants, fstatSync, openSync, readFile } from "node:fs";
import { promisify } from "node:util";
import { checkSize, ending, MAX_BYTES } from "../limits.ts";
import { Unreadable } from "../submission.ts";

/**
 * Opens a regular file of at most `most` bytes; a link in its place is refused, however late it was put there.
 *
 * @returns Its descriptor, to be closed.
 * @throws Unreadable
 */
export function openRegular(path: string, most: number, followLink = false): number {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | (followLink ? 0 : (constants.O_NOFOLLOW ?? 0));
  let descriptor: number;
  try {
    descriptor = openSync(path, flags);
  } catch (error) {
    throw new Unreadable(`${path} cannot be read: ${(error as Error).message}`);
  }
  try {
    const about = fstatSync(descriptor);
    if (!about.isFile()) throw new Unreadable(`${path} is not a file`);
    checkSize(path, about.size, most);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** @throws Unreadable */
export async function readFileAt(
  path: string,
  most = MAX_BYTES[ending(path)] ?? 0,
  followLink = false,
): Promise<Uint8Array> {
  const descriptor = openRegular(path, most, followLink);
  try {
    return await promisify(readFile)(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
