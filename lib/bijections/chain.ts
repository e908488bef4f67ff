import { tf } from "../engine/tf.ts";
import { type Bijection, type Computation, type Mapped, ShapeError, type Solution } from "./bijection.ts";
import { sumEvent } from "./event.ts";

/**
 * Composition of bijections, applied in the order in which they are listed.
 *
 * x = f_K(… f₂(f₁(z)));  logDet = Σ_k log |det ∂f_k/∂h_{k−1}|.
 *
 * Parts of different event rank may be mixed: a chain has the largest of them, and the log-determinants of the
 * others are summed over the axes that they treat as batch.
 *
 * @throws RangeError if the list is empty.
 * @throws ShapeError if a tensor has fewer axes than an event.
 * @see Textbook, equations 16.4 to 16.6.
 */
export function chain(parts: readonly Bijection[]): Bijection {
  if (parts.length === 0) throw new RangeError("expected at least one bijection to chain; got an empty list");
  const eventRank = Math.max(...parts.map((part) => part.eventRank)) as Bijection["eventRank"];
  const backwards = [...parts].reverse();
  const run = (order: readonly Bijection[], direction: "forward" | "inverse") => {
    return (input: tf.Tensor, context?: tf.Tensor) => {
      if (input.rank < eventRank) {
        throw new ShapeError(
          `expected events with ${eventRank} axes, after any number of batch axes; got shape [${input.shape}]`,
        );
      }
      return compose(order, direction, eventRank, input, context);
    };
  };
  return {
    name: "chain",
    eventRank,
    inverseKind: worst(parts.map((part) => part.inverseKind)),
    forwardKind: worst(parts.map((part) => part.forwardKind ?? "analytic")),
    forward: run(parts, "forward"),
    inverse: run(backwards, "inverse"),
    variables: [...new Set(parts.flatMap((part) => part.variables))],
    parts,
  };
}

function compose(
  order: readonly Bijection[],
  direction: "forward" | "inverse",
  eventRank: number,
  input: tf.Tensor,
  context?: tf.Tensor,
): Mapped {
  const solutions: Solution[] = [];
  const { value, logDet } = tf.tidy(() => {
    let value = input;
    let total: tf.Tensor | undefined;
    for (const part of order) {
      const step = part[direction](value, context);
      const logDet = sumEvent(step.logDet, eventRank - part.eventRank);
      value = step.value;
      total = total ? tf.add(total, logDet) : logDet;
      if (step.solution) solutions.push(step.solution);
    }
    return { value, logDet: total as tf.Tensor };
  });
  return { value, logDet, ...merged(solutions) };
}

/** The worst of several solutions; an error that a later part stretches is not accounted for. */
function merged(solutions: Solution[]): { solution?: Solution } {
  if (solutions.length === 0) return {};
  const largest = (key: keyof Solution) => Math.max(...solutions.map((solution) => solution[key]));
  return {
    solution: {
      iterations: largest("iterations"),
      residual: largest("residual"),
      errorBound: solutions.length === 1 ? solutions[0].errorBound : Number.NaN,
    },
  };
}

function worst(kinds: Computation[]): Computation {
  const order: Computation[] = ["none", "iterative", "analytic"];
  return order.find((kind) => kinds.includes(kind)) ?? "analytic";
}
