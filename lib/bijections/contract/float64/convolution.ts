import type { Network } from "./network.ts";
import type { Weights } from "./weights.ts";

/** Rows and columns of an image [height, width, channels]. */
export interface Grid {
  readonly height: number;
  readonly width: number;
}

/** Convolution with filters [size, size, inputs, outputs] and biases; the image is surrounded by zeros. */
export function convolution(read: Weights, grid: Grid, size: number): Network {
  const [filters, biases] = [read.variable(), read.variable()];
  return convolve(filters, biases, grid, size);
}

/** The same with given numbers. */
export function convolve(filters: number[], biases: number[], grid: Grid, size: number): Network {
  const [outputs, inputs] = [biases.length, filters.length / (size * size * biases.length)];
  const seen = positions(grid).map((at) => tapsAt(at, grid, size));
  return (image) =>
    seen.flatMap((taps) => {
      const pixel = biases.slice();
      for (const { from, tap } of taps) {
        for (let c = 0; c < inputs; c++) {
          const [value, start] = [image[from * inputs + c], (tap * inputs + c) * outputs];
          for (let o = 0; o < outputs; o++) pixel[o] += value * filters[start + o];
        }
      }
      return pixel;
    });
}

/** A convolution whose outputs have learned scales: (W ∗ x + b)·exp(3·l). */
export function scaledConvolution(read: Weights, grid: Grid, size: number): Network {
  const inner = convolution(read, grid, size);
  const scales = read.variable().map((l) => Math.exp(3 * l));
  return (image) => inner(image).map((v, i) => v * scales[i % scales.length]);
}

/** Which pixels a filter at a place of the image sees, each with the place in the filter. */
function tapsAt([row, column]: Place, { height, width }: Grid, size: number) {
  const reach = (size - 1) / 2;
  return positions({ height: size, width: size }).flatMap(([i, j], tap) => {
    const [y, x] = [row + i - reach, column + j - reach];
    return y >= 0 && x >= 0 && y < height && x < width ? [{ from: y * width + x, tap }] : [];
  });
}

type Place = readonly [row: number, column: number];

function positions({ height, width }: Grid): Place[] {
  return Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width] as const);
}
