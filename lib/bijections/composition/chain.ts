import { tf } from "../../engine/tf.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import type { Config } from "../../ground/config.ts";
import { sumEvent } from "../../ground/sum-event.ts";
import type { Bijection, Computation, Mapped, Solution, TrainingMapped } from "../bijection.ts";
import { bijection } from "../building/builder.ts";
import { checkBijections } from "../building/check-bijection.ts";
import { commonContextSize, contextFor } from "../building/context.ts";
import type { EventShape } from "../building/event.ts";
import { type Direction, lipschitzOf } from "../building/lipschitz.ts";
import { divideNoise, joinNoise } from "../building/noise.ts";

/**
 * Composition of bijections, applied in the order in which they are listed.
 *
 * x = f_K(… f₂(f₁(z)));  logDet = Σ_k log |det ∂f_k/∂h_{k−1}| nats.  [...batch, ...event] ↔ [...batch, ...event].
 *
 * Parts of different event rank may be mixed: a chain has the largest of them, and the log-determinants of the
 * others are summed over the axes that they treat as batch. A batch that initializes the chain passes through the
 * parts from the last to the first, each initialized with what the later ones have made of it.
 *
 * Each part that may take a context gets the one that the chain is given.
 *
 * If parts are iterative, the error of each reaches as far as the parts after it stretch it: with errors e_k and
 * Lipschitz constants L_k in the order of application, that of the chain is at most Σ_k e_k·Π_{j>k} L_j. Its
 * `solution` states this bound, which is Infinity if a part after an iterative one has no known constant.
 *
 * @throws RangeError if the list is empty.
 * @throws ShapeError if a tensor has fewer axes than an event, or parts take contexts of different sizes; from both
 *   directions, if there is a context and no part takes one.
 * @see Prince, Understanding Deep Learning, equations 16.4 to 16.7.
 */
export function chain(parts: readonly Bijection[]): Bijection {
  return compositionOf("chain", () => parts);
}

/**
 * A {@link chain} that messages call by another name: that of the function that somebody has called.
 *
 * @param makeParts What a part refuses as it is made is told in that name, too.
 */
export function compositionOf(name: string, makeParts: () => readonly Bijection[]): Bijection {
  const parts = inNameOf(name, makeParts);
  checkBijections(name, parts);
  if (parts.length === 0)
    throw new RangeError(`${name}: expected at least one bijection to chain; got an empty list`);
  const eventRank = Math.max(...parts.map((part) => part.eventRank)) as Bijection["eventRank"];
  const contextSize = commonContextSize(name, parts);
  const backwards = [...parts].reverse();
  const composed = bijection({
    name,
    event: Array<string>(eventRank).fill("any") as readonly string[] as EventShape,
    inverseKind: worst(parts.map((part) => part.inverseKind)),
    forwardKind: worst(parts.map((part) => part.forwardKind ?? "analytic")),
    forward: (z, context) =>
      compose(
        parts,
        (part, value) => part.forward(value, contextFor(part, context)),
        "forward",
        eventRank,
        z,
      ),
    inverse: (x, context) =>
      compose(
        backwards,
        (part, value) => part.inverse(value, contextFor(part, context)),
        "inverse",
        eventRank,
        x,
      ),
    contextSize: contextSize ?? "unknown",
    shapeAfter: (direction, shape) =>
      shapeThrough(direction === "forward" ? parts : backwards, direction, shape),
    lipschitz: (direction) => parts.reduce((product, part) => product * lipschitzOf(part, direction), 1),
    variables: [...new Set(parts.flatMap((part) => part.variables))],
    ...trainingMembers(backwards, eventRank),
    ...configOf(parts),
    parts,
  });
  // By this name, saved flows have the tensors of a chain.
  return { ...composed, name: "chain" };
}

