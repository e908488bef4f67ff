import { clip } from "../engine/clip.ts";
import { withGradient } from "../engine/tape/with-gradient.ts";
import type { tf } from "../engine/tf.ts";

/** The largest number that float32 holds. */
export const LARGEST_FLOAT = (2 - 2 ** -23) * 2 ** 127;

/**
 * Infinite numbers as the largest of float32, NaN as it is. The gradient is handed on: whoever multiplies by such a
 * number gets what is too large for float32 in the end, but not NaN where the other factor is 0.
 */
export function saturate(u: tf.Tensor): tf.Tensor {
  return withGradient(
    { u },
    (own) => [clip(own.u, -LARGEST_FLOAT, LARGEST_FLOAT)],
    (_, [dy]) => ({ u: dy }),
  )[0];
}
