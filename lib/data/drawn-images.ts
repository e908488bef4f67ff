import { tf } from "../engine/tf.ts";
import { checkOptions, dropAbsent } from "../ground/arguments/check-options.ts";
import { aFlag, aNumber, aSeed } from "../ground/arguments/kinds.ts";
import { checkAmount } from "../ground/arguments/most-numbers.ts";
import { plural } from "../ground/plural.ts";
import { random } from "../random/random.ts";
import { ball, STRIPES } from "./drawn/balls.ts";
import { clock, HOURS } from "./drawn/clocks.ts";
import { DIGITS, digit } from "./drawn/digits.ts";
import { EXPRESSIONS, face } from "./drawn/faces.ts";
import type { Colour, Painter } from "./drawn/paint.ts";
import { FORMS, shape } from "./drawn/shapes.ts";
import type { ImageSet } from "./image-set.ts";

const SETS = {
  faces: { painter: face, names: EXPRESSIONS },
  shapes: { painter: shape, names: FORMS },
  clocks: { painter: clock, names: HOURS },
  balls: { painter: ball, names: STRIPES },
  digits: { painter: digit, names: DIGITS },
} satisfies Record<string, { painter: Painter; names: readonly string[] }>;

/** The sets of pictures that can be drawn: each needs structure across the whole image, not only texture. */
export type DrawnSet = keyof typeof SETS;

/** How many images to draw, and of which kind. */
export interface DrawnImagesOptions {
  /** How many images, from 0. */
  readonly count: number;
  /** Height and width in pixels, from 8 to 64; 16 if left out. */
  readonly size?: number;
  /** Three channels (red, green, blue) instead of one. */
  readonly colour?: boolean;
  /** Determines the images; 0 if left out. Image i is the same however many are drawn. */
  readonly seed?: number;
}

/**
 * Draws images by program, as many as are wanted and always the same ones for a seed.
 *
 * `faces` (a mouth and two eyes that move with the head), `shapes` (one outline around one fill), `clocks` (hands that
 * agree about the time), `balls` (chequered, shaded, with a shadow) and `digits` (strokes of one width and slant).
 *
 * @returns Images [count, size, size, 1 or 3] of whole numbers from 0 to 255, with labels.
 * @throws RangeError if the set is unknown, or the count or the size makes no sense.
 */
export function drawnImages(set: DrawnSet, options: DrawnImagesOptions): ImageSet {
  checkOptions("drawnImages", options, 'drawnImages("faces", { count: 100 })', {
    count: aNumber,
    size: aNumber,
    colour: aFlag,
    seed: aSeed,
  });
  const { count, size, colour, seed } = { size: 16, colour: false, seed: 0, ...dropAbsent(options) };
  if (!Object.hasOwn(SETS, set)) {
    throw new RangeError(`drawnImages: expected one of ${Object.keys(SETS).join(", ")}; got "${set}"`);
  }
  const chosen = SETS[set];
  if (!Number.isInteger(count) || count < 0)
    throw new RangeError(`drawnImages: expected a count ≥ 0; got ${count}`);
  if (!Number.isInteger(size) || size < 8 || size > 64) {
    throw new RangeError(`drawnImages: expected a size from 8 to 64 pixels; got ${size}`);
  }
  const channels = colour ? 3 : 1;
  const stream = random(seed).fork(set);
  const each = size * size * channels;
  checkAmount(
    count * each,
    `${plural(count, "image")} of ${plural(each, "number")}`,
    "draw them in parts, each with a seed of its own",
  );
  const values = new Float32Array(count * each);
  const labels: number[] = [];
  for (let i = 0; i < count; i++) {
    const { picture, label } = chosen.painter(stream.fork(`image ${i}`), 2 / size);
    labels.push(label);
    for (let pixel = 0; pixel < size * size; pixel++) {
      const [x, y] = [pixel % size, Math.floor(pixel / size)].map((v) => (2 * v + 1) / size - 1);
      const parts = colour ? picture(x, y) : [luminance(picture(x, y))];
      values.set(parts.map(toByte), (i * size * size + pixel) * channels);
    }
  }
  return { images: tf.tensor4d(values, [count, size, size, channels]), labels, names: chosen.names };
}

/** The grey that is as bright as a colour (ITU-R BT.709). */
function luminance([red, green, blue]: Colour): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function toByte(part: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, part)));
}
