import { offTape } from "../../engine/tape/off-tape.ts";
import { tf } from "../../engine/tf.ts";
import { random } from "../../random/random.ts";
import type { LinearMap } from "./linear-map.ts";

/** So many rounds of five steps a new network's vectors are moved on. */
const FIRST_ROUNDS = 3;
/** A norm that stands for 0, whose root has no slope; and below what a product is taken for 0. */
const [ZERO, TINY] = [1e-18, 1e-17];

/**
 * Steps v ← WᵀW v/‖WᵀW v‖, which turn v towards the direction that W stretches most; v as it is if W v is 0.
 *
 * @see Miyato, Kataoka, Koyama, Yoshida 2018, "Spectral Normalization for Generative Adversarial Networks", arXiv:1802.05957v1,
 *   algorithm 1; for convolutions, as here, by the map itself and its transpose: Gouk, Frank, Pfahringer, Cree 2018,
 *   arXiv:1804.04368v3.
 */
export function powerIteration(map: LinearMap, weights: tf.Tensor, v: tf.Tensor, steps: number): tf.Tensor {
  return offTape(() => {
    let next = tf.expandDims(v, 0);
    for (let k = 0; k < steps; k++) next = map.transpose(weights, map.multiply(weights, next));
    const size = norm(next);
    const isKnown = tf.cast(tf.greater(size, TINY), "float32");
    const turned = tf.mul(tf.div(next, tf.maximum(size, TINY)), isKnown);
    return tf.add(tf.reshape(turned, v.shape), tf.mul(v, tf.sub(1, isKnown)));
  });
}

/** A unit vector for a new map, turned as well as some steps do. Moved on, not trained. */
export function startDirection(map: LinearMap, name: string): tf.Variable {
  return tf.tidy(() => {
    const noise = random(name).normalTensor(map.event);
    let v: tf.Tensor = tf.div(noise, norm(noise));
    for (let round = 0; round < FIRST_ROUNDS; round++) v = powerIteration(map, map.weights, v, 5);
    return tf.variable(v, false);
  });
}

/**
 * ‖W v‖, which is the spectral norm once v is the direction that W stretches most, and never more. Its gradient in W is
 * the norm's then: u vᵀ with u = W v/‖W v‖.
 */
export function normAlong(map: LinearMap, weights: tf.Tensor, v: tf.Tensor): tf.Tensor {
  return norm(map.multiply(weights, tf.expandDims(v, 0)));
}

function norm(x: tf.Tensor): tf.Tensor {
  return tf.sqrt(tf.maximum(tf.sum(tf.square(x)), ZERO ** 2));
}
