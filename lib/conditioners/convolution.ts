import { tf } from "../engine/tf.ts";
import { checkParameters } from "../ground/arguments/most-numbers.ts";
import { refuseContext } from "../ground/arguments/refuse-context.ts";
import { ShapeError } from "../ground/errors.ts";
import { nameVariables } from "../ground/variable-names.ts";
import { random } from "../random/random.ts";
import { withContext } from "./conditioner.ts";

/** One layer of a network for images. */
export interface ConvolutionLayer {
  /** Filters [size, size, inputs, outputs] and biases [outputs]; with a learned scale, its logarithms [outputs]. */
  readonly variables: readonly tf.Variable[];
  /** Images [rows, height, width, inputs] → [rows, height, width, outputs]. */
  apply(images: tf.Tensor): tf.Tensor;
}

/** How strongly a learned output scale reacts to its parameter, as in Glow's published code. */
const SCALE_FACTOR = 3;

/**
 * A convolution that keeps height and width, the image being surrounded by zeros.
 *
 * Filters start normal with variance 2/(inputs·size²), as determined by the seed, so that a rectifier keeps the size of
 * its signal (He et al. 2015, arXiv:1502.01852v1); biases start at 0.
 */
export function convolution(options: {
  readonly inputs: number;
  readonly outputs: number;
  /** Height and width of a filter, odd. */
  readonly size: number;
  /** Determines the initial filters. */
  readonly start: string;
}): ConvolutionLayer {
  const { inputs, outputs, size, start } = options;
  const shape = [size, size, inputs, outputs];
  checkParameters("a convolution", shape);
  const deviation = Math.sqrt(2 / (inputs * size * size));
  const filters = tf.tidy(() => tf.variable(random(start).normalTensor(shape, 0, deviation)));
  const biases = tf.tidy(() => tf.variable(tf.zeros([outputs])));
  return {
    variables: nameVariables({ filters, biases }),
    apply: (images) => tf.add(convolve(images, filters), biases),
  };
}

/**
 * The last layer of a network: a convolution that starts at 0, times a learned scale for each output.
 *
 * y = (W ∗ x + b)·exp(3·l), all of W, b and l starting at 0. The scale lets the outputs grow faster than the small
 * steps of the filters would.
 *
 * @see Kingma and Dhariwal 2018, "Glow", arXiv:1807.03039v2, section 3.3, "zero initialization".
 */
export function zeroConvolution(options: {
  readonly inputs: number;
  readonly outputs: number;
  readonly size: number;
}): ConvolutionLayer {
  const { inputs, outputs, size } = options;
  checkParameters("a convolution", [size, size, inputs, outputs]);
  const filters = tf.tidy(() => tf.variable(tf.zeros([size, size, inputs, outputs])));
  const biases = tf.tidy(() => tf.variable(tf.zeros([outputs])));
  const logScale = tf.tidy(() => tf.variable(tf.zeros([outputs])));
  return {
    variables: nameVariables({ filters, biases, logScale }),
    apply: (images) => {
      const scale = tf.exp(tf.mul(logScale, SCALE_FACTOR));
      return tf.mul(tf.add(convolve(images, filters), biases), scale);
    },
  };
}

export function convolve(images: tf.Tensor, filters: tf.Tensor): tf.Tensor {
  const [size, , inputs, outputs] = filters.shape;
  const around = images.shape.slice(0, -1);
  if (images.size === 0) return tf.zeros([...around, outputs]);
  if (size > 1) return tf.conv2d(images as tf.Tensor4D, filters as tf.Tensor4D, 1, "same");
  // A matrix product: on wasm, the gradient of a convolution is slow.
  const pixels = tf.reshape(images, [images.size / inputs, inputs]);
  const product = tf.matMul(pixels as tf.Tensor2D, tf.reshape(filters, [inputs, outputs]) as tf.Tensor2D);
  return tf.reshape(product, [...around, outputs]);
}

/**
 * Applies a network for images [rows, height, width, channels] to [...batch, height, width, inputs], with the context
 * [...batch, C] as further channels that are constant over the image.
 *
 * @throws ShapeError if the input is no image with so many channels, or the context does not fit.
 */
export function onImages(
  who: string,
  images: tf.Tensor,
  sizes: { readonly inputs: number; readonly outputs: number; readonly context: number },
  context: tf.Tensor | undefined,
  network: (images: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  if (images.rank < 3) {
    throw new ShapeError(
      `${who}: expected [...batch, height, width, ${sizes.inputs}]; got [${images.shape}]`,
    );
  }
  refuseContext(who, sizes.context, context);
  const everywhere =
    context && context.rank > 0
      ? tf.reshape(context, [...context.shape.slice(0, -1), 1, 1, context.shape[context.rank - 1]])
      : context;
  const all = withContext(who, images, sizes.inputs, everywhere, sizes.context);
  const batch = all.shape.slice(0, -3);
  const [height, width, channels] = all.shape.slice(-3);
  const rows = batch.reduce((product, length) => product * length, 1);
  const result = network(tf.reshape(all, [rows, height, width, channels]));
  return tf.reshape(result, [...batch, height, width, sizes.outputs]);
}
