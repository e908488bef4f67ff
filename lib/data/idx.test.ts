import { writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { idxImages, readIdx } from "./idx.ts";
import { temporaryFolder } from "./temporary-folder.fixture.ts";

const folder = temporaryFolder();

function file(name: string, bytes: number[], pack = (b: Uint8Array) => b): string {
  const where = path.join(folder, name);
  writeFileSync(where, pack(Uint8Array.from(bytes)));
  return where;
}

/** Two images of 2×3 pixels, written down by hand from the format's description. */
const HEADER = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3];
const PIXELS = [0, 50, 100, 150, 200, 255, 1, 2, 3, 4, 5, 6];
const LABELS = [0, 0, 8, 1, 0, 0, 0, 2, 7, 3];

test("images with labels, compressed or not", () => {
  const labels = file("labels", LABELS);
  for (const pack of [(b: Uint8Array) => b, gzipSync]) {
    const set = idxImages(file("images", [...HEADER, ...PIXELS], pack), { labels });
    expect(set.images.shape).toEqual([2, 2, 3, 1]);
    expect(set.images.dtype).toBe("float32");
    expect(Array.from(set.images.dataSync())).toEqual(PIXELS);
    expect(set.labels).toEqual([7, 3]);
  }
});

test("a limit takes the first ones, of images and labels", () => {
  const images = file("images", [...HEADER, ...PIXELS]);
  const set = idxImages(images, { labels: file("labels", LABELS), limit: 1 });
  expect([set.images.shape, set.labels]).toEqual([[1, 2, 3, 1], [7]]);
  expect(idxImages(images, { limit: 9 }).images.shape[0]).toBe(2);
});

test.each([0, -1, 1.5])("a limit of %d is refused", (limit) => {
  const images = file("images", [...HEADER, ...PIXELS]);
  expect(() => idxImages(images, { limit })).toThrow(
    new RangeError(`idxImages: expected a limit ≥ 1 of images, a whole number; got ${limit}`),
  );
});

test("four axes are images in colour", () => {
  const set = idxImages(
    file("colour", [0, 0, 8, 4, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, ...PIXELS]),
  );
  expect(set.images.shape).toEqual([1, 2, 2, 3]);
  const twoChannels = [0, 0, 8, 4, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2, ...PIXELS];
  expect(() => idxImages(file("two", twoChannels))).toThrow(/two: .*1 or 3 channels; got shape \[1,3,2,2\]/);
});

test("files that are not as expected are refused, and named", () => {
  expect(() => readIdx(file("other", [80, 75, 3, 4]))).toThrow(/other: expected an IDX file/);
  expect(() => readIdx(file("short", [0, 0, 8, 3, 0, 0]))).toThrow(/short: the header ends too early/);
  expect(() => readIdx(file("floats", HEADER.with(2, 0x0d)))).toThrow(/floats: expected unsigned bytes.*0xd/);
  expect(() => readIdx(file("cut", [...HEADER, ...PIXELS.slice(1)]))).toThrow(
    /cut: expected 12 .*; the file has 11/,
  );
  expect(() => readIdx(file("long", [...HEADER, ...PIXELS, 0]))).toThrow(
    /long: expected 12 .*; the file has 13/,
  );
  const halved = (b: Uint8Array) => gzipSync(b).subarray(0, 20);
  expect(() => readIdx(file("cut.gz", [...HEADER, ...PIXELS], halved))).toThrow(/cut.gz: .*incomplete/);
  expect(() => readIdx(path.join(folder, "missing"))).toThrow(/ENOENT.*missing/);
});

test("labels that do not belong to the images are refused", () => {
  const images = file("images", [...HEADER, ...PIXELS]);
  const labels = file("three", [0, 0, 8, 1, 0, 0, 0, 3, 7, 3, 1]);
  expect(() => idxImages(images, { labels })).toThrow(/three: expected 2 labels.*got shape \[3\]/);
  expect(() => idxImages(labels)).toThrow(/three: expected images.*got shape \[3\]/);
});

test("what is no path is named", () => {
  for (const wrong of [undefined, null, 5, ""]) {
    expect(() => readIdx(wrong as string)).toThrow(/readIdx: expected the path of a file/);
  }
});
