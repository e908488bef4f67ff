import type { Conditioner } from "../../conditioners/conditioner.ts";
import type { AutoregressiveConditioner } from "../../conditioners/made.ts";
import { groupsOf, type OrderOption } from "../../conditioners/order.ts";
import { tf } from "../../engine/tf.ts";
import { checkOptions } from "../../ground/arguments/check-options.ts";
import { anything } from "../../ground/arguments/kinds.ts";
import { ShapeError } from "../../ground/errors.ts";
import { worstSolution } from "../../ground/worst-solution.ts";
import type { Transformer } from "../../transformers/transformer.ts";
import type { Bijection, Mapped, Solution } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { concernsOutside } from "../building/concerns.ts";
import { inversePermutation, isIdentity, permuteLastAxis } from "../building/permute-axis.ts";
import { checkSteering, describeSteering } from "../building/steering.ts";

/** What an {@link autoregressive} bijection is made of. */
export interface AutoregressiveOptions {
  /** The order in which numbers are generated; that of the conditioner if left out. */
  readonly order?: OrderOption;
  /** The map of each number. */
  readonly transformer: Transformer;
  /** Computes D·parameters outputs from D inputs, those of each number from the numbers before it: {@link made}. */
  readonly conditioner: AutoregressiveConditioner;
}

/**
 * Masked autoregressive flow: each number is transformed under parameters computed from the data before it.
 *
 * x_i = f(z_i; θ_i(x_{<i}, context));  logDet = Σ_i log |∂f/∂z_i| nats;  [...batch, D] ↔ [...batch, D].
 *
 * The inverse, and so the density, takes one pass through the conditioner, because all x are known. Generating takes
 * one pass for each group of the order: D, if numbers are generated one by one. The inverse autoregressive flow,
 * which generates in one pass and takes D for a density, is the other direction: `invert(autoregressive(…))`.
 *
 * @throws TypeError if the conditioner has no order.
 * @throws RangeError if an order is given that is not that of the conditioner.
 * @throws ShapeError when applied to events of other dimensions, or if the conditioner's outputs do not fit.
 * @see Prince, Understanding Deep Learning, equations 16.15 to 16.17; Papamakarios, Pavlakou, Murray 2017, "Masked
 *   Autoregressive Flow for Density Estimation", arXiv:1705.07057v4, equations 3 to 5 (where f is affine), and
 *   section 3.2 on the inverse autoregressive flow of Kingma et al. 2016, arXiv:1606.04934v2.
 */
export function autoregressive(options: AutoregressiveOptions): Bijection {
  checkOptions("autoregressive", options, "autoregressive({ transformer, conditioner })", {
    order: anything,
    transformer: anything,
    conditioner: anything,
  });
  const { transformer, conditioner } = options;
  checkSteering("autoregressive", transformer, conditioner);
  const { order } = conditioner;
  if (!Array.isArray(order)) {
    throw new TypeError(
      "autoregressive: expected a conditioner with an order, such as made(), whose outputs for a number depend on the " +
        "numbers before it only; got one without, such as mlp() for a coupling",
    );
  }
  const generated = order.flat();
  const dimensions = generated.length;
  checkOrder(options.order, order, dimensions);
  const parameters = (x: tf.Tensor, context?: tf.Tensor) =>
    parametersFor(conditioner, transformer, x, context);
  return bijection({
    name: "autoregressive",
    event: [dimensions],
    ...(transformer.forwardKind && { forwardKind: transformer.forwardKind }),
    forward: (z, context) => generate(z, order, transformer, (known) => parameters(known, context)),
    inverse: (x, context) => transformer.inverse(x, parameters(x, context)),
    contextSize: conditioner.contextSize ?? "unknown",
    ...concernsOutside(transformer.interval),
    variables: conditioner.variables,
    ...describeSteering(transformer, conditioner, (parts) => ({ type: "autoregressive", ...parts })),
  });
}

/**
 * The groups of numbers one after the other. Only the numbers of its group are transformed in a pass, those to come
 * being 0: their parameters mean nothing yet, and might overflow. Log-slopes come in the order of generation.
 */
function generate(
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

function parametersFor(
  conditioner: Conditioner,
  transformer: Transformer,
  x: tf.Tensor,
  context?: tf.Tensor,
): tf.Tensor {
  const raw = conditioner.apply(x, context);
  const expected = x.shape.with(-1, x.shape[x.rank - 1] * transformer.parameters);
  if (raw.rank === expected.length && expected.every((length, i) => length === raw.shape[i])) {
    return tf.reshape(raw, [...x.shape, transformer.parameters]);
  }
  throw new ShapeError(
    `autoregressive: expected the conditioner to give shape [${expected}], ${transformer.parameters} parameters ` +
      `for each number; got [${raw.shape}]`,
  );
}

function checkOrder(
  given: OrderOption | undefined,
  own: readonly (readonly number[])[],
  dimensions: number,
): void {
  if (given === undefined) return;
  const groups = groupsOf(given, dimensions, "autoregressive");
  if (JSON.stringify(groups) === JSON.stringify(own)) return;
  throw new RangeError(
    `autoregressive: the order ${JSON.stringify(groups)} is not that of the conditioner, ${JSON.stringify(own)}; ` +
      "give both the same, or the conditioner only",
  );
}
