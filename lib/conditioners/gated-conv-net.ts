import { tf } from "../engine/tf.ts";
import { checkOptions } from "../ground/arguments/check-options.ts";
import { aFew, aFlag, aSeed, aSize } from "../ground/arguments/kinds.ts";
import { anActivation } from "./activation.ts";
import type { Conditioner } from "./conditioner.ts";
import { convolution, zeroConvolution } from "./convolution.ts";
import { checkNetwork, completeOptions, imageConditioner, type NetworkOptions } from "./network.ts";

/** Architecture of a {@link gatedConvNet}. */
export interface GatedConvNetOptions extends NetworkOptions {
  /** Channels of the images that come in. */
  readonly inputs: number;
  /** Channels of the images that go out. */
  readonly outputs: number;
  /** Channels of all hidden layers; 32 if left out. */
  readonly width?: number;
  /** Number of gated residual blocks; 2 if left out. */
  readonly blocks?: number;
}

/**
 * Residual network of gated convolutions: each block decides at every pixel how much of its change to add.
 *
 * h₀ = W₀ ∗ [x, context];  (u, v) = V_k ∗ a(W_k ∗ a(h_{k−1}));  h_k = h_{k−1} + u·σ(v);  y = W ∗ a(h_K),
 * with 3×3 filters W and 1×1 filters V, and biases.
 *
 * [...batch, height, width, inputs] → [...batch, height, width, outputs].
 *
 * @throws RangeError if a size is no whole number ≥ 1, or the activation is unknown.
 * @throws ShapeError when applied to inputs or a context of another size.
 * @see van den Oord et al. 2016, "Conditional Image Generation with PixelCNN Decoders", arXiv:1606.05328v2, for the
 *   gates; Ho et al. 2019, "Flow++", arXiv:1902.00275, for such blocks in a coupling.
 */
export function gatedConvNet(options: GatedConvNetOptions): Conditioner {
  checkOptions("gatedConvNet", options, "gatedConvNet({ inputs: 1, outputs: 2 })", {
    inputs: aSize,
    outputs: aSize,
    width: aSize,
    blocks: aFew,
    activation: anActivation,
    context: aSize,
    zeroLast: aFlag,
    seed: aSeed,
  });
  const config = {
    type: "gatedConvNet",
    inputs: options.inputs,
    outputs: options.outputs,
    width: options.width ?? 32,
    blocks: options.blocks ?? 2,
    ...completeOptions(options, "elu"),
  };
  const { inputs, outputs, width, blocks, context, zeroLast, seed } = config;
  const nonlinearity = checkNetwork(config, { inputs, outputs, width, blocks });
  const layer = (from: number, to: number, size: number, name: string) =>
    convolution({ inputs: from, outputs: to, size, start: `gated conv net ${seed} ${name}` });
  const first = layer(inputs + context, width, 3, "first");
  const gated = Array.from({ length: blocks }, (_, k) => [
    layer(width, width, 3, `block ${k}`),
    layer(width, 2 * width, 1, `gate ${k}`),
  ]);
  const ends = { inputs: width, outputs, size: 3 };
  const last = zeroLast ? zeroConvolution(ends) : layer(width, outputs, 3, "last");
  const change = (h: tf.Tensor, k: number) => {
    const both = gated[k][1].apply(nonlinearity(gated[k][0].apply(nonlinearity(h))));
    const [update, gate] = tf.split(both, 2, -1);
    return tf.mul(update, tf.sigmoid(gate));
  };
  return imageConditioner(config, {
    layers: [first, ...gated.flat(), last],
    outputs,
    apply: (images) => {
      const hidden = gated.reduce((h, _, k) => tf.add(h, change(h, k)), first.apply(images));
      return last.apply(nonlinearity(hidden));
    },
  });
}
