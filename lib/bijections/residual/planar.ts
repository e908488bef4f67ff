import { tf } from "../../engine/tf.ts";
import { aSeed, aSize } from "../../ground/arguments/kinds.ts";
import { random } from "../../random/random.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { checkVectorOptions } from "../building/check-dimensions.ts";
import { largest, largestRowSum } from "../building/lipschitz.ts";
import { evaluateSteps } from "../building/soft-steps.ts";
import { type Equation, solveElements } from "../building/solve-elements.ts";

/**
 * Planar flow: stretches or squeezes space in one direction, on both sides of a plane.
 *
 * x = z + û·tanh α, α = wᵀz + b;  logDet = log(1 + wᵀû·(1 − tanh² α)) nats.  [...batch, D] ↔ [...batch, D].
 * û = u + (m(wᵀu) − wᵀu)·w/‖w‖² with m(v) = −1 + log(1 + eᵛ) keeps wᵀû = m(wᵀu) above −1, as the inverse needs.
 *
 * Back: α + wᵀû·tanh α = wᵀx + b is solved for α ({@link solveElements}), and z = x − û·tanh α. So densities take an
 * iteration, outside of compiled graphs and without second derivatives; of an inverted one ({@link invert}), samples do,
 * and densities do not. It starts as the identity, but for noise of size 0.01 in u; û has a pole at w = 0.
 *
 * @param options.dimensions Numbers of an event, D.
 * @param options.seed Determines w and the noise; 0 if left out.
 * @throws RangeError if `dimensions` is no whole number from 1.
 * @throws ShapeError when applied to a last axis of another length.
 * @throws NoInverseError from `inverse`, if a number is not finite.
 * @see Rezende and Mohamed 2015, "Variational Inference with Normalizing Flows", arXiv:1505.05770v6, equations 10 to 12
 *   and appendix A.1.
 */
export function planar(options: { readonly dimensions: number; readonly seed?: number }): Bijection {
  checkVectorOptions("planar", options, { dimensions: aSize, seed: aSeed });
  const { dimensions, seed = 0 } = options;
  const [w, u, b] = initialize(dimensions, seed);
  const project = (points: tf.Tensor) => tf.sum(tf.mul(points, w), -1, true);
  /** û, and the least slope 1 + wᵀû as it is, without what rounding would leave of wᵀû near −1. */
  const constrain = () => {
    const slope = tf.softplus(project(u));
    const missing = tf.sub(tf.sub(slope, 1), project(u));
    return { slope, pull: tf.add(u, tf.div(tf.mul(missing, w), project(w))) };
  };
  /** α to wᵀx + b, whose slope is the determinant: tanh² α + (1 + wᵀû)·(1 − tanh² α). */
  const stretch = (alpha: tf.Tensor, slope: tf.Tensor) => {
    const bend = tf.tanh(alpha);
    const flat = tf.square(bend);
    return {
      value: tf.add(alpha, tf.mul(tf.sub(slope, 1), bend)),
      logDet: tf.log(tf.add(flat, tf.mul(slope, tf.sub(1, flat)))),
    };
  };
  return bijection({
    name: "planar",
    config: { type: "planar", dimensions, seed },
    event: [dimensions],
    inverseKind: "iterative",
    forward: (z) => {
      const { slope, pull } = constrain();
      const alpha = tf.add(project(z), b);
      return { value: tf.add(z, tf.mul(pull, tf.tanh(alpha))), logDet: stretch(alpha, slope).logDet };
    },
    inverse: (x) => {
      const { slope, pull } = constrain();
      const equation = equationFor(slope.dataSync()[0]);
      const solved = solveElements(tf.add(project(x), b), equation, (alpha) => stretch(alpha, slope));
      const value = tf.sub(x, tf.mul(pull, tf.tanh(solved.value)));
      // tanh stretches nothing: an error of α is multiplied by the numbers of û at most.
      const errorBound = solved.solution.errorBound * largest(() => pull);
      return { value, logDet: solved.logDet, solution: { ...solved.solution, errorBound } };
    },
    // Of I + t·û wᵀ with 0 ≤ t = 1 − tanh² α ≤ 1, and of its inverse I − t/(1 + t·wᵀû)·û wᵀ: that of an end of t.
    lipschitz: (direction) => {
      const { slope, pull } = constrain();
      const steepest = tf.mul(pull, direction === "forward" ? 1 : tf.neg(tf.reciprocal(slope)));
      const map = (h: tf.Tensor) => tf.add(h, tf.mul(project(h), steepest));
      return Math.max(1, largestRowSum(map, dimensions));
    },
    variables: { w, u, b },
  });
}

function initialize(dimensions: number, seed: number): tf.Variable[] {
  const noise = random(seed).fork("planar");
  const direction = noise.normal(dimensions);
  const w = direction.map((v) => v / Math.hypot(...direction));
  // û = 0 for a u along w with log(1 + exp(wᵀu)) = 1.
  const u = noise.normal(dimensions, 0, 0.01).map((v, i) => v + Math.log(Math.E - 1) * w[i]);
  return tf.tidy(() => [tf.tensor1d(w), tf.tensor1d(u), tf.scalar(0)].map((start) => tf.variable(start)));
}

/** g(α) = α + wᵀû·tanh α for a number 1 + wᵀû; it is within |wᵀû| of α, and a rounding. */
function equationFor(slope: number): (target: number) => Equation {
  const pull = slope - 1;
  const steps = [{ height: pull, centre: 0, width: 1 }];
  const g = (alpha: number) => evaluateSteps(alpha, { slope: 1, offset: 0, steps });
  return (target) => {
    const reach = Math.abs(pull) + 1e-15 * Math.abs(target);
    return { g, bracket: { low: target - reach, high: target + reach }, minimalSlope: Math.min(1, slope) };
  };
}
