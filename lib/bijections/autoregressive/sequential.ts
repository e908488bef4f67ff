import { tf } from "../../engine/tf.ts";
import { worstSolution } from "../../ground/worst-solution.ts";
import type { Transformer } from "../../transformers/transformer.ts";
import type { Mapped, Solution } from "../bijection.ts";
import { inversePermutation, isIdentity, permuteLastAxis } from "../building/permute-axis.ts";

/**
 * The groups of numbers one after the other. Only the numbers of its group are transformed in a pass, those to come
 * being 0: their parameters mean nothing yet, and might overflow. Log-slopes come in the order of generation.
 */
export function generate(
  z: tf.Tensor,
  order: readonly (readonly number[])[],
  transformer: Transformer,
  parameters: (x: tf.Tensor) => tf.Tensor,
): Mapped {
  const generated = order.flat();
  const back = inversePermutation(generated);
  const [ordered, inPlace] = isIdentity(generated)
    ? [z, (x: tf.Tensor) => x]
    : [permuteLastAxis(z, generated), (x: tf.Tensor) => permuteLastAxis(x, back)];
  const batch = z.shape.slice(0, -1);
  const noise = tf.split(
    ordered,
    order.map((group) => group.length),
    -1,
  );
  const values: tf.Tensor[] = [];
  const logDets: tf.Tensor[] = [];
  const solutions: Solution[] = [];
  let known = 0;
  for (const [k, group] of order.entries()) {
    const rest = tf.zeros([...batch, generated.length - known]);
    const theta = parameters(inPlace(tf.concat([...values, rest], -1)));
    const { value, logDet, solution } = transformer.forward(noise[k], entriesOf(theta, group));
    values.push(value);
    logDets.push(logDet);
    if (solution) solutions.push(solution);
    known += group.length;
  }
  const all = { value: inPlace(tf.concat(values, -1)), logDet: tf.concat(logDets, -1) };
  if (solutions.length === 0) return all;
  // How far the error of a number goes on into the parameters of the next, nobody knows.
  const unbounded = order.length > 1 && { errorBound: Infinity };
  return { ...all, solution: { ...worstSolution(solutions), ...unbounded } };
}

/** Some entries of the last axis but one. */
function entriesOf(theta: tf.Tensor, indices: readonly number[]): tf.Tensor {
  const axis = theta.rank - 2;
  const entries = indices.map((index) =>
    tf.slice(
      theta,
      theta.shape.map((_, i) => (i === axis ? index : 0)),
      theta.shape.with(axis, 1),
    ),
  );
  return entries.length === 1 ? entries[0] : tf.concat(entries, axis);
}
