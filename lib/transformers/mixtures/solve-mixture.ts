import { offTape } from "../../engine/tape/off-tape.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import type { Solution } from "../../ground/solution.ts";
import { worstSolution } from "../../ground/worst-solution.ts";
import type { Transformed } from "../transformer.ts";
import type { Components } from "./components.ts";
import type { Mixture } from "./find-quantile.ts";

/**
 * The direction without a closed form: x of z, number by number in double precision, with the derivatives of the other one.
 *
 * @param quantile x of the mixture that belongs to the number i of z.
 * @param normalize z of x.
 */
export function solveMixture(
  z: tf.Tensor,
  components: Components,
  quantile: (target: number, mixture: Mixture, i: number) => { x: number } & Solution,
  normalize: (x: tf.Tensor) => Transformed,
): Transformed {
  const { x, solution } = solveNumbers(z, components, quantile);
  const start = tf.tensor(x, z.shape, "float32");
  const image = normalize(start);
  const value = withStep(start, tf.mul(tf.sub(z, image.value), tf.exp(tf.neg(image.logDet))));
  return { value, logDet: tf.neg(normalize(value).logDet), solution };
}

/** A constant, with the derivatives of one Newton step there, which by itself is rounding. */
export function withStep(start: tf.Tensor, step: tf.Tensor): tf.Tensor {
  const rounding = offTape(() => tf.clone(step));
  return tf.add(start, tf.sub(step, rounding));
}

/** A number for each of z, broadcast along its axes but the first. */
export const numbersOf = (of: tf.Tensor, z: tf.Tensor) =>
  tidy(() => tf.broadcastTo(of, [of.shape[0], ...z.shape.slice(1)]).dataSync());

function solveNumbers(
  z: tf.Tensor,
  { logWeights, means, logScales }: Components,
  quantile: (target: number, mixture: Mixture, i: number) => { x: number } & Solution,
): { x: Float32Array; solution: Solution } {
  const [weights, centres, widths] = [logWeights, means, logScales].map((of) => numbersOf(of, z));
  const [count, size] = [means.shape[0], z.size];
  const list = () => new Array<number>(count);
  const own = { logWeights: list(), means: list(), scales: list() };
  const solutions: Solution[] = [];
  const x = Float32Array.from(z.dataSync(), (target, i) => {
    for (let k = 0; k < count; k++) {
      own.logWeights[k] = weights[k * size + i];
      own.means[k] = centres[k * size + i];
      own.scales[k] = Math.exp(widths[k * size + i]);
    }
    const { x: found, ...solution } = quantile(target, own, i);
    solutions.push(solution);
    return found;
  });
  return { x, solution: worstSolution(solutions) };
}
