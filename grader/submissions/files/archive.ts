/**
 * The files of a zip archive, unpacked into memory one at a time. Nothing is ever written to disk, so no name can lead anywhere;
 * names that try are refused all the same, because honest archives have none.
 */

import { closeSync } from "node:fs";
import { type Entry, fromBufferPromise, fromFdPromise, type ZipFile } from "yauzl";
import { plural } from "../../plural.ts";
import { checkSize, MAX_ARCHIVE_BYTES, MAX_ENTRIES, MAX_FILES, MAX_NOTES, MAX_RATIO } from "../limits.ts";
import { Unreadable } from "../submission.ts";
import { entryName, safePath } from "./entry-name.ts";
import { openRegular } from "./regular.ts";
import { compare, type Leaf, noiseIn, type Tree } from "./tree.ts";

/** `decodeStrings: false`: a name that yauzl would refuse would cost the whole archive. */
const RAW = { autoClose: false, decodeStrings: false } as const;

/**
 * An archive on disk, read piece by piece; to be closed.
 *
 * @throws Unreadable if it is no zip, is damaged, or is made to do harm.
 */
export function openArchive(path: string, followLink = false): Promise<Tree> {
  return readable(path, async () => {
    const descriptor = openRegular(path, MAX_ARCHIVE_BYTES, followLink);
    try {
      return await fromFdPromise(descriptor, RAW);
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  });
}

/**
 * An archive inside another.
 *
 * @param origin The archive's name for messages.
 * @throws Unreadable if it is no zip, is damaged, or is made to do harm.
 */
export function readArchive(bytes: Uint8Array, origin: string): Promise<Tree> {
  return readable(origin, () =>
    fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), RAW),
  );
}

async function readable(origin: string, open: () => Promise<ZipFile>): Promise<Tree> {
  let zip: ZipFile | undefined;
  try {
    zip = await open();
    return await contents(zip, origin);
  } catch (error) {
    zip?.close();
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(`${origin} cannot be read as a zip archive: ${(error as Error).message}`);
  }
}

async function contents(zip: ZipFile, origin: string): Promise<Tree> {
  if (zip.entryCount > MAX_ENTRIES) {
    throw new Unreadable(`${origin} has ${zip.entryCount} entries; at most ${MAX_ENTRIES} are read`);
  }
  const leaves: Leaf[] = [];
  const folders = new Set<string>();
  const noise = new Set<string>();
  const notes: { path: string; text: string }[] = [];
  const note = (path: string, text: string) => notes.length < MAX_NOTES * 50 && notes.push({ path, text });
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      const safe = safePath(name);
      if ("refusal" in safe) {
        note(name.slice(0, 60), safe.refusal);
        continue;
      }
      const left = noiseIn(safe.path);
      if (left !== undefined) noise.add(left);
      else if (name.endsWith("/")) folders.add(safe.path);
      else if (leaves.length >= MAX_FILES)
        throw new Unreadable(`${origin} holds more than ${MAX_FILES} files; split it`);
      else leaves.push(leaf(zip, entry, safe.path));
      if (left === undefined) for (const above of foldersAbove(safe.path)) folders.add(above);
    }
  } catch (error) {
    // What stands before the damage is whole.
    if (error instanceof Unreadable || leaves.length === 0) throw error;
    note(
      origin,
      `${origin} is damaged after ${plural(zip.entriesRead, "entry", "entries")}: ${(error as Error).message}`,
    );
  }
  return {
    leaves: leaves.toSorted((a, b) => compare(a.path, b.path)),
    folders: [...folders].toSorted(compare),
    noise: [...noise].toSorted(compare),
    notes,
    close: async () => zip.close(),
  };
}

function nameOf(entry: Entry): string {
  return entryName({
    raw: entry.fileNameRaw,
    utf8: (entry.generalPurposeBitFlag & 0x800) !== 0,
    extraFields: entry.extraFields,
  });
}

function* foldersAbove(path: string): Generator<string> {
  for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1)) yield path.slice(0, at);
}

function leaf(zip: ZipFile, entry: Entry, path: string): Leaf {
  const why = refusal(entry);
  return {
    path,
    size: entry.uncompressedSize,
    ...(why !== undefined && { refusal: `${path} ${why}` }),
    read: (most) => unpack(zip, entry, path, most),
    archive: async (origin) => readArchive(await unpack(zip, entry, path), origin),
  };
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

async function unpack(zip: ZipFile, entry: Entry, path: string, most?: number): Promise<Uint8Array> {
  checkSize(path, entry.uncompressedSize, most);
  try {
    const bytes = Buffer.allocUnsafeSlow(entry.uncompressedSize);
    let filled = 0;
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      bytes.set(chunk as Buffer, filled);
      filled += (chunk as Buffer).length;
    }
    return bytes;
  } catch (error) {
    throw new Unreadable(`${path} is damaged inside its archive: ${(error as Error).message}`);
  }
}
