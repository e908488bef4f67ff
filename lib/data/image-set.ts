import type { tf } from "../engine/tf.ts";

/** Images with or without labels. */
export interface ImageSet {
  /** Shape [count, height, width, channels], float32, whole numbers from 0 to 255; 1 channel is grey, 3 are RGB. */
  readonly images: tf.Tensor4D;
  /** A whole number for each image, if the images have labels. */
  readonly labels?: readonly number[];
  /** What the labels mean, by number. */
  readonly names?: readonly string[];
}
