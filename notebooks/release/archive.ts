/** A kit, or an autograder, as a zip archive: the same bytes for the same files, whenever and by whomever it is made. */

import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import type { KitFiles } from "./kit.ts";

/** Where everything is in the archive, so that unpacking it makes one folder. */
export const TOP = "normalizing-flows";

/** The earliest that an archive can name. */
const NO_TIME = new Date(1980, 0, 1);

export interface Layout {
  /** What each path begins with: a folder with its `/`, or nothing. */
  readonly top?: string;
  /** Paths of files that are started. */
  readonly programs?: ReadonlySet<string>;
}

/**
 * @param time Of every file: the course's own, not the one at which the archive happens to be made. Only its local day counts, as archives
 * know no time zones.
 * @returns The archive's bytes.
 */
export async function archive(
  files: KitFiles,
  time: Date = NO_TIME,
  { top = `${TOP}/`, programs = new Set() }: Layout = {},
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of files)
    zip.addBuffer(Buffer.from(content), `${top}${path}`, {
      mtime: time,
      mode: programs.has(path) ? 0o100755 : 0o100644,
      forceDosTimestamp: true,
    });
  zip.end();
  return buffer(zip.outputStream as unknown as NodeJS.ReadableStream as never);
}
