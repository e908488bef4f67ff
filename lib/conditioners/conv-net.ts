import { tf } from "../engine/tf.ts";
import { type Activation, activation } from "./activation.ts";
import type { Conditioner } from "./conditioner.ts";
import { convolution, onImages, zeroConvolution } from "./convolution.ts";
import { checkSizes } from "./dense.ts";

/** Architecture of a {@link convNet}. */
export interface ConvNetOptions {
  /** Channels of the images that come in. */
  readonly inputs: number;
  /** Channels of the images that go out. */
  readonly outputs: number;
  /** Channels of the hidden layers; [64, 64] if left out. */
  readonly hidden?: readonly number[];
  /** Height and width of each layer's filters, odd; 3 for the first and the last, 1 between if left out. */
  readonly sizes?: readonly number[];
  /** "relu" if left out. */
  readonly activation?: Activation;
  /** How many numbers a context has, which become further channels; 0 if left out. */
  readonly context?: number;
  /** Starts the last layer at 0, with a learned output scale; true if left out. */
  readonly zeroLast?: boolean;
  /** Determines the initial filters; 0 if left out. */
  readonly seed?: number;
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
  const hidden = options.hidden ?? [64, 64];
  const config = {
    type: "convNet",
    inputs: options.inputs,
    outputs: options.outputs,
    hidden,
    sizes: options.sizes ?? [...hidden, 0].map((_, k) => (k === 0 || k === hidden.length ? 3 : 1)),
    activation: options.activation ?? "relu",
    context: options.context ?? 0,
    zeroLast: options.zeroLast ?? true,
    seed: options.seed ?? 0,
  };
  const { inputs, outputs, sizes, context: contextSize, zeroLast, seed } = config;
  checkSizes("convNet", { inputs, outputs, hidden });
  checkSizes("convNet", { context: contextSize }, 0);
  checkFilters(sizes, hidden.length + 1);
  const nonlinearity = activation(config.activation);
  const widths = [inputs + contextSize, ...hidden, outputs];
  const layers = sizes.map((size, k) => {
    const channels = { inputs: widths[k], outputs: widths[k + 1] };
    if (zeroLast && k === hidden.length) return zeroConvolution({ ...channels, size });
    return convolution({ ...channels, size, start: `conv net ${seed} ${k}` });
  });
  return {
    variables: layers.flatMap((layer) => layer.variables),
    config,
    contextSize,
    apply: (input, context) =>
      tf.tidy(() =>
        onImages("convNet", input, config, context, (images) =>
          layers.reduce((x, layer, k) => layer.apply(k === 0 ? x : nonlinearity(x)), images),
        ),
      ),
  };
}

function checkFilters(sizes: readonly number[], layers: number): void {
  if (sizes.length === layers && sizes.every((size) => Number.isInteger(size) && size > 0 && size % 2 === 1))
    return;
  throw new RangeError(`convNet: expected an odd filter size for each of ${layers} layers; got [${sizes}]`);
}
