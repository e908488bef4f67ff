import type { Conditioner } from "../../conditioners/conditioner.ts";
import type { AutoregressiveConditioner } from "../../conditioners/made.ts";
import { groupsOf, type OrderOption } from "../../conditioners/order.ts";
import { isOnTape } from "../../engine/tape/off-tape.ts";
import { tf } from "../../engine/tf.ts";
import { checkOptions } from "../../ground/arguments/check-options.ts";
import { anything } from "../../ground/arguments/kinds.ts";
import { ShapeError } from "../../ground/errors.ts";
import { plural } from "../../ground/plural.ts";
import type { Transformer } from "../../transformers/transformer.ts";
import type { Bijection } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { concernsOutside } from "../building/concerns.ts";
import { checkSteering, describeSteering } from "../building/steering.ts";
import { iterate } from "./jacobi.ts";
import { generate } from "./sequential.ts";
import { SOLVER_KINDS, type SolverOptions, solvingOf } from "./solver.ts";

/** What an {@link autoregressive} bijection is made of. */
export interface AutoregressiveOptions extends SolverOptions {
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
 * With the solver "jacobi", generating is a fixed-point iteration on all numbers at once ({@link iterate}), which takes
 * the fewer passes the less the numbers depend on each other; it reports how many, and its residual, as `solution`. A
 * residual within the tolerance is a distance in z: one in x may be larger, by as much as f stretches. Where a gradient is
 * computed, the groups are taken one after the other, since none leads through the iteration.
 *
 * @throws TypeError if the conditioner has no order.
 * @throws RangeError if an order is given that is not that of the conditioner, the solver is unknown, or the tolerance is
 *   negative or given without "jacobi".
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
    ...SOLVER_KINDS,
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
  const solving = solvingOf("autoregressive", options);
  // One group is one pass, whatever the solver.
  const iterates = solving.solver === "jacobi" && order.length > 1;
  return bijection({
    name: "autoregressive",
    event: [dimensions],
    ...(iterates
      ? { forwardKind: "iterative" }
      : transformer.forwardKind && { forwardKind: transformer.forwardKind }),
    forward: (z, context) => {
      const given = (known: tf.Tensor) => parameters(known, context);
      const { tolerance } = solving;
      if (iterates && z.size > 0 && !isOnTape())
        return iterate(z, { groups: order.length, tolerance, transformer, parameters: given });
      return generate(z, order, transformer, given);
    },
    inverse: (x, context) => transformer.inverse(x, parameters(x, context)),
    contextSize: conditioner.contextSize ?? "unknown",
    ...concernsOutside(transformer.interval),
    variables: conditioner.variables,
    ...describeSteering(transformer, conditioner, (parts) => ({
      ...{ type: "autoregressive", ...parts },
      ...(solving.solver === "jacobi" && solving),
    })),
  });
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
    `autoregressive: expected the conditioner to give shape [${expected}], ${plural(transformer.parameters, "parameter")} ` +
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
