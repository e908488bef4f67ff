import { tf } from "../../engine/tf.ts";
import { checkOptions } from "../../ground/arguments/check-options.ts";
import { aSize } from "../../ground/arguments/kinds.ts";
import { ShapeError } from "../../ground/errors.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";

/**
 * Squeezing: on the way to the base, each block of factor × factor pixels becomes one pixel with factor² times the
 * channels; on the way to the data, the other way round.
 *
 * inverse: [h, w, c] → [h/factor, w/factor, factor²·c], in which channel (i·factor + j)·c + k is channel k of row i
 * and column j of the block. logDet = 0: numbers change places only.
 *
 * @param options.factor Side of a block; 2 if left out.
 * @throws RangeError if the factor is no whole number ≥ 2.
 * @throws ShapeError if an image cannot be cut into such blocks, or the channels cannot be spread over them.
 * @see Dinh, Sohl-Dickstein, Bengio 2017, arXiv:1605.08803v3, section 3.6; Prince, Understanding Deep
 *   Learning, section 16.5.2.
 */
export function squeeze(options: { factor?: number } = {}): Bijection {
  checkOptions("squeeze", options, "squeeze({ factor: 2 })", { factor: aSize });
  const { factor = 2 } = options;
  if (!Number.isInteger(factor) || factor < 2) {
    throw new RangeError(`squeeze: expected a factor that is a whole number ≥ 2; got ${factor}`);
  }
  return bijection({
    name: "squeeze",
    event: ["height", "width", "channels"],
    forward: (z) => ({ value: depthToSpace(z, factor) }),
    inverse: (x) => ({ value: spaceToDepth(x, factor) }),
    shapeAfter: (direction, shape) => [
      ...shape.slice(0, -3),
      ...(direction === "forward" ? lengthsBefore : lengthsAfter)(shape.slice(-3), factor),
    ],
    lipschitz: () => 1,
    config: { type: "squeeze", factor },
  });
}

// Transposed by hand: the library's depthToSpace has no second derivative, and no inverse with one.
function spaceToDepth(image: tf.Tensor, factor: number): tf.Tensor {
  const batch = image.shape.slice(0, -3);
  const [rows, columns, depth] = lengthsAfter(image.shape.slice(-3), factor);
  const channels = depth / (factor * factor);
  const shape = [...batch, rows, columns, depth];
  const blocks = tf.reshape(image, [sizeOf(batch), rows, factor, columns, factor * channels]);
  return tf.reshape(exchangeAxes(blocks), shape);
}

function depthToSpace(image: tf.Tensor, factor: number): tf.Tensor {
  const batch = image.shape.slice(0, -3);
  const [rows, columns] = image.shape.slice(-3);
  const [height, width, channels] = lengthsBefore(image.shape.slice(-3), factor);
  const shape = [...batch, height, width, channels];
  const blocks = tf.reshape(image, [sizeOf(batch), rows, columns, factor, factor * channels]);
  return tf.reshape(exchangeAxes(blocks), shape);
}

function lengthsAfter([height, width, channels]: readonly number[], factor: number): number[] {
  if (height % factor === 0 && width % factor === 0)
    return [height / factor, width / factor, factor * factor * channels];
  throw new ShapeError(
    `squeeze: expected a height and a width divisible by ${factor}; got ${height}×${width}. ` +
      "Choose fewer levels, or images with a multiple of that size",
  );
}

function lengthsBefore([rows, columns, depth]: readonly number[], factor: number): number[] {
  if (depth % (factor * factor) === 0) return [rows * factor, columns * factor, depth / (factor * factor)];
  throw new ShapeError(`squeeze: expected channels divisible by ${factor * factor}; got ${depth}`);
}

/** wasm divides by zero where there is nothing to transpose. */
function exchangeAxes(blocks: tf.Tensor): tf.Tensor {
  return blocks.size === 0 ? blocks : tf.transpose(blocks, [0, 1, 3, 2, 4]);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}
