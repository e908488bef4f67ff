import { ShapeError } from "../../bijections/bijection.ts";
import { asFloat } from "../../engine/as-float.ts";
import { tf } from "../../engine/tf.ts";
import { asEvents, type Flow } from "../../flows/flow.ts";

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
 * @throws RangeError if there are no events, or their batch has other than one axis.
 * @throws ShapeError if they do not have the shape of the flow's events, or there is not one context for each.
 */
export function ownData(
  flow: Flow,
  data: tf.Tensor | tf.TensorLike,
  context?: tf.Tensor | tf.TensorLike,
): Data {
  return tf.tidy(() => {
    const { eventShape } = flow.base;
    const events = tf.clone(asEvents(data, eventShape));
    if (events.rank !== eventShape.length + 1 || events.shape[0] === 0) {
      const wanted = ["n", ...eventShape].join(", ");
      throw new RangeError(`expected data of shape [${wanted}] with n ≥ 1; got shape [${events.shape}]`);
    }
    if (context === undefined) return { events };
    const contexts = tf.clone(asFloat(context));
    if (contexts.rank !== 2 || contexts.shape[0] !== events.shape[0]) {
      throw new ShapeError(
        `expected one context for each of ${events.shape[0]} events, shape [${events.shape[0]}, C]; ` +
          `got shape [${contexts.shape}]`,
      );
    }
    return { events, context: contexts };
  });
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