/** What the chain has because a part has it: state, another inverse in training, an initialization from data. */
function trainingMembers(
  backwards: readonly Bijection[],
  eventRank: number,
): Pick<Bijection, "state" | "trainingInverse" | "noise" | "initialize"> {
  const forwards = [...backwards].reverse();
  const state = [...new Set(forwards.flatMap((part) => part.state ?? []))];
  const normalizeInTraining = (
    part: Bijection,
    value: tf.Tensor,
    context?: tf.Tensor,
    drawn?: tf.Tensor,
  ): Mapped | TrainingMapped => {
    const own = contextFor(part, context);
    return part.trainingInverse ? part.trainingInverse(value, own, drawn) : part.inverse(value, own);
  };
  const noise = joinNoise(backwards);
  return {
    ...(state.length > 0 && { state }),
    ...(backwards.some((part) => part.trainingInverse) && {
      trainingInverse: (x: tf.Tensor, context?: tf.Tensor, drawn?: tf.Tensor) => {
        const next = new Map<tf.Variable, tf.Tensor>();
        const own = drawn && divideNoise(backwards, drawn);
        const step = (part: Bijection, value: tf.Tensor, place: number) => {
          const mapped = normalizeInTraining(part, value, context, own?.[place]);
          if ("state" in mapped) part.state?.forEach((one, i) => void next.set(one, mapped.state[i]));
          return mapped;
        };
        const mapped = compose(backwards, step, "training inverse", eventRank, x);
        return { ...mapped, state: state.map((one) => next.get(one) ?? one) };
      },
    }),
    ...(noise && { noise }),
    ...(backwards.some((part) => part.initialize) && {
      initialize: (x: tf.Tensor, context?: tf.Tensor) => {
        let value = x;
        for (const part of backwards) {
          part.initialize?.(value, contextFor(part, context));
          value = normalizeInTraining(part, value, context).value;
        }
      },
    }),
  };
}

function configOf(parts: readonly Bijection[]): { config?: Config } {
  const configs = parts.flatMap((part) => part.config ?? []);
  return configs.length === parts.length ? { config: { type: "chain", parts: configs } } : {};
}

/** The shape of the events after all parts, in the order of their application, where it is known of each. */
function shapeThrough(
  parts: readonly Bijection[],
  direction: Direction,
  shape: readonly number[],
): readonly number[] | undefined {
  let known: readonly number[] | undefined = shape;
  for (const part of parts) known = known && part.shapeAfter?.(direction, known);
  return known;
}

function compose(
  order: readonly Bijection[],
  apply: (part: Bijection, value: tf.Tensor, place: number) => Mapped,
  direction: Direction | "training inverse",
  eventRank: number,
  input: tf.Tensor,
): Mapped {
  let solution: Solution | undefined;
  let solving: tf.Tensor | undefined;
  let value = input;
  let total: tf.Tensor | undefined;
  for (const [place, part] of order.entries()) {
    const step = apply(part, value, place);
    const logDet = sumEvent(step.logDet, eventRank - part.eventRank);
    value = step.value;
    total = total ? tf.add(total, logDet) : logDet;
    solving = solving && step.solving ? tf.maximum(solving, step.solving) : (solving ?? step.solving);
    solution = combineSolutions(solution, step.solution, () => stretchOf(part, direction));
  }
  return {
    ...{ value, logDet: total as tf.Tensor },
    ...(solution && { solution }),
    ...(solving && { solving }),
  };
}

/** What is known of a composition when one more part has been applied: an error so far is stretched, its own added. */
function combineSolutions(
  before: Solution | undefined,
  own: Solution | undefined,
  stretch: () => number,
): Solution | undefined {
  if (!before) return own;
  const carried = before.errorBound === 0 ? 0 : before.errorBound * stretch();
  return {
    iterations: Math.max(before.iterations, own?.iterations ?? 0),
    residual: Math.max(before.residual, own?.residual ?? 0),
    errorBound: carried + (own?.errorBound ?? 0),
  };
}

/** With statistics of the batch, a number of the result depends on all events: no constant is known. */
function stretchOf(part: Bijection, direction: Direction | "training inverse"): number {
  if (direction !== "training inverse") return lipschitzOf(part, direction);
  return part.trainingInverse ? Infinity : lipschitzOf(part, "inverse");
}

function worst(kinds: Computation[]): Computation {
  const order: Computation[] = ["none", "iterative", "analytic"];
  return order.find((kind) => kinds.includes(kind)) ?? "analytic";
}
