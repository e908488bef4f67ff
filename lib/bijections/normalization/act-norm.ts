import { tf } from "../../engine/tf.ts";
import { checkOptions } from "../../ground/arguments/check-options.ts";
import { aSize } from "../../ground/arguments/kinds.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { channelMoments } from "../building/channel-moments.ts";
import { checkDimensions } from "../building/check-dimensions.ts";
import { concernsConstant } from "../building/concerns.ts";
import { largest } from "../building/lipschitz.ts";

/** What rounding may leave of the deviation of a channel that does not vary, as a share of its mean, and beside it: float32
 * hardly holds the square of a smaller one. */
const [ROUNDING, SMALLEST_DEVIATION] = [2 ** -26, 1e-18];

/**
 * ActNorm: an affine map of each channel that starts out by standardizing the first batch it sees.
 *
 * x = exp(s) ⊙ z + b with learned s and b;  logDet = Σ_c s_c nats at each position.
 * `initialize` sets b to the mean and s to the log-deviation of each channel over all other axes, so that z has mean
 * 0 and deviation 1 on that batch; of a channel that does not vary there, s stays 0. It does so once: `state` holds a flag, which is saved with the weights.
 *
 * [...batch, D] ↔ [...batch, D]. An event is the last axis: a vector, or the channels at one position of an image, whose
 * positions then share s and b; a {@link chain} or a {@link flow} sums the log-determinants over them.
 *
 * @param options.dimensions Length of the last axis, D.
 * @throws RangeError if `dimensions` is no whole number ≥ 1, or the first batch has fewer than two numbers per channel, or
 *   one that is not finite: the next batch is then the first one.
 * @throws ShapeError if a tensor's last axis has another length.
 * @see Kingma and Dhariwal 2018, "Glow", arXiv:1807.03039v2, section 3.1.
 */
export function actNorm(options: { readonly dimensions: number }): Bijection {
  checkOptions("actNorm", options, "actNorm({ dimensions: 3 })", { dimensions: aSize });
  const { dimensions } = options;
  checkDimensions("actNorm", dimensions);
  const logScale = tf.tidy(() => tf.variable(tf.zeros([dimensions])));
  const shift = tf.tidy(() => tf.variable(tf.zeros([dimensions])));
  const initialized = tf.tidy(() => tf.variable(tf.scalar(0), false));
  const logDet = (direction: 1 | -1) => tf.mul(tf.sum(logScale), direction);
  return bijection({
    name: "actNorm",
    event: [dimensions],
    forward: (z) => ({ value: tf.add(tf.mul(z, tf.exp(logScale)), shift), logDet: logDet(1) }),
    inverse: (x) => ({ value: tf.mul(tf.sub(x, shift), tf.exp(tf.neg(logScale))), logDet: logDet(-1) }),
    initialize: (x) => {
      if (initialized.dataSync()[0] !== 0) return;
      standardize(x, dimensions, shift, logScale);
      initialized.assign(tf.scalar(1));
    },
    lipschitz: (direction) => largest(() => tf.exp(direction === "forward" ? logScale : tf.neg(logScale))),
    ...concernsConstant((mean) => Math.abs(mean) * ROUNDING + SMALLEST_DEVIATION),
    variables: { logScale, shift },
    state: { initialized },
    config: { type: "actNorm", dimensions },
  });
}

function standardize(x: tf.Tensor, dimensions: number, shift: tf.Variable, logScale: tf.Variable): void {
  if (x.size < 2 * dimensions) {
    throw new RangeError(
      `actNorm: expected a first batch with at least two numbers for each channel; got shape [${x.shape}]`,
    );
  }
  const { mean, variance } = channelMoments(tf.reshape(x, [-1, dimensions]));
  checkFinite(mean, variance);
  shift.assign(mean);
  const deviation = tf.sqrt(variance);
  const varies = tf.greater(deviation, tf.add(tf.mul(tf.abs(mean), ROUNDING), SMALLEST_DEVIATION));
  logScale.assign(tf.log(tf.where(varies, deviation, tf.onesLike(deviation))));
}

function checkFinite(...moments: readonly tf.Tensor[]): void {
  const [means, variances] = moments.map((moment) => moment.dataSync());
  const channel = variances.findIndex((variance, c) => !Number.isFinite(means[c] + variance));
  if (channel < 0) return;
  throw new RangeError(
    `actNorm: expected a first batch of finite numbers; got a mean of ${means[channel]} and a variance of ` +
      `${variances[channel]} in channel ${channel}: look for such numbers in the data, or for a layer between ` +
      "that makes them",
  );
}
