import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { tf } from "../engine/tf.ts";
import { checkOptions, checkPath } from "../ground/arguments/check-options.ts";
import { aNumber } from "../ground/arguments/kinds.ts";
import { plural } from "../ground/plural.ts";
import { checkLimit, type ImageSet } from "./image-set.ts";
import { decodePng, type Picture } from "./png.ts";

/** How {@link pngFolder} reads. */
export interface PngFolderOptions {
  /** 1 turns colours into grey (ITU-R BT.709), 3 grey into colours; as in the files if left out. */
  readonly channels?: 1 | 3;
  /** Reads the first so many only, in order of their names. */
  readonly limit?: number;
}

/**
 * All PNG files of a folder, in order of their names. If it has subfolders with PNG files instead, each is a class,
 * numbered in order of their names.
 *
 * @returns Images [count, height, width, 1 or 3] of numbers from 0 to 255, with labels if there are classes.
 * @throws RangeError if the limit is no whole number ≥ 1, or `channels` neither 1 nor 3.
 * @throws Error if there are no PNG files, one cannot be decoded, or they differ in size or kind; it names the file.
 */
export function pngFolder(folder: string, options: PngFolderOptions = {}): ImageSet {
  checkPath("pngFolder", folder, 'pngFolder("folder")');
  checkOptions("pngFolder", options, 'pngFolder("folder", {})', { channels: aNumber, limit: aNumber });
  const { limit, channels: wanted } = options;
  checkLimit("pngFolder", limit);
  if (wanted !== undefined && wanted !== 1 && wanted !== 3) {
    throw new RangeError(`pngFolder: expected channels 1 (grey) or 3 (colours); got ${wanted}`);
  }
  const own = pngFiles(folder);
  const names = own.length > 0 ? [] : classesOf(folder);
  const found = own.length > 0 ? own.map((file) => ({ file, label: 0 })) : labelFiles(folder, names);
  const files = found.slice(0, limit ?? found.length);
  if (files.length === 0) {
    throw new Error(`${folder}: expected files *.png, or folders with such files; found none`);
  }
  const pictures = files.map(({ file }) => inChannels(decode(file), wanted));
  const [{ height, width, channels }] = pictures;
  pictures.forEach((picture, i) => {
    if (picture.height === height && picture.width === width && picture.channels === channels) return;
    const say = (p: Picture) => `${p.height}×${p.width} pixels of ${plural(p.channels, "channel")}`;
    throw new Error(
      `${files[i].file}: ${say(picture)}, but ${files[0].file}: ${say(pictures[0])}; all must be alike ` +
        "(the option `channels` makes the channels so)",
    );
  });
  const values = new Float32Array(pictures.length * height * width * channels);
  pictures.forEach(({ bytes }, i) => void values.set(bytes, i * bytes.length));
  const images = tf.tensor4d(values, [pictures.length, height, width, channels]);
  return names.length > 0 ? { images, labels: files.map(({ label }) => label), names } : { images };
}

function pngFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && entry.name.toLowerCase().endsWith(".png"))
    .map((entry) => path.join(folder, entry.name))
    .sort();
}

function classesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && pngFiles(path.join(folder, entry.name)).length > 0)
    .map((entry) => entry.name)
    .sort();
}

function labelFiles(folder: string, names: readonly string[]): { file: string; label: number }[] {
  return names.flatMap((name, label) => pngFiles(path.join(folder, name)).map((file) => ({ file, label })));
}

function decode(file: string): Picture {
  try {
    return decodePng(readFileSync(file));
  } catch (error) {
    throw new Error(`${file}: cannot be decoded as PNG (${(error as Error).message})`, { cause: error });
  }
}

function inChannels(picture: Picture, wanted: 1 | 3 | undefined): Picture {
  if (wanted === undefined || wanted === picture.channels) return picture;
  const { bytes } = picture;
  if (wanted === 3)
    return {
      ...picture,
      channels: 3,
      bytes: Uint8Array.from({ length: 3 * bytes.length }, (_, i) => bytes[Math.floor(i / 3)]),
    };
  const grey = (_: unknown, i: number) =>
    Math.round(0.2126 * bytes[3 * i] + 0.7152 * bytes[3 * i + 1] + 0.0722 * bytes[3 * i + 2]);
  return { ...picture, channels: 1, bytes: Uint8Array.from({ length: bytes.length / 3 }, grey) };
}
