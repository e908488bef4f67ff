import type { Bijection } from "../bijections/bijection.ts";
import { reversible } from "../bijections/composition/reversible.ts";
import { revNetBlock } from "../bijections/coupling/rev-net-block.ts";
import { squeeze } from "../bijections/image/squeeze.ts";
import { convNet } from "../conditioners/conv-net.ts";
import { checkOptions, dropAbsent } from "../ground/arguments/check-options.ts";
import { inNameOf } from "../ground/arguments/in-name-of.ts";
import { aFew, aSeed, aSize, checkKind, listOf } from "../ground/arguments/kinds.ts";
import { plural } from "../ground/plural.ts";

/** Architecture of an {@link iRevNet}. */
export interface IRevNetOptions {
  /** Height of the images in pixels, divisible by 2 to the power of `levels`. */
  readonly height: number;
  /** Width, likewise. */
  readonly width: number;
  /** 1 for grey images, 3 for colour. */
  readonly channels: number;
  /** How often an image is down-sampled, each time before a level's blocks; 2 if left out. */
  readonly levels?: number;
  /** {@link revNetBlock}s of each level; 4 if left out. */
  readonly blocks?: number;
  /** Channels of the networks' hidden layers; [64, 64] if left out. */
  readonly hidden?: readonly number[];
  /** Determines the initial weights; 0 if left out. */
  readonly seed?: number;
}

/**
 * i-RevNet: residual blocks that can be undone, between invertible down-samplings.
 *
 * Data [height, width, channels] ↔ base [height/2^L, width/2^L, channels·4^L] for L levels. On the way to the base, each
 * level is a {@link squeeze}, which puts blocks of 2×2 pixels into channels, and `blocks` {@link revNetBlock}s. Nothing
 * is lost, and logDet is exactly 0 in both directions: it preserves volume, so that its densities are those of the base
 * at other places. Its gradient needs the memory of one block, however many there are: see {@link reversible}.
 *
 * It starts as the squeezes alone: the networks' last layers start at 0.
 *
 *     flow(standardNormal([2, 2, 16]), iRevNet({ height: 8, width: 8, channels: 1 }))
 *
 * @throws RangeError if a size makes no sense, or the image cannot be halved `levels` times.
 * @throws ShapeError when applied to images of another number of channels or an odd size.
 * @see Jacobsen, Smeulders, Oyallon 2018, "i-RevNet: Deep Invertible Networks", arXiv:1802.07088v1, section 3; without its injective
 *   padding of channels, which would change the number of dimensions; Prince, Understanding Deep Learning, section 16.3.6.
 */
export function iRevNet(options: IRevNetOptions): Bijection {
  checkOptions("iRevNet", options, "iRevNet({ height: 8, width: 8, channels: 1 })", {
    height: aSize,
    width: aSize,
    channels: aSize,
    levels: aFew,
    blocks: aFew,
    hidden: listOf(aSize),
    seed: aSeed,
  });
  const settings = { levels: 2, blocks: 4, hidden: [64, 64], seed: 0, ...dropAbsent(options) };
  checkSizes(settings);
  const { levels } = settings;
  // Generating, the coarsest level comes first.
  return inNameOf("iRevNet", () => {
    const parts = Array.from({ length: levels }, (_, k) => levelOf(settings, levels - k)).flat();
    return reversible(parts);
  });
}

/** A level's parts in the order of `forward`, from 1 (fine). */
function levelOf({ channels, blocks, hidden, seed }: Required<IRevNetOptions>, level: number): Bijection[] {
  const dimensions = channels * 4 ** level;
  const half = Math.floor(dimensions / 2);
  // Neighbouring seeds and levels must not start with the same weights.
  const seedOf = (network: number) => (seed * 65_537 + level * 20_011 + network) % 2 ** 32;
  const made = Array.from({ length: blocks }, (_, k) => {
    const [near, far] = [half, dimensions - half];
    const first = convNet({ inputs: far, outputs: near, hidden, seed: seedOf(2 * k) });
    const second = convNet({ inputs: near, outputs: far, hidden, seed: seedOf(2 * k + 1) });
    return revNetBlock({ dimensions, over: "channels", first, second });
  });
  return [...made, squeeze()];
}

function checkSizes({ height, width, channels, levels, blocks }: Required<IRevNetOptions>): void {
  for (const [name, value] of Object.entries({ height, width, channels, levels, blocks })) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`iRevNet: expected ${name} ≥ 1, a whole number; got ${value}`);
  }
  checkKind("iRevNet", "channels of the coarsest level", channels * 4 ** levels, aSize);
  if (height % 2 ** levels === 0 && width % 2 ** levels === 0) return;
  throw new RangeError(
    `iRevNet: ${height}×${width} cannot be halved ${plural(levels, "time")}; choose fewer levels, or pad the images`,
  );
}
