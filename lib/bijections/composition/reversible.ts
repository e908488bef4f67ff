import { asFloat } from "../../engine/as-float.ts";
import { gradientApart } from "../../engine/tape/gradient-apart.ts";
import { gradientFromResults } from "../../engine/tape/gradient-from-results.ts";
import { isOnTape, offTape } from "../../engine/tape/off-tape.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import { sumEvent } from "../../ground/sum-event.ts";
import type { Bijection, Mapped } from "../bijection.ts";
import { contextFor } from "../building/context.ts";
import type { Direction } from "../building/lipschitz.ts";
import { compositionOf } from "./chain.ts";

/**
 * A {@link chain} whose gradient needs no more memory the longer it is: the same map, with the same numbers.
 *
 * An ordinary gradient keeps what each part has computed until it is needed on the way back: memory O(K) for K parts.
 * Here only the chain's result is kept. On the way back the input of each part is computed anew from its output, by the
 * part's other direction, and then that part alone is differentiated: memory O(1). This takes one more pass through
 * each part's other direction, and the part itself once more.
 *
 * What comes back through the parts is not to the last bit what went in, so gradients differ from those of the chain by
 * rounding: of size 1e-7 times the condition of the map between a part and the chain's end. Parts that stretch by 10
 * each lose a digit each on the way back; additive couplings, as in {@link iRevNet}, lose next to nothing.
 *
 * @throws RangeError if the list is empty, or a part has a direction that is not in closed form, or state that its training step
 *   changes: what a batch's statistics have done cannot be undone from what they have made.
 * @throws Error from a second derivative, which it does not have; a chain has.
 * @see Gomez, Ren, Urtasun, Grosse 2017, "The Reversible Residual Network", arXiv:1707.04585v1, algorithm 1; Prince, Understanding
 *   Deep Learning, section 16.3.6.
 */
export function reversible(parts: readonly Bijection[]): Bijection {
  const whole = compositionOf("reversible", () => parts);
  parts.forEach(checkPart);
  const { config, forward, inverse, ...rest } = whole;
  const backwards = [...parts].reverse();
  return {
    ...rest,
    name: NAME,
    forward: (z, context) =>
      isOnTape() ? through(whole, parts, "forward", asFloat(z, NAME), context) : forward(z, context),
    inverse: (x, context) =>
      isOnTape() ? through(whole, backwards, "inverse", asFloat(x, NAME), context) : inverse(x, context),
    ...(config && { config: { ...config, type: "reversible" } }),
  };
}

const NAME = "reversible chain";

function checkPart(part: Bijection, place: number): void {
  const who = `reversible, part ${place} (${part.name ?? "a bijection"})`;
  if (part.inverseKind !== "analytic" || (part.forwardKind ?? "analytic") !== "analytic") {
    throw new RangeError(
      `${who}: expected both directions in closed form; forward is ${part.forwardKind ?? "analytic"}, inverse ` +
        `${part.inverseKind}: put it into a chain around`,
    );
  }
  if (!part.trainingInverse) return;
  throw new RangeError(
    `${who}: expected a part whose training step is its inverse; this one goes by the batch, which cannot be undone: put ` +
      "it into a chain around, or take actNorm in the place of batchNorm",
  );
}

const OTHER: Record<Direction, Direction> = { forward: "inverse", inverse: "forward" };

/** The parts one after the other as one operation of the tape, with the gradient that recomputes. */
function through(
  whole: Bijection,
  order: readonly Bijection[],
  direction: Direction,
  input: tf.Tensor,
  context?: tf.Tensor,
): Mapped {
  const { variables } = whole;
  const sources = [input, ...(context ? [context] : []), ...variables];
  const apply = (part: Bijection, way: Direction, value: tf.Tensor, given?: tf.Tensor) => {
    const mapped = part[way](value, contextFor(part, given));
    return { value: mapped.value, logDet: sumEvent(mapped.logDet, whole.eventRank - part.eventRank) };
  };
  const [value, logDet] = gradientFromResults(
    "reversible",
    sources,
    () => {
      const mapped = whole[direction](input, context);
      return [mapped.value, mapped.logDet];
    },
    ([result]) => [result, ...(context ? [context] : [])],
    ([inValue, inLogDet], [output, given]) =>
      stepBack({ order, direction, variables, apply }, output, inValue, inLogDet, given),
  );
  return { value, logDet };
}

interface Way {
  readonly order: readonly Bijection[];
  readonly direction: Direction;
  readonly variables: readonly tf.Variable[];
  apply(part: Bijection, way: Direction, value: tf.Tensor, context?: tf.Tensor): Mapped;
}

/** The gradients in the input, in the context if there is one, and in the variables. Only one part's tensors are held at a time. */
function stepBack(
  { order, direction, variables, apply }: Way,
  result: tf.Tensor,
  inResult: tf.Tensor,
  inLogDet: tf.Tensor,
  context?: tf.Tensor,
): tf.Tensor[] {
  const totals = new Map<tf.Tensor, tf.Tensor>();
  let [output, inOutput] = [result, inResult];
  for (const part of [...order].reverse()) {
    const others = [...(context ? [context] : []), ...part.variables];
    const [input, inInput, ...inOthers] = tidy(() => {
      const start = offTape(() => apply(part, OTHER[direction], output, context).value);
      const gradients = gradientApart([start, ...others], () => {
        const { value, logDet } = apply(part, direction, start, context);
        return tf.add(tf.sum(tf.mul(value, inOutput)), tf.sum(tf.mul(logDet, inLogDet))) as tf.Scalar;
      });
      return [start, ...gradients];
    });
    for (const [i, one] of others.entries()) {
      const before = totals.get(one);
      totals.set(one, before ? tf.add(before, inOthers[i]) : inOthers[i]);
      if (before) tf.dispose([before, inOthers[i]]);
    }
    if (output !== result) tf.dispose([output, inOutput]);
    [output, inOutput] = [input, inInput];
  }
  return [
    inOutput,
    ...[...(context ? [context] : []), ...variables].map((one) => totals.get(one) ?? tf.zerosLike(one)),
  ];
}
