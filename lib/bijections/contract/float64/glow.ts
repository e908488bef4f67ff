import type { Reference } from "../case.ts";
import { exactActNorm } from "./act-norm.ts";
import { exactAffine } from "./affine.ts";
import { exactChain } from "./composition.ts";
import { exactConvNet } from "./conv-net.ts";
import { exactCoupling } from "./coupling.ts";
import { exactFullConvolution, exactPluConvolution } from "./invertible-1x1-convolution.ts";
import { exactMultiscale } from "./multiscale.ts";
import { withContextChannels } from "./network.ts";
import type { Shape } from "./squeeze.ts";
import type { Weights } from "./weights.ts";

/** Options of {@link glowStep}. */
interface StepOptions {
  readonly convolution?: "full" | "plu";
  readonly context?: number[];
}

/** Coupling of channels, 1×1 convolution and ActNorm, in the order of the generative direction. */
export function exactGlowStep(read: Weights, shape: Shape, options: StepOptions = {}): Reference {
  const { convolution = "plu", context = [] } = options;
  const parts = [channelCoupling(read, shape, context)];
  parts.push(convolution === "full" ? exactFullConvolution(read, shape[2]) : exactPluConvolution(read));
  parts.push(exactActNorm(read));
  return exactChain(parts);
}

/** Two levels, each of so many steps, and between them what leaves as an affine function of what stays. */
export function exactGlow(read: Weights, shape: Shape, steps: readonly number[]): Reference {
  const levels = steps.map((count, level) => (squeezed: Shape) => {
    const isLast = level === steps.length - 1;
    const prior = isLast ? [] : [channelCoupling(read, squeezed, [])];
    return exactChain([...prior, ...Array.from({ length: count }, () => exactGlowStep(read, squeezed))]);
  });
  return exactMultiscale(shape, levels);
}

/** The second half of the channels, scaled and shifted under the first. */
function channelCoupling(read: Weights, [height, width, channels]: Shape, context: number[]): Reference {
  const kept = Math.floor(channels / 2);
  const network = withContextChannels(exactConvNet(read, { height, width }), kept, context);
  return exactCoupling({ changes: (i) => i % channels >= kept, scalar: exactAffine, network });
}
