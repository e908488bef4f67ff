import { tf } from "../../engine/tf.ts";
import { checkOptions, dropAbsent } from "../../ground/arguments/check-options.ts";
import { aNumber, aSize } from "../../ground/arguments/kinds.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { type ChannelMoments, channelMoments } from "../building/channel-moments.ts";
import { checkDimensions } from "../building/check-dimensions.ts";
import { concernsConstant } from "../building/concerns.ts";
import { largest } from "../building/lipschitz.ts";

/** Options of {@link batchNorm}. */
export interface BatchNormOptions {
  /** Length of the last axis. */
  readonly dimensions: number;
  /** How much of the running statistics a training step keeps, 0 ≤ momentum < 1; 0.99 if left out. */
  readonly momentum?: number;
  /** Added to each variance; 1e-5 if left out. */
  readonly epsilon?: number;
}

/**
 * Batch normalization as a bijection, for each entry of the last axis.
 *
 * inverse: z = (x − m)·exp(γ)/√(v + ε) + β;  logDet = Σ (γ − ½ log(v + ε)) nats.
 * forward: x = (z − β)·exp(−γ)·√(v + ε) + m.
 * A training step uses mean m and variance v of its batch, over all axes but the last, everything else their running
 * averages, which the first training step sets and later ones follow. γ and β are learned, from 0. The derivative of
 * the log-determinant with respect to the statistics is taken, too; the statistics count as constants in the
 * Jacobian of one event.
 *
 * [...batch, D] ↔ [...batch, D]. An event is the last axis; in a {@link chain} with bijections of images it normalizes
 * channels.
 *
 * @throws RangeError if an option makes no sense, or a training step's batch has fewer than two numbers for each
 *   entry: their variance would be 0.
 * @throws ShapeError when applied to a last axis of another length.
 * @see Dinh, Sohl-Dickstein, Bengio 2017, "Density estimation using Real NVP", arXiv:1605.08803v3, section 3.7,
 *   equations 17 and 18; Papamakarios, Pavlakou, Murray 2017, arXiv:1705.07057v4, appendix B (with γ and β).
 */
export function batchNorm(options: BatchNormOptions): Bijection {
  checkOptions("batchNorm", options, "batchNorm({ dimensions: 2 })", {
    dimensions: aSize,
    momentum: aNumber,
    epsilon: aNumber,
  });
  const config = { type: "batchNorm", momentum: 0.99, epsilon: 1e-5, ...dropAbsent(options) };
  const { dimensions, momentum, epsilon } = config;
  checkSettings(config);
  const variable = (start: tf.Tensor, trained: boolean) => tf.variable(start, trained);
  const [logScale, shift] = tf.tidy(() => [0, 1].map(() => variable(tf.zeros([dimensions]), true)));
  // Mean and variance, and 1 once a training step has set them.
  const state = tf.tidy(() =>
    [tf.zeros([dimensions]), tf.ones([dimensions]), tf.scalar(0)].map((start) => variable(start, false)),
  );
  const [mean, variance, initialized] = state;
  const logSlope = (v: tf.Tensor) => tf.sub(logScale, tf.mul(tf.log(tf.add(v, epsilon)), 0.5));
  const normalize = (x: tf.Tensor, m: tf.Tensor, v: tf.Tensor) => {
    const slope = logSlope(v);
    return { value: tf.add(tf.mul(tf.sub(x, m), tf.exp(slope)), shift), logDet: tf.sum(slope) };
  };
  return bijection({
    name: "batch norm",
    event: [dimensions],
    forward: (z) => {
      const slope = tf.neg(logSlope(variance));
      return { value: tf.add(tf.mul(tf.sub(z, shift), tf.exp(slope)), mean), logDet: tf.sum(slope) };
    },
    inverse: (x) => normalize(x, mean, variance),
    trainingInverse: (x) => {
      const batch = moments(x);
      const kept = tf.mul(initialized, momentum);
      const mix = (old: tf.Tensor, now: tf.Tensor) => tf.add(old, tf.mul(tf.sub(1, kept), tf.sub(now, old)));
      return {
        ...normalize(x, batch.mean, batch.variance),
        state: [mix(mean, batch.mean), mix(variance, batch.variance), tf.onesLike(initialized)],
      };
    },
    lipschitz: (direction) => {
      const slope = () => (direction === "forward" ? tf.neg(logSlope(variance)) : logSlope(variance));
      return largest(() => tf.exp(slope()));
    },
    // From here on, epsilon leaves less than a thirtieth of the deviation of 1.
    ...concernsConstant(() => Math.sqrt(epsilon / 1000)),
    variables: { logScale, shift },
    state: { mean, variance, initialized },
    config,
  });
}

/** Mean and variance of the last axis' entries over all other axes. */
function moments(x: tf.Tensor): ChannelMoments {
  const count = x.shape.slice(0, -1).reduce((product, length) => product * length, 1);
  if (count < 2) {
    throw new RangeError(
      `batchNorm: a training step needs at least 2 numbers for each entry of the last axis, for their variance; ` +
        `got shape [${x.shape}]: train with larger batches`,
    );
  }
  return channelMoments(x);
}

function checkSettings({ dimensions, momentum, epsilon }: Required<BatchNormOptions>): void {
  checkDimensions("batchNorm", dimensions);
  if (!(momentum >= 0 && momentum < 1)) {
    throw new RangeError(`batchNorm: expected 0 ≤ momentum < 1; got ${momentum}`);
  }
  if (!(epsilon > 0 && epsilon < Infinity)) {
    throw new RangeError(`batchNorm: expected a positive epsilon; got ${epsilon}`);
  }
}
