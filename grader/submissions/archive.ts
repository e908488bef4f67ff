/**
 * The files of a zip archive, unpacked into memory one at a time. Nothing is ever written to disk, so no name can lead anywhere;
 * names that try are refused all the same, because honest archives have none.
 */

import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { compare } from "./folder.ts";
import { checkSize, MAX_ENTRIES, MAX_PATH, MAX_RATIO, MAX_UNPACKED_BYTES, sizeText } from "./limits.ts";
import { Unreadable } from "./submission.ts";
import { isCandidate, isNoise, type Leaf, type Tree } from "./tree.ts";

/**
 * @param origin The archive's name for messages.
 * @throws Unreadable if it is no zip, is damaged, or is made to do harm.
 */
export async function readArchive(bytes: Uint8Array, origin: string): Promise<Tree> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const zip = await fromBufferPromise(buffer, { autoClose: false });
    return await contents(zip, origin);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(`${origin} cannot be read as a zip archive: ${(error as Error).message}`);
  }
}

async function contents(zip: ZipFile, origin: string): Promise<Tree> {
  if (zip.entryCount > MAX_ENTRIES) {
    throw new Unreadable(`${origin} has ${zip.entryCount} entries; at most ${MAX_ENTRIES} are read`);
  }
  const leaves: Leaf[] = [];
  const others: string[] = [];
  const notes: { path: string; text: string }[] = [];
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const path = entry.fileName;
    if (path.endsWith("/") || isNoise(path)) continue;
    if (!isCandidate(path)) {
      others.push(path.slice(0, MAX_PATH));
      continue;
    }
    if (path.length > MAX_PATH) {
      const start = `${path.slice(0, 40)}…`;
      notes.push({ path: start, text: `${start} has a name of ${path.length} characters and was not read` });
      continue;
    }
    const text = refusal(entry);
    if (text !== undefined) {
      notes.push({ path, text: `${path} ${text}` });
      continue;
    }
    total += entry.uncompressedSize;
    if (total > MAX_UNPACKED_BYTES) {
      throw new Unreadable(`${origin} unpacks to more than ${sizeText(MAX_UNPACKED_BYTES)}; split it`);
    }
    leaves.push({ path, read: () => unpack(zip, entry) });
  }
  return { leaves: leaves.toSorted((a, b) => compare(a.path, b.path)), others, notes };
}

/** Why an entry is not unpacked; the sizes it claims are enforced while unpacking. */
function refusal(entry: Entry): string | undefined {
  const UNIX_LINK = 0o120000;
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === UNIX_LINK)
    return "is a link and was not followed";
  if (entry.isEncrypted()) return "is encrypted: hand it in without a password";
  if (!entry.canDecodeFileData())
    return `is packed by method ${entry.compressionMethod}: use plain zip (deflate)`;
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  if (entry.uncompressedSize > 1024 * 1024 && ratio > MAX_RATIO) {
    return `unpacks to ${Math.round(ratio)} times its size, as no honest file does, and was not unpacked`;
  }
  return undefined;
}

async function unpack(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  checkSize(entry.fileName, entry.uncompressedSize);
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch (error) {
    throw new Unreadable(`${entry.fileName} is damaged inside its archive: ${(error as Error).message}`);
  }
}
