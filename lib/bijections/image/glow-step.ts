import { convNet } from "../../conditioners/conv-net.ts";
import { checkOptions, dropAbsent } from "../../ground/arguments/check-options.ts";
import { aSeed, aSize, listOf, oneOf } from "../../ground/arguments/kinds.ts";
import { affineTransformer } from "../../transformers/affine.ts";
import type { Bijection } from "../bijection.ts";
import { compositionOf } from "../composition/chain.ts";
import { coupling } from "../coupling/coupling.ts";
import { channelMask } from "../coupling/masks.ts";
import { invertible1x1Convolution } from "../linear/invertible-1x1-convolution.ts";
import { actNorm } from "../normalization/act-norm.ts";

/** Architecture of a {@link glowStep}. */
export interface GlowStepOptions {
  /** Channels of the images, at least 2. */
  readonly channels: number;
  /** Channels of the conditioner's hidden layers; [64, 64] if left out. */
  readonly hidden?: readonly number[];
  /** Form of the invertible 1×1 convolution; "plu" if left out. */
  readonly convolution?: "plu" | "full";
  /** How many numbers a context has; 0 if left out. */
  readonly context?: number;
  /** Determines the initial weights; 0 if left out. */
  readonly seed?: number;
}

/**
 * One step of Glow: on the way to the base an {@link actNorm}, an {@link invertible1x1Convolution}, and an affine
 * {@link coupling} that scales and shifts half of the channels, steered by a {@link convNet} that sees the other half.
 *
 * Images [height, width, channels];  logDet = h·w·(Σ s_actNorm + log |det W⁻¹|) + Σ s_coupling nats, for `forward`.
 *
 * @throws RangeError if there are fewer than 2 channels, or a size makes no sense.
 * @throws ShapeError when applied to images with another number of channels.
 * @see Kingma and Dhariwal 2018, "Glow", arXiv:1807.03039v2, sections 3.1 to 3.3; Prince, Understanding Deep
 *   Learning, section 16.5.2.
 */
export function glowStep(options: GlowStepOptions): Bijection {
  checkOptions("glowStep", options, "glowStep({ channels: 4 })", {
    channels: aSize,
    hidden: listOf(aSize),
    convolution: oneOf("plu", "full"),
    context: aSize,
    seed: aSeed,
  });
  const { channels, hidden, convolution, context, seed } = {
    hidden: [64, 64],
    convolution: "plu" as const,
    context: 0,
    seed: 0,
    ...dropAbsent(options),
  };
  if (!Number.isInteger(channels) || channels < 2) {
    throw new RangeError(
      `glowStep: expected channels ≥ 2, a whole number, half of which steer the others; got ${channels}`,
    );
  }
  const transformer = affineTransformer();
  const mask = channelMask(channels, "second");
  const inputs = Math.floor(channels / 2);
  const outputs = (channels - inputs) * transformer.parameters;
  const step = compositionOf("glowStep", () => [
    coupling({ mask, transformer, conditioner: convNet({ inputs, outputs, hidden, context, seed }) }),
    invertible1x1Convolution({ channels, form: convolution, seed }),
    actNorm({ dimensions: channels }),
  ]);
  return { ...step, name: "glow step" };
}
