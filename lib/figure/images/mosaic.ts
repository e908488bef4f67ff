import { tf } from "../../engine/tf.ts";
import { describe } from "../../ground/arguments/plain-numbers.ts";
import type { Picture } from "../png.ts";

/** Images [n, height, width, channels] with one channel (grey) or three (red, green, blue). */
export type Images = tf.Tensor | readonly (readonly (readonly (readonly number[])[])[])[];

/** How images are put side by side. */
export interface MosaicOptions {
  readonly columns: number;
  /** Which values are black and full: {@link rangeOf} them if left out. Values beyond are cut off. */
  readonly values?: readonly [number, number];
}

/** Widest mosaic in pixels: a figure's width. */
const WIDTH = 720;

/** Between two images, in pixels. */
export const GAP = 3;

/**
 * Many small images as one picture with gaps in which one sees the paper. Each pixel becomes a square of pixels, so that no viewer blurs it.
 *
 * @throws RangeError if the images do not have the shape [n, height, width, 1 or 3], there is none, or it is not clear
 *   which values are black and full.
 */
export function mosaic(images: Images, options: MosaicOptions): Picture {
  const { columns } = options;
  const { shape, data } = numbersOf(images);
  const [count, height, width, channels] = shape;
  if (shape.length !== 4 || count === 0 || (channels !== 1 && channels !== 3)) {
    throw new RangeError(
      `images: expected images of shape [n ≥ 1, height, width, 1 or 3]; got [${shape.join(", ")}]`,
    );
  }
  const values = options.values ?? rangeOf(data);
  const across = Math.min(columns, count);
  const down = Math.ceil(count / across);
  const scale = Math.max(1, Math.min(12, Math.floor((WIDTH / across - GAP) / width)));
  const [stepX, stepY] = [width * scale + GAP, height * scale + GAP];
  const picture = { width: across * stepX - GAP, height: down * stepY - GAP };
  const pixels = new Uint8Array(picture.width * picture.height * 4);
  const level = (value: number) =>
    Math.round(255 * Math.min(1, Math.max(0, (value - values[0]) / (values[1] - values[0]))));
  for (let n = 0; n < count; n++) {
    const [left, top] = [(n % across) * stepX, Math.floor(n / across) * stepY];
    for (let y = 0; y < height * scale; y++) {
      for (let x = 0; x < width * scale; x++) {
        const source = ((n * height + Math.floor(y / scale)) * width + Math.floor(x / scale)) * channels;
        const target = ((top + y) * picture.width + left + x) * 4;
        pixels[target + 3] = 255;
        for (let c = 0; c < 3; c++) pixels[target + c] = level(data[source + (channels === 3 ? c : 0)]);
      }
    }
  }
  return { ...picture, data: pixels };
}

/**
 * Which values are black and full: [0, 255] if all are whole numbers up to 255 and some are above 1, as in files, and
 * else [0, 1].
 *
 * @throws RangeError if most are above 2: they are in some other range.
 */
export function rangeOf(data: ArrayLike<number>): readonly [number, number] {
  const values = Array.from(data);
  const isByte = (value: number) => Number.isInteger(value) && value >= 0 && value <= 255;
  if (values.some((value) => value > 1) && values.every(isByte)) return [0, 255];
  if (2 * values.filter((value) => value > 2).length <= values.length) return [0, 1];
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  throw new RangeError(
    `images: expected numbers from 0 (black) to 1; most are above 2, the largest is ${largest}. Say which are black and full ` +
      "with the option `values`, such as [0, 255]",
  );
}

/** How many images there are. */
export function imageCount(images: Images): number {
  return numbersOf(images).shape[0];
}

function numbersOf(images: Images): { shape: readonly number[]; data: ArrayLike<number> } {
  if (images instanceof tf.Tensor) return { shape: images.shape, data: images.dataSync() };
  const isImages =
    (Array.isArray(images) && images.length === 0) ||
    (Array.isArray(images) &&
      Array.isArray(images[0]) &&
      Array.isArray(images[0][0]) &&
      Array.isArray(images[0][0][0]));
  if (!isImages) {
    throw new TypeError(
      `images: expected a tensor, or lists of shape [n ≥ 1, height, width, channels]; got ${describe(images)}`,
    );
  }
  const shape = [
    images.length,
    images[0]?.length ?? 0,
    images[0]?.[0]?.length ?? 0,
    images[0]?.[0]?.[0]?.length ?? 0,
  ];
  return { shape, data: images.flat(3) as number[] };
}
