import type { Reference } from "../case.ts";

/** Height, width and channels of an image. */
export type Shape = readonly [height: number, width: number, channels: number];

/** Blocks of 2×2 pixels of an image of the given shape become one pixel each, on the way to the base. */
export function exactSqueeze([height, width, channels]: Shape): Reference {
  const depth = 4 * channels;
  const sources = Array.from({ length: height * width * channels }, (_, i) => {
    const [pixel, channel] = [Math.floor(i / depth), i % depth];
    const [row, column] = [Math.floor(pixel / (width / 2)), pixel % (width / 2)];
    const [down, right] = [Math.floor(channel / (2 * channels)), Math.floor(channel / channels) % 2];
    return ((2 * row + down) * width + 2 * column + right) * channels + (channel % channels);
  });
  return {
    forward: (z) => {
      const x = z.slice();
      for (const [i, source] of sources.entries()) x[source] = z[i];
      return x;
    },
    inverse: (x) => sources.map((source) => x[source]),
  };
}
