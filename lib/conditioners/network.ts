import { tf } from "../engine/tf.ts";
import { type Activation, activation } from "./activation.ts";
import { type Conditioner, withContext } from "./conditioner.ts";
import { onImages } from "./convolution.ts";
import { checkSizes, onRows } from "./dense.ts";

/** What every network is told beside the sizes of its layers. */
export interface NetworkOptions {
  /** "relu" if left out; "elu" in a {@link gatedConvNet}. */
  readonly activation?: Activation;
  /** How many numbers a context has, which are appended to the inputs, of images as further channels; 0 if left out. */
  readonly context?: number;
  /** Starts the last layer at 0, so that all outputs are 0 at first; that of images has a learned scale then. True if left out. */
  readonly zeroLast?: boolean;
  /** Determines the initial weights; 0 if left out. */
  readonly seed?: number;
}

/** The options with their defaults, in the order in which a config keeps them. */
export function completeOptions(
  options: NetworkOptions,
  usual: Activation = "relu",
): Required<NetworkOptions> {
  return {
    activation: options.activation ?? usual,
    context: options.context ?? 0,
    zeroLast: options.zeroLast ?? true,
    seed: options.seed ?? 0,
  };
}

/**
 * Checks a network's options.
 *
 * @param sizes Of its layers, by the options' names.
 * @returns The function that its activation names.
 * @throws RangeError if a size is no whole number ≥ 1, the context's none ≥ 0, or the activation is unknown.
 */
export function checkNetwork(
  { type, context, activation: name }: Architecture,
  sizes: Record<string, number | readonly number[]>,
): (x: tf.Tensor) => tf.Tensor {
  checkSizes(type, sizes);
  checkSizes(type, { context }, 0);
  return activation(name);
}

/** A network's config: its type, the sizes of its layers and what it has in common with others. */
export interface Architecture extends Required<NetworkOptions> {
  readonly type: string;
  readonly inputs: number;
  readonly [size: string]: number | string | boolean | readonly number[] | readonly (readonly number[])[];
}

/** What a network is made of. */
interface Parts {
  readonly layers: readonly { readonly variables: readonly tf.Variable[] }[];
  readonly outputs: number;
  /** Of rows [rows, inputs + context], or of images [rows, height, width, inputs + context]. */
  apply(x: tf.Tensor): tf.Tensor;
}

/** The conditioner [...batch, inputs] → [...batch, outputs] of a network for rows. */
export function vectorConditioner(config: Architecture, { layers, outputs, apply }: Parts): Conditioner {
  const { type, inputs, context: contextSize } = config;
  return {
    variables: layers.flatMap(({ variables }) => variables),
    config,
    contextSize,
    apply: (input, context) =>
      tf.tidy(() => onRows(withContext(type, input, inputs, context, contextSize), outputs, apply)),
  };
}

/** The conditioner [...batch, height, width, inputs] → [...batch, height, width, outputs] of a network for images. */
export function imageConditioner(config: Architecture, { layers, outputs, apply }: Parts): Conditioner {
  return {
    variables: layers.flatMap(({ variables }) => variables),
    config,
    contextSize: config.context,
    apply: (input, context) =>
      tf.tidy(() => onImages(config.type, input, { ...config, outputs }, context, apply)),
  };
}
