import { asFloat } from "../../engine/as-float.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import { checkHas, checkOptions } from "../../ground/arguments/check-options.ts";
import {
  aFunction,
  aNumber,
  anObject,
  aTensor,
  aText,
  checkKind,
  demand,
  either,
  listOf,
  oneOf,
} from "../../ground/arguments/kinds.ts";
import { refuseContext } from "../../ground/arguments/refuse-context.ts";
import { ShapeError } from "../../ground/errors.ts";
import { sumEvent } from "../../ground/sum-event.ts";
import { nameVariables } from "../../ground/variable-names.ts";
import type { Bijection, Mapped, Solution } from "../bijection.ts";
import { checkEvent, type EventShape, isEvent } from "./event.ts";

/** What a direction gives: {@link bijection} makes one logDet for each event of it. */
export interface Applied {
  /** Shape [...batch, ...event]. */
  readonly value: tf.Tensor;
  /**
   * log |det ∂value/∂input| in nats, in one of four forms: one for each event, [...batch]; log-slopes of its parts,
   * [...batch, ...parts], which are added up; a scalar, the same for all events; left out if it is 0.
   */
  readonly logDet?: tf.Tensor;
  /** How well an iterative direction did. */
  readonly solution?: Solution;
  /** The same while a graph is recorded: see {@link Mapped}. */
  readonly solving?: tf.Tensor;
}

/** A direction as its author writes it. The input is float32, and its last axes are an event. */
type Direction<A extends Applied = Applied> = (input: tf.Tensor, context?: tf.Tensor, drawn?: tf.Tensor) => A;

/** What {@link bijection} is told: what is not explained here is as in {@link Bijection}. */
export interface BijectionOptions
  extends Omit<
    Bijection,
    | "eventRank"
    | "inverseKind"
    | "forward"
    | "inverse"
    | "trainingInverse"
    | "variables"
    | "state"
    | "contextSize"
    | "name"
  > {
  /** What messages call it. */
  readonly name: string;
  /** Lengths of an event's axes, the last ones of an input. */
  readonly event: EventShape;
  /** x = f(z). */
  readonly forward: Direction;
  /** z = f⁻¹(x). */
  readonly inverse: Direction;
  /** `inverse` as a training step takes it, where that differs, with the next value of each of `state`. */
  readonly trainingInverse?: Direction<Applied & { readonly state: readonly tf.Tensor[] }>;
  /** Analytic if left out. */
  readonly inverseKind?: Bijection["inverseKind"];
  /** Those that training moves, by the names that a saved flow has them under, or as parts have named them. None if left out. */
  readonly variables?: Variables;
  readonly state?: Variables;
  /** How many numbers its context has; 0 if left out: it takes none. */
  readonly contextSize?: number | "unknown" | undefined;
}

type Variables = readonly tf.Variable[] | Readonly<Record<string, tf.Variable>>;

const EXPECTED = "a name, an event and the two directions, e.g. { name, event: [2], forward, inverse }";

const KINDS = {
  name: demand(aText),
  event: demand(listOf(either(aNumber, aText))),
  forward: demand(aFunction),
  inverse: demand(aFunction),
  trainingInverse: aFunction,
  inverseKind: oneOf("analytic", "iterative", "none"),
  forwardKind: oneOf("analytic", "iterative", "none"),
  contextSize: either(aNumber, oneOf("unknown")),
  variables: either(listOf(aTensor), anObject),
  state: either(listOf(aTensor), anObject),
  noise: anObject,
  initialize: aFunction,
  lipschitz: aFunction,
  shapeAfter: aFunction,
  concerns: aFunction,
  config: anObject,
  lacking: aText,
  parts: listOf(anObject),
  inside: anObject,
};

/**
 * A bijection from its two formulas: where to start when you add one.
 *
 * You write what is particular: the event, x = f(z) and z = f⁻¹(x) with their log-determinants, the parameters.
 * Here is done what all have in common: the parameters get their names; inputs become float32; one that is no event is refused, and so is a context
 * that nothing takes; `logDet` is given once for each event; what your functions leave behind but their result is freed.
 *
 *     const double = bijection({
 *       name: "double",
 *       event: [],
 *       forward: (z) => ({ value: tf.mul(z, 2), logDet: tf.scalar(Math.log(2)) }),
 *       inverse: (x) => ({ value: tf.mul(x, 0.5), logDet: tf.scalar(-Math.log(2)) }),
 *     });
 *
 * `leaky-relu.ts` is the shortest one of the library, `planar.ts` has parameters and a direction that is solved for
 * ({@link solveElements}). Beside this file stand helpers for what several have in common. With a `config`, and its line
 * in the registry, it can be saved.
 *
 * @throws TypeError if a name, an event or a direction is missing.
 * @throws ShapeError from its directions, if the last axes of an input are no event, if there is a context and none is
 *   taken, or if what the author's function gives has a wrong shape.
 */
