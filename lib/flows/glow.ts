import type { Bijection } from "../bijections/bijection.ts";
import { chain } from "../bijections/composition/chain.ts";
import { coupling } from "../bijections/coupling/coupling.ts";
import { channelMask } from "../bijections/coupling/masks.ts";
import { glowStep } from "../bijections/image/glow-step.ts";
import { multiscale } from "../bijections/image/multiscale.ts";
import { convNet } from "../conditioners/conv-net.ts";
import { checkOptions, dropAbsent } from "../ground/arguments/check-options.ts";
import { inNameOf } from "../ground/arguments/in-name-of.ts";
import { aFew, aFlag, aSeed, aSize, checkKind, either, listOf, oneOf } from "../ground/arguments/kinds.ts";
import { plural } from "../ground/plural.ts";
import { affineTransformer } from "../transformers/affine.ts";

/** Architecture of a {@link glow}. */
export interface GlowOptions {
  /** Height of the images in pixels, divisible by 2 to the power of `levels`. */
  readonly height: number;
  /** Width, likewise. */
  readonly width: number;
  /** 1 for grey images, 3 for colour. */
  readonly channels: number;
  /** Resolutions, each half of the one before; 2 if left out. */
  readonly levels?: number;
  /** Steps at each resolution: one number, or one for each level from fine to coarse; 4 if left out. */
  readonly steps?: number | readonly number[];
  /** Channels of the conditioners' hidden layers; [64, 64] if left out. */
  readonly hidden?: readonly number[];
  /** Form of the invertible 1×1 convolutions; "plu" if left out. */
  readonly convolution?: "plu" | "full";
  /** Lets the latents that leave early depend on those that stay, as in the published code; true if left out. */
  readonly learnedPrior?: boolean;
  /** How many numbers a context has; 0 if left out. */
  readonly context?: number;
  /** Determines the initial weights; 0 if left out. */
  readonly seed?: number;
}

/**
 * Glow: a multiscale flow for images [height, width, channels], of the same shape on both sides.
 *
 * On the way to the base, each level squeezes, takes `steps` {@link glowStep}s, and lets half of the channels leave:
 * see {@link multiscale}. A learned prior, log p(z_left | z_kept) = N(μ(z_kept), σ(z_kept)²), is the same as an affine
 * coupling of what leaves, steered by what stays, and is written as one.
 *
 *     flow(standardNormal([16, 16, 1]), glow({ height: 16, width: 16, channels: 1, levels: 3 }))
 *
 * @throws RangeError if a size makes no sense, or the image cannot be halved `levels` times.
 * @throws ShapeError when applied to images or a context of another size.
 * @see Kingma and Dhariwal 2018, "Glow", arXiv:1807.03039v2, figure 2 (b); Prince, Understanding Deep Learning,
 *   section 16.5.2.
 */
export function glow(options: GlowOptions): Bijection {
  checkOptions("glow", options, "glow({ height: 16, width: 16, channels: 1 })", {
    height: aSize,
    width: aSize,
    channels: aSize,
    levels: aFew,
    steps: either(aFew, listOf(aFew)),
    hidden: listOf(aSize),
    convolution: oneOf("plu", "full"),
    learnedPrior: aFlag,
    context: aSize,
    seed: aSeed,
  });
  const config = {
    levels: 2,
    steps: 4,
    hidden: [64, 64],
    convolution: "plu" as const,
    learnedPrior: true,
    context: 0,
    seed: 0,
    ...dropAbsent(options),
  };
  checkSizes(config);
  return inNameOf("glow", () => {
    const levels = Array.from({ length: config.levels }, (_, level) => levelOf(config, level));
    return { ...multiscale(levels), name: "glow", config: { type: "glow", ...config } };
  });
}

type Settings = Required<GlowOptions>;

/** The steps of one level, from 0 (fine) to the coarsest, whose latents all stay. */
function levelOf(settings: Settings, level: number): Bijection {
  const { channels, levels, hidden, convolution, learnedPrior, context, seed } = settings;
  const own = channels * 2 ** (level + 2);
  // Neighbouring seeds and levels must not start with the same weights.
  const seedOf = (step: number) => (seed * 65_537 + level * 257 + step) % 2 ** 32;
  const steps = Array.from({ length: stepsOf(settings, level) }, (_, k) =>
    glowStep({ channels: own, hidden, convolution, context, seed: seedOf(k + 1) }),
  );
  if (level === levels - 1 || !learnedPrior) return chain(steps);
  return chain([prior(own, hidden, context, seedOf(0)), ...steps]);
}

/** What has left (the second half of the channels), scaled and shifted under what has stayed (the first). */
function prior(channels: number, hidden: readonly number[], context: number, seed: number): Bijection {
  const transformer = affineTransformer();
  const sizes = { inputs: channels / 2, outputs: (channels / 2) * transformer.parameters };
  const conditioner = convNet({ ...sizes, hidden, context, seed });
  return { ...coupling({ mask: channelMask(channels, "second"), transformer, conditioner }), name: "prior" };
}

function stepsOf({ steps }: Settings, level: number): number {
  return typeof steps === "number" ? steps : steps[level];
}

function checkSizes(settings: Settings): void {
  const { height, width, channels, levels, steps } = settings;
  for (const [name, value] of Object.entries({ height, width, channels, levels })) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`glow: expected ${name} ≥ 1, a whole number; got ${value}`);
  }
  if (typeof steps !== "number" && steps.length !== levels) {
    throw new RangeError(
      `glow: expected a number of steps for each of ${plural(levels, "level")}; got [${steps}]`,
    );
  }
  for (let level = 0; level < levels; level++) {
    const count = stepsOf(settings, level);
    if (!Number.isInteger(count) || count < 1)
      throw new RangeError(`glow: expected steps ≥ 1, whole numbers; got ${steps}`);
  }
  const coarsest = channels * 2 ** (levels + 1);
  checkKind("glow", "channels × channels of the coarsest level", coarsest ** 2, aSize);
  if (height % 2 ** levels === 0 && width % 2 ** levels === 0) return;
  throw new RangeError(
    `glow: ${height}×${width} cannot be halved ${plural(levels, "time")}; choose fewer levels, or pad the images`,
  );
}
