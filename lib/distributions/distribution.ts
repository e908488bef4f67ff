import type { tf } from "../engine/tf.ts";
import type { Config } from "../ground/config.ts";
import type { Random } from "../random/random.ts";

/** A distribution over events of a fixed shape: the base of a {@link flow}. */
export interface Distribution {
  /** Shape of one event; [] for a number. */
  readonly eventShape: readonly number[];
  /**
   * Log-density in nats of each event: [...batch, ...event] → [...batch]; −∞ outside the support, NaN of NaN. Numbers of
   * any type are converted to float32.
   *
   * @throws ShapeError if the last axes are not one event. @throws TypeError if something is no number.
   */
  logProb(z: tf.Tensor | tf.TensorLike): tf.Tensor;
  /**
   * Draws `count` independent events: [count, ...event].
   *
   * @throws RangeError if `count` is no whole number ≥ 0.
   */
  sample(count: number, random: Random): tf.Tensor;
  /** Differential entropy of one event in nats, −E[log p(z)]; undefined where no closed form is known, as of a mixture. */
  readonly entropy?: number;
  /** For one without a config: what it was made of that has none, "component 1" for instance. */
  readonly lacking?: string;
  /** How to make it again ({@link buildDistribution}); absent from one that no factory of ours has made. */
  readonly config?: Config;
}
