/** A kit as a zip archive: the same bytes for the same files, whenever and by whomever it is made. */

import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import type { KitFiles } from "./kit.ts";

/** Where everything is in the archive, so that unpacking it makes one folder. */
export const TOP = "normalizing-flows";

/** The earliest that an archive can name: no file has the time at which it happened to be made. */
const NO_TIME = new Date(1980, 0, 1);

/** @returns The archive's bytes. */
export async function archive(files: KitFiles): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of files)
    zip.addBuffer(Buffer.from(content), `${TOP}/${path}`, {
      mtime: NO_TIME,
      mode: 0o100644,
      forceDosTimestamp: true,
    });
  zip.end();
  return buffer(zip.outputStream as unknown as NodeJS.ReadableStream as never);
}
