import type { tf } from "../engine/tf.ts";

/**
 * Checks how many images are wanted at most.
 *
 * @throws RangeError if it is no whole number ≥ 1.
 */
export function checkLimit(who: string, limit: number | undefined): void {
  if (limit === undefined || (Number.isInteger(limit) && limit >= 1)) return;
  throw new RangeError(`${who}: expected a limit ≥ 1 of images, a whole number; got ${limit}`);
}

/** Images with or without labels. */
export interface ImageSet {
  /** Shape [count, height, width, channels], float32, whole numbers from 0 to 255; 1 channel is grey, 3 are RGB. */
  readonly images: tf.Tensor4D;
  /** A whole number for each image, if the images have labels. */
  readonly labels?: readonly number[];
  /** What the labels mean, by number. */
  readonly names?: readonly string[];
}
