import { asFloat } from "../../engine/as-float.ts";
import { tf } from "../../engine/tf.ts";
import { asEvents, type Flow } from "../../flows/flow.ts";
import { columnNames } from "../../ground/arguments/column-names.ts";
import { refuseContext } from "../../ground/arguments/refuse-context.ts";
import { ShapeError } from "../../ground/errors.ts";
import { findNotFinite } from "../../ground/functions/column-statistics.ts";
import { plural } from "../../ground/plural.ts";

/** Events and what they are conditioned on, in tensors that belong to the training alone. */
export interface Data {
  /** Shape [n, ...event]. */
  readonly events: tf.Tensor;
  /** Shape [n, C]. */
  readonly context?: tf.Tensor;
}

/**
 * Copies events and contexts, as float32.
 *
 * @param optionName The option that the contexts are given by.
 * @throws RangeError if there are no events, or their batch has other than one axis.
 * @throws ShapeError if they do not have the shape of the flow's events, there is not one context for each, of as many
 *   numbers as the flow takes, or there are contexts and it takes none.
 */
export function ownData(
  flow: Flow,
  data: tf.Tensor | tf.TensorLike,
  context: tf.Tensor | tf.TensorLike | undefined,
  optionName: "context" | "validationContext",
): Data {
  return tf.tidy(() => {
    const { eventShape } = flow;
    const events = tf.clone(
      asEvents(`fit, ${optionName === "context" ? "data" : "validation"}`, data, eventShape),
    );
    if (events.rank !== eventShape.length + 1 || events.shape[0] === 0) {
      const wanted = ["n", ...eventShape].join(", ");
      throw new RangeError(`fit: expected data of shape [${wanted}] with n ≥ 1; got shape [${events.shape}]`);
    }
    const contexts = context === undefined ? undefined : tf.clone(asFloat(context, "fit, context"));
    checkContexts(flow, events.shape[0], contexts, optionName);
    return contexts ? { events, context: contexts } : { events };
  });
}

function checkContexts(flow: Flow, count: number, contexts: tf.Tensor | undefined, optionName: string): void {
  const { contextSize } = flow.bijection;
  refuseContext(`fit, ${optionName}`, contextSize, contexts);
  const needed = contextSize !== undefined && contextSize > 0;
  if (!contexts && !needed) return;
  const [rows, columns] = contexts?.shape ?? [];
  if (contexts?.rank === 2 && rows === count && (!needed || columns === contextSize)) return;
  throw new ShapeError(
    `fit, ${optionName}: expected one context for each of ${plural(count, "event")}, shape [${count}, ${needed ? contextSize : "C"}]; ` +
      `got ${contexts ? `shape [${contexts.shape}]` : "none"}`,
  );
}

/** Rows of the data. */
export function rowsOf({ events, context }: Data, rows: readonly number[]): Data {
  return tf.tidy(() => {
    const indices = tf.tensor1d(new Int32Array(rows), "int32");
    return { events: tf.gather(events, indices), ...(context && { context: tf.gather(context, indices) }) };
  });
}

/** Frees the tensors. */
export function disposeData({ events, context }: Data): void {
  tf.dispose(context ? [events, context] : [events]);
}

/** Events and contexts as they were given. */
interface Given {
  readonly events: unknown;
  readonly context?: unknown;
}

/** The options that data come by, and what they are called. */
const TRAINING = { events: ["data", "data"], context: ["context", "contexts"] } as const;
const HELD_OUT = {
  events: ["validation", "held-out data"],
  context: ["validationContext", "held-out data"],
} as const;

/**
 * Makes sure that events and contexts are numbers: training would end at the step that meets another one, and held-out
 * events would have no loss at any evaluation.
 *
 * @param given What they were made of.
 * @param isHeldOut Whether they are held out from training.
 * @param names Of the numbers of an event, if they have any.
 * @throws RangeError if a number is not finite; it names the row and the column.
 */
export function checkFinite(
  { events, context }: Data,
  given: Given,
  isHeldOut: boolean,
  names?: readonly string[],
): void {
  const check = (part: keyof Given, tensor: tf.Tensor, own?: readonly string[]) => {
    const [count, ...shape] = tensor.shape;
    const found = findNotFinite(tensor.dataSync(), tensor.size / count, columnNames(shape, own), given[part]);
    if (!found) return;
    const [option, title] = (isHeldOut ? HELD_OUT : TRAINING)[part];
    throw new RangeError(
      `fit, ${option}: the ${title} contain a number that is not finite, ${found}; leave such events out, ` +
        "or put a number there",
    );
  };
  check("events", events, names);
  if (context) check("context", context);
}