export function bijection(options: BijectionOptions): Bijection {
  checkHas("bijection", options, ["name", "event", "forward", "inverse"], EXPECTED);
  checkOptions("bijection", options, EXPECTED, KINDS);
  const { name, event, contextSize = 0, forward, inverse, trainingInverse, initialize, ...others } = options;
  const { variables = [], state, ...rest } = others;
  const { lipschitz, concerns, shapeAfter } = rest;
  const taken = contextSize === "unknown" ? undefined : contextSize;
  const enter = (input: tf.Tensor, context: tf.Tensor | undefined) => {
    checkKind(`${name}, context`, "it", context, aTensor);
    refuseContext(name, taken, context);
    return checkEvent(name, asFloat(input, name), event);
  };
  const finish = <A extends Applied>(which: string, apply: Direction<A>) => {
    return (input: tf.Tensor, context?: tf.Tensor, drawn?: tf.Tensor): A & Mapped =>
      tidy(() => {
        const events = enter(input, context);
        const applied = apply(events, context, drawn);
        const batch = events.shape.slice(0, events.rank - event.length);
        const who = `${name}, ${which} of shape [${events.shape}]`;
        checkValue(who, applied.value, batch, event);
        return { ...applied, logDet: perEvent(who, applied.logDet, batch, events.rank) };
      });
  };
  return {
    inverseKind: "analytic",
    ...rest,
    variables: listVariables(variables),
    ...(state && { state: listVariables(state) }),
    name,
    eventRank: event.length,
    contextSize: taken,
    shapeAfter: (direction, shape) => {
      checkEvent(name, { shape }, event);
      return shapeAfter ? shapeAfter(direction, shape) : shape;
    },
    forward: finish("forward", (z, context) => forward(z, context)),
    inverse: finish("inverse", (x, context) => inverse(x, context)),
    ...(trainingInverse && { trainingInverse: finish("training inverse", trainingInverse) }),
    ...(lipschitz && { lipschitz: (direction) => tidy(() => lipschitz(direction)) }),
    ...(concerns && { concerns: (x) => tidy(() => concerns(x)) }),
    ...(initialize && {
      initialize: (x, context) => tidy(() => initialize(enter(x, context), context)),
    }),
  };
}

const listVariables = (variables: Variables): readonly tf.Variable[] =>
  Array.isArray(variables) ? variables : nameVariables(variables as Record<string, tf.Variable>);

function checkValue(who: string, value: tf.Tensor, batch: readonly number[], event: EventShape): void {
  if (value.rank === batch.length + event.length && startsWith(value, batch) && isEvent(value, event)) return;
  throw new ShapeError(
    `${who}: expected its function to give a value of shape [${[...batch, ...event].join(", ")}]; got ` +
      `[${value.shape}]: keep the batch axes, and give back all of an event`,
  );
}

/** The log-determinant of each event. */
function perEvent(
  who: string,
  logDet: tf.Tensor | undefined,
  batch: readonly number[],
  rank: number,
): tf.Tensor {
  if (!logDet) return tf.zeros([...batch]);
  if (logDet.rank <= rank && startsWith(logDet, batch)) return sumEvent(logDet, logDet.rank - batch.length);
  if (logDet.rank === 0) return tf.mul(tf.ones([...batch]), logDet);
  throw new ShapeError(
    `${who}: expected its function to give a logDet of shape [${batch}], one number for each event; got ` +
      `[${logDet.shape}]: sum over the axes of an event, or give one number for each part of it after the batch axes, ` +
      "or a scalar if all events have the same, or leave it out if it is 0",
  );
}

function startsWith({ shape }: tf.Tensor, batch: readonly number[]): boolean {
  return batch.every((length, axis) => length === shape[axis]);
}
