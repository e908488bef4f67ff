import { tf } from "../../engine/tf.ts";
import { aNumber, aSize, checkKind, demand, listOf } from "../../ground/arguments/kinds.ts";
import { ShapeError } from "../../ground/errors.ts";
import type { Bijection } from "../bijection.ts";
import { checkBijections } from "../building/check-bijection.ts";
import { compositionOf } from "../composition/chain.ts";
import { invert } from "../composition/invert.ts";
import { split } from "./split.ts";
import { squeeze } from "./squeeze.ts";

/**
 * A multiscale architecture: on the way to the base, each level squeezes the image, transforms it, and lets half of
 * its channels leave as latents; the other half goes on to the next, coarser level.
 *
 * Level l (from 1) acts on images of shape [h/2ˡ, w/2ˡ, 2ˡ⁺¹·c]: on half the numbers of the level before. The last
 * level lets nothing leave. z has the shape of x, because each level's latents are spread out over the pixels again:
 * {@link latentLevels} tells which level a latent comes from.  logDet = the sum of the levels', in nats.
 *
 * @param levels The transformations, from that next to the data (fine) to that next to the base (coarse).
 * @throws RangeError if there are none.
 * @throws ShapeError if an image cannot be halved that often.
 * @see Dinh, Sohl-Dickstein, Bengio 2017, arXiv:1605.08803v3, section 3.6, equations 13 to 16; Prince,
 *   Understanding Deep Learning, section 16.4.
 */
export function multiscale(levels: readonly Bijection[]): Bijection {
  checkBijections("multiscale", levels);
  if (levels.length === 0) throw new RangeError("multiscale: expected at least one level; got none");
  return levels.reduceRight<Bijection | undefined>((coarser, level) => {
    const inside = coarser ? [split({ inner: coarser }), level] : [level];
    return compositionOf("multiscale", () => [invert(squeeze()), ...inside, squeeze()]);
  }, undefined) as Bijection;
}

/**
 * The level, from 1 (fine) to `levels` (coarse), at which each number of a {@link multiscale}'s z leaves.
 *
 * With it one can keep the coarse latents of an image and draw the fine ones anew.
 *
 * @param shape Of an image: [height, width, channels].
 * @returns Whole numbers, shape [height, width, channels].
 * @throws RangeError if `levels` or a length is no whole number ≥ 1.
 * @throws ShapeError if the image cannot be halved that often.
 */
export function latentLevels(shape: readonly [number, number, number], levels: number): tf.Tensor3D {
  checkKind("latentLevels", "shape", shape, demand(listOf(aNumber)));
  const [height, width, channels] = shape;
  const wrong = [levels, ...shape].find((length) => !Number.isInteger(length) || length < 1);
  if (wrong !== undefined) {
    throw new RangeError(
      `latentLevels: expected levels, height, width and channels ≥ 1, whole numbers; got ${wrong}`,
    );
  }
  if (height % 2 ** levels !== 0 || width % 2 ** levels !== 0) {
    throw new ShapeError(
      `latentLevels: expected a height and a width divisible by ${2 ** levels} for ${levels} levels; ` +
        `got ${height}×${width}`,
    );
  }
  checkKind("latentLevels", "height × width × channels", height * width * channels, aSize);
  const numbers = Float32Array.from({ length: height * width * channels }, (_, n) => {
    const [row, column] = [Math.floor(n / (width * channels)), Math.floor(n / channels) % width];
    return leavesAt([row, column, n % channels], channels, 1, levels);
  });
  return tf.tensor3d(numbers, [height, width, channels]);
}

function leavesAt(
  [row, column, channel]: readonly [number, number, number],
  channels: number,
  level: number,
  levels: number,
): number {
  const squeezed = ((row % 2) * 2 + (column % 2)) * channels + channel;
  const stays = squeezed < 2 * channels;
  if (level === levels || !stays) return level;
  return leavesAt([Math.floor(row / 2), Math.floor(column / 2), squeezed], 2 * channels, level + 1, levels);
}
