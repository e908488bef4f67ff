/** A kit in an archive, every file of it held against its manifest. */

import { buffer } from "node:stream/consumers";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { KIT, type KitManifest, parseManifest, sha256 } from "./manifest.ts";

export interface Kit {
  readonly manifest: KitManifest;
  /** As it was in the archive. */
  readonly manifestText: string;
  /** All files but the manifest, by their paths in the course's folder. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** A file of a kit, larger than any is. */
const MOST_BYTES = 16 * 1024 * 1024;

/** What is wrong with an archive that should be a kit. */
export class NoKit extends Error {
  override name = "NoKit";
}

/**
 * Reads all of it into memory; a kit is some megabytes. No name in it can lead out of a folder: yauzl refuses an archive that tries, and
 * only files that the manifest lists are taken.
 *
 * @throws NoKit if this is no archive, holds no kit, or one with files that are missing or not what its manifest says.
 */
export async function readKit(path: string): Promise<Kit> {
  const zip = await openPromise(path, { autoClose: false }).catch((error: Error) => {
    throw new NoKit(`${path} cannot be read as a zip archive: ${error.message}`);
  });
  try {
    return await contents(zip, path);
  } catch (error) {
    if (error instanceof NoKit) throw error;
    throw new NoKit(`${path} is damaged: ${(error as Error).message}; get the archive again`);
  } finally {
    zip.close();
  }
}

async function contents(zip: ZipFile, path: string): Promise<Kit> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  const place = [...entries.keys()].find((name) => /^(?:[^/]+\/)?kit\.json$/.test(name));
  if (place === undefined)
    throw new NoKit(`${path} holds no ${KIT}: expected a kit that npm run release has made`);
  const top = place.slice(0, -KIT.length);
  const read = async (name: string): Promise<Uint8Array | undefined> => {
    const entry = entries.get(`${top}${name}`);
    if (!entry || entry.uncompressedSize > MOST_BYTES) return undefined;
    return buffer(await zip.openReadStreamPromise(entry));
  };
  const manifestText = Buffer.from((await read(KIT)) ?? []).toString("utf8");
  const manifest = parseManifest(manifestText, `${path} › ${place}`);
  const files = new Map<string, Uint8Array>();
  for (const [name, expected] of Object.entries(manifest.files)) {
    const bytes = await read(name);
    if (!bytes || sha256(bytes) !== expected)
      throw new NoKit(`${path} is damaged: ${name} is not what ${KIT} says; get the archive again`);
    files.set(name, bytes);
  }
  return { manifest, manifestText, files };
}
