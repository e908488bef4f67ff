import { checkOptions } from "../ground/arguments/check-options.ts";
import { aFew, aFlag, aSeed, aSize, listOf } from "../ground/arguments/kinds.ts";
import { plural } from "../ground/plural.ts";
import { anActivation } from "./activation.ts";
import type { Conditioner } from "./conditioner.ts";
import { convolution, zeroConvolution } from "./convolution.ts";
import { checkNetwork, completeOptions, imageConditioner, type NetworkOptions } from "./network.ts";

/** Architecture of a {@link convNet}. */
export interface ConvNetOptions extends NetworkOptions {
  /** Channels of the images that come in. */
  readonly inputs: number;
  /** Channels of the images that go out. */
  readonly outputs: number;
  /** Channels of the hidden layers; [64, 64] if left out. */
  readonly hidden?: readonly number[];
  /** Height and width of each layer's filters, odd; 3 for the first and the last, 1 between if left out. */
  readonly sizes?: readonly number[];
}

/**
 * Convolutional network: y = W_L ∗ a(… a(W₁ ∗ [x, context] + b₁) …) + b_L, at the resolution of its input.
 *
 * [...batch, height, width, inputs] → [...batch, height, width, outputs]. With the defaults it is the network of
 * Glow's couplings: 3×3, 1×1, 3×3, the last starting at 0.
 *
 * @throws RangeError if a size is no whole number ≥ 1, a filter is even, there is not one filter size for each
 *   layer, or the activation is unknown.
 * @throws ShapeError when applied to inputs or a context of another size.
 * @see Kingma and Dhariwal 2018, "Glow", arXiv:1807.03039v2, section 3.3.
 */
export function convNet(options: ConvNetOptions): Conditioner {
  checkOptions("convNet", options, "convNet({ inputs: 1, outputs: 2 })", {
    inputs: aSize,
    outputs: aSize,
    hidden: listOf(aSize),
    sizes: listOf(aFew),
    activation: anActivation,
    context: aSize,
    zeroLast: aFlag,
    seed: aSeed,
  });
  const hidden = options.hidden ?? [64, 64];
  const config = {
    type: "convNet",
    inputs: options.inputs,
    outputs: options.outputs,
    hidden,
    sizes: options.sizes ?? [...hidden, 0].map((_, k) => (k === 0 || k === hidden.length ? 3 : 1)),
    ...completeOptions(options),
  };
  const { inputs, outputs, sizes, context, zeroLast, seed } = config;
  const nonlinearity = checkNetwork(config, { inputs, outputs, hidden });
  checkFilters(sizes, hidden.length + 1);
  const widths = [inputs + context, ...hidden, outputs];
  const layers = sizes.map((size, k) => {
    const channels = { inputs: widths[k], outputs: widths[k + 1] };
    if (zeroLast && k === hidden.length) return zeroConvolution({ ...channels, size });
    return convolution({ ...channels, size, start: `conv net ${seed} ${k}` });
  });
  return imageConditioner(config, {
    layers,
    outputs,
    apply: (images) => layers.reduce((x, layer, k) => layer.apply(k === 0 ? x : nonlinearity(x)), images),
  });
}

function checkFilters(sizes: readonly number[], layers: number): void {
  if (sizes.length === layers && sizes.every((size) => Number.isInteger(size) && size > 0 && size % 2 === 1))
    return;
  throw new RangeError(
    `convNet: expected an odd filter size for each of ${plural(layers, "layer")}; got [${sizes}]`,
  );
}
