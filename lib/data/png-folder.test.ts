import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PNG } from "pngjs";
import { expect, test } from "vitest";
import { tf } from "../engine/tf.ts";
import { contactSheet } from "./contact-sheet.ts";
import { decodePng, encodePng, type Picture } from "./png.ts";
import { pngFolder } from "./png-folder.ts";
import { temporaryFolder } from "./temporary-folder.fixture.ts";

const root = temporaryFolder();
const GREY = [0, 50, 100, 150, 200, 255];
const COLOUR = [255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30, 90, 90, 90, 0, 0, 0];

/** A file as other programs write it: `colorType` 0 is grey, 2 colour, 4 grey with transparency. */
function written(bytes: number[], colorType: 0 | 2 | 4, bitDepth: 8 | 16 = 8): Uint8Array {
  const channels = { 0: 1, 2: 3, 4: 2 }[colorType];
  const png = new PNG({ width: 3, height: bytes.length / channels / 3 });
  png.data = Buffer.from(Uint8Array.from(bitDepth === 16 ? bytes.flatMap((v) => [v, v]) : bytes).buffer);
  return PNG.sync.write(png, { colorType, inputColorType: colorType, bitDepth });
}

function folder(name: string, files: Record<string, Uint8Array | string>): string {
  const where = path.join(root, name);
  for (const [file, bytes] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(where, file)), { recursive: true });
    writeFileSync(path.join(where, file), bytes);
  }
  return where;
}

test("PNG files of several kinds give 8 bits, grey or colour", () => {
  const grey: Picture = { height: 2, width: 3, channels: 1, bytes: Uint8Array.from(GREY) };
  const colour: Picture = { height: 2, width: 3, channels: 3, bytes: Uint8Array.from(COLOUR) };
  expect(decodePng(written(GREY, 0))).toEqual(grey);
  expect(decodePng(written(COLOUR, 2))).toEqual(colour);
  for (const picture of [grey, colour]) expect(decodePng(encodePng(picture))).toEqual(picture);
  expect(() => encodePng({ ...grey, channels: 3 })).toThrow(/2×3×3 = 18|3×2×3 = 18 bytes; got 6/);
  expect(Array.from(decodePng(written(GREY, 0, 16)).bytes)).toEqual(GREY);
});

test("what is transparent is black", () => {
  const halfTransparent = [200, 128, 100, 255, 50, 0];
  expect(Array.from(decodePng(written(halfTransparent, 4)).bytes)).toEqual([100, 100, 0]);
});

test("a folder, in order of the names, leaving other files out", () => {
  const flat = folder("flat", {
    "b.png": written(GREY, 0),
    "a.PNG": written([...GREY].reverse(), 0),
    "readme.txt": "no image",
  });
  const { images, labels } = pngFolder(flat);
  expect(images.shape).toEqual([2, 2, 3, 1]);
  expect(Array.from(images.dataSync())).toEqual([...GREY].reverse().concat(GREY));
  expect(labels).toBeUndefined();
  expect(pngFolder(flat, { limit: 1 }).images.shape[0]).toBe(1);
  expect(pngFolder(flat, { channels: 3 }).images.shape).toEqual([2, 2, 3, 3]);
  for (const limit of [0, -1, 1.5]) {
    expect(() => pngFolder(flat, { limit })).toThrow(
      new RangeError(`pngFolder: expected a limit ≥ 1 of images, a whole number; got ${limit}`),
    );
  }
  expect(() => pngFolder(flat, { channels: 2 as 3 })).toThrow(/channels 1 \(grey\) or 3.*got 2/);
});

test("folders in a folder are classes", () => {
  const classes = folder("classes", {
    "cats/1.png": written(COLOUR, 2),
    "cats/2.png": written(COLOUR, 2),
    "apes/1.png": written(COLOUR, 2),
  });
  const { images, labels, names } = pngFolder(classes, { channels: 1 });
  expect([labels, names]).toEqual([
    [0, 1, 1],
    ["apes", "cats"],
  ]);
  // Red, green, blue: 0.2126, 0.7152, 0.0722 of 255.
  expect(Array.from(images.dataSync().slice(0, 3))).toEqual([54, 182, 18]);
});

test("files that do not fit are refused, and named", () => {
  const one = written(GREY, 0);
  const sizes = folder("sizes", { "a.png": one, "b.png": written([...GREY, 1, 2, 3], 0) });
  expect(() => pngFolder(sizes)).toThrow(/b.png: 3×3 pixels of 1 channel, but .*a.png: 2×3/);
  const kinds = folder("kinds", { "a.png": one, "b.png": written(COLOUR, 2) });
  expect(() => pngFolder(kinds)).toThrow(/b.png: 2×3 pixels of 3 channels.*option `channels`/);
  expect(() => pngFolder(folder("cut", { "a.png": one.subarray(0, 40) }))).toThrow(
    /a.png: cannot be decoded/,
  );
  expect(() => pngFolder(folder("text", { "a.png": "GIF89a" }))).toThrow(/a.png: cannot be decoded/);
  expect(() => pngFolder(folder("none", { "a.jpg": "" }))).toThrow(/none: expected files \*.png/);
});

test("a contact sheet shows the images in rows, with a margin of white", () => {
  const images = tf.tensor4d([10, 20, 30, -5], [4, 1, 1, 1]);
  const { height, width, bytes } = decodePng(contactSheet(images, { columns: 2, zoom: 1 }));
  expect([height, width]).toEqual([5, 5]);
  const w = 255;
  expect(Array.from(bytes)).toEqual([
    w,
    w,
    w,
    w,
    w,
    w,
    10,
    w,
    20,
    w,
    w,
    w,
    w,
    w,
    w,
    w,
    30,
    w,
    0,
    w,
    w,
    w,
    w,
    w,
    w,
  ]);
});

test("a contact sheet of nothing is refused", () => {
  const sheet =
    (shape: [number, number, number, number], options = {}) =>
    () =>
      contactSheet(tf.zeros(shape), options);
  expect(sheet([0, 2, 2, 1])).toThrow(/\[n ≥ 1, height, width, 1 or 3\]; got shape \[0,2,2,1\]/);
  expect(sheet([1, 2, 2, 2])).toThrow(RangeError);
  expect(sheet([1, 2, 2, 1], { zoom: 0 })).toThrow(/zoom ≥ 1, a whole number; got 0/);
  expect(sheet([1, 2, 2, 1], { columns: 1.5 })).toThrow(/columns ≥ 1.*got 1.5/);
});

test("what is no path is named", () => {
  for (const wrong of [undefined, null, 5, ""]) {
    expect(() => pngFolder(wrong as string)).toThrow(/pngFolder: expected the path of a file/);
  }
});
