import { withGradient } from "../../engine/tape/with-gradient.ts";
import { tf } from "../../engine/tf.ts";

const [LN_2, HALF_LN_2PI] = [Math.LN2, 0.5 * Math.log(2 * Math.PI)];
/**
 * log(erfcx(y)/t) for t = 1/(1 + y/2) from 0 to 1, erfcx(y) = exp(y²)·erfc(y), interpolated at Chebyshev's points: to 1e-7,
 * as near as float32 can tell.
 */
const POWERS = [
  -1.2655122103, 1.000020943046, 0.3741760881878, 0.09577241218917, -0.1800615120589, 0.2567150664347,
  -1.086955617232, 1.423171942764, -0.7684580834326, 0.1463613835572, 0.004769651165,
];

/**
 * The tail of the standard normal distribution for a ≥ 0: log Φ(−a), and log φ(a)/Φ(−a), the logarithm of the hazard h.
 *
 * Neither is a difference of large numbers: log Φ(−a) = −a²/2 + r − ln 2 and log h = ln 2 − ½ ln 2π − r with
 * r = log erfcx(a/√2). The slopes are −h and h − a.
 */
export function normalTail(a: tf.Tensor): { logTail: tf.Tensor; logHazard: tf.Tensor } {
  const [logTail, logHazard] = withGradient(
    { a },
    (inputs) => {
      const t = tf.reciprocal(tf.add(tf.mul(inputs.a, Math.SQRT1_2 / 2), 1));
      const power = POWERS.slice(0, -1).reduceRight<tf.Tensor>(
        (sum, coefficient) => tf.add(tf.mul(sum, t), coefficient),
        tf.fill(t.shape, POWERS[POWERS.length - 1]),
      );
      const r = tf.add(tf.log(t), power);
      return [tf.sub(r, tf.add(tf.mul(tf.square(inputs.a), 0.5), LN_2)), tf.sub(LN_2 - HALF_LN_2PI, r)];
    },
    (inputs, [ofTail, ofHazard]) => {
      const hazard = tf.exp(normalTail(inputs.a).logHazard);
      return { a: tf.sub(tf.mul(tf.sub(hazard, inputs.a), ofHazard), tf.mul(hazard, ofTail)) };
    },
  );
  return { logTail, logHazard };
}

/** Newton steps of {@link normalTailQuantile}: after three of them float32 knows no better. */
const STEPS = 4;

/**
 * The a ≥ 0 with log Φ(−a) = logTail, for logTail ≤ −ln 2, and log h(a): off the tape, from above, as the tail is no larger
 * than ½·exp(−a²/2), and Newton's steps of a concave function stay on that side.
 */
export function normalTailQuantile(logTail: tf.Tensor): tf.Tensor {
  let a = tf.sqrt(tf.maximum(tf.mul(tf.add(logTail, LN_2), -2), 0));
  for (let step = 0; step < STEPS; step++) {
    const at = normalTail(a);
    const change = tf.mul(tf.sub(at.logTail, logTail), tf.exp(tf.neg(at.logHazard)));
    a = tf.maximum(tf.add(a, change), 0);
  }
  return a;
}
