import { describe, expect, test } from "vitest";
import { type DrawnSet, drawnImages } from "./drawn-images.ts";

const SETS: DrawnSet[] = ["faces", "shapes", "clocks", "balls", "digits"];

describe.each(SETS)("%s", (set) => {
  test.each([
    [8, false],
    [32, true],
  ])("size %i, colour %s: bytes with contrast, and labels with names", (size, colour) => {
    const { images, labels, names } = drawnImages(set, { count: 40, size, colour });
    expect(images.shape).toEqual([40, size, size, colour ? 3 : 1]);
    const values = images.dataSync();
    expect(values.every((v) => Number.isInteger(v) && v >= 0 && v <= 255)).toBe(true);
    const perImage = values.length / 40;
    for (let i = 0; i < 40; i++) {
      const own = values.slice(i * perImage, (i + 1) * perImage);
      expect(Math.max(...own) - Math.min(...own), `contrast of image ${i}`).toBeGreaterThan(60);
    }
    expect(labels?.every((label) => names?.[label] !== undefined)).toBe(true);
    expect(new Set(labels).size).toBeGreaterThan(2);
  });

  test("a seed determines each image, whatever their number", () => {
    const first = drawnImages(set, { count: 3, size: 8, seed: 4 });
    const more = drawnImages(set, { count: 5, size: 8, seed: 4 });
    const other = drawnImages(set, { count: 3, size: 8, seed: 5 });
    expect(Array.from(more.images.dataSync().slice(0, 192))).toEqual(Array.from(first.images.dataSync()));
    expect(Array.from(other.images.dataSync())).not.toEqual(Array.from(first.images.dataSync()));
  });
});

test("on average, a happy mouth is lowest in its middle, and a sad one highest", () => {
  const { images, labels = [] } = drawnImages("faces", { count: 600, size: 32 });
  const pixels = images.arraySync() as number[][][][];
  /** Mean row of the ink in the lower half of the faces with a label, at these columns. */
  const height = (label: number, columns: number[]) => {
    let [ink, total] = [0, 0];
    pixels.forEach((image, i) => {
      if (labels[i] !== label) return;
      for (let row = 17; row < 26; row++) {
        for (const column of columns) {
          const dark = image[row][column][0] < 100 ? 1 : 0;
          ink += dark;
          total += dark * row;
        }
      }
    });
    return total / ink;
  };
  const bend = (label: number) => height(label, [15, 16]) - height(label, [11, 20]);
  expect(bend(2)).toBeGreaterThan(0.5);
  expect(bend(0)).toBeLessThan(-0.5);
  expect(Math.abs(bend(1))).toBeLessThan(0.5);
});

test("what cannot be drawn is refused", () => {
  expect(() => drawnImages("cats" as DrawnSet, { count: 1 })).toThrow(/one of faces, .*got "cats"/);
  // Names that every object has.
  for (const name of ["toString", "constructor"]) {
    expect(() => drawnImages(name as DrawnSet, { count: 1 })).toThrow(
      `one of faces, shapes, clocks, balls, digits; got "${name}"`,
    );
  }
  expect(() => drawnImages("faces", { count: -1 })).toThrow(/count ≥ 0; got -1/);
  expect(() => drawnImages("faces", { count: 1, size: 4 })).toThrow(/8 to 64 pixels; got 4/);
});
