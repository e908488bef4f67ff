import { tf } from "../../engine/tf.ts";
import { worstSolution } from "../../ground/worst-solution.ts";
import type { Mapped, Solution } from "../bijection.ts";
import { type Bracket, type Increasing, solveIncreasing } from "./solve-increasing.ts";

/** An equation g(x) = target for one number, in double precision: what {@link solveIncreasing} takes. */
export interface Equation {
  readonly g: Increasing;
  /** Where the solution lies, the ends included. */
  readonly bracket: Bracket;
  /** A positive lower bound of g′. */
  readonly minimalSlope: number;
}

/**
 * The direction of an elementwise map that has no closed form: solves value(x) = target for each number.
 *
 * Solved in double precision outside of the tape, each to a proven bound of its error. One Newton step on the tape
 * follows, which carries the exact first derivative in the targets and in the parameters (implicit function theorem),
 * but no second one.
 *
 * @param targets Any shape.
 * @param equationOf The equation of a target, and its place among all of them. It must be the map of `apply` with the
 *   same parameters, to the last bit of float32.
 * @param apply The direction that has a closed form, on the tape, with the log-slope of each number.
 * @returns The solutions, the log-slopes of this direction, and the worst of how well they were solved.
 * @throws NoInverseError if a target has no solution in its bracket, as one that is not finite.
 */
export function solveElements(
  targets: tf.Tensor,
  equationOf: (target: number, place: number) => Equation,
  apply: (x: tf.Tensor) => Mapped,
): Mapped & { readonly solution: Solution } {
  const solutions: Solution[] = [];
  const solved = Float32Array.from(targets.dataSync(), (target, place) => {
    const { g, bracket, minimalSlope } = equationOf(target, place);
    const { x, ...solution } = solveIncreasing(g, target, bracket, minimalSlope);
    solutions.push(solution);
    return x;
  });
  const { value, logDet } = tf.tidy(() => {
    const start = tf.tensor(solved, targets.shape, "float32");
    const image = apply(start);
    // target − g(x) is rounding error here; its derivative is what matters.
    const value = tf.add(start, tf.mul(tf.sub(targets, image.value), tf.exp(tf.neg(image.logDet))));
    // Once more at the result, through which the slope depends on the targets and on the parameters.
    return { value, logDet: tf.neg(apply(value).logDet) };
  });
  return { value, logDet, solution: worstSolution(solutions) };
}
