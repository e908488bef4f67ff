import { clip } from "../../engine/clip.ts";
import { offTape } from "../../engine/tape/off-tape.ts";
import { tf } from "../../engine/tf.ts";
import { checkOptions, dropAbsent } from "../../ground/arguments/check-options.ts";
import { aNumber, listOf } from "../../ground/arguments/kinds.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { eventFor } from "../building/event.ts";

/** Options of {@link rotation}. */
export interface RotationOptions {
  /** Of the elements with angles of their own, the last axes of an event; [] (one angle for all) if left out. */
  readonly shape?: readonly number[];
  /** Length of the circle; 2π, for angles, if left out. */
  readonly period?: number;
}

/**
 * Learned rotation of the circle, element by element: what a circular spline cannot do, which leaves ±π in its place.
 *
 * x = z + φ, brought back to [−period/2, period/2] by whole turns;  logDet = 0 for each element, with a `shape`
 * for each event. It starts as the identity, φ = 0. The two ends of the interval are the same point of the circle.
 *
 * @throws RangeError if the period is not positive and finite, or the shape is none.
 * @throws ShapeError when applied to events that the shape does not fit.
 * @see Rezende et al. 2020, "Normalizing Flows on Tori and Spheres", arXiv:2002.02428.
 */
export function rotation(options: RotationOptions = {}): Bijection {
  checkOptions("rotation", options, "rotation({ shape: [2] })", { shape: listOf(aNumber), period: aNumber });
  const { shape, period } = { shape: [], period: 2 * Math.PI, ...dropAbsent(options) };
  if (!(period > 0 && period < Infinity)) {
    throw new RangeError(`rotation: expected a positive, finite period; got ${period}`);
  }
  const event = eventFor("rotation", shape);
  const angle = tf.tidy(() => tf.variable(tf.zeros([...shape])));
  return bijection({
    name: "rotation",
    config: { type: "rotation", shape: [...shape], period },
    event,
    forward: (z) => ({ value: wrap(tf.add(z, angle), period) }),
    inverse: (x) => ({ value: wrap(tf.sub(x, angle), period) }),
    variables: { angle },
  });
}

/** Numbers without their whole turns, which count as constants for the gradient. */
function wrap(x: tf.Tensor, period: number): tf.Tensor {
  const turns = offTape(() => tf.round(tf.mul(x, 1 / period)));
  // Rounding must not lead off the interval, where a base distribution has the density 0.
  return clip(tf.sub(x, tf.mul(turns, period)), -period / 2, period / 2);
}
