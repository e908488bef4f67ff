import { tf } from "../engine/tf.ts";
import { broadcastsTo } from "../ground/broadcast.ts";
import { ShapeError } from "../ground/errors.ts";

/** Numbers of the events in a chunk: a conditioner needs some hundred times as many for its hidden units. */
const NUMBERS_PER_CHUNK = 2 ** 17;
/** Events in a chunk: of small events, more take hundreds of megabytes and are not faster. */
const EVENTS_PER_CHUNK = 10_000;

/**
 * Computes on so many events at a time that the memory for it stays small, on all of them at once if they are few.
 *
 * @param x Shape [...batch, ...event].
 * @param context Shape [C], or one that broadcasts to [...batch, C]: each event keeps its own.
 * @param eventRank Axes of an event.
 * @param wanted Largest number of events in a chunk; if left out, as many as hold 2¹⁷ numbers, but at most 10,000.
 * @returns What `compute` gives for each chunk, in order; for {@link joinChunks}.
 * @throws RangeError if `wanted` is no whole number ≥ 1.
 * @throws ShapeError if contexts do not fit the batch that they are divided with.
 */
export function inChunks<R>(
  x: tf.Tensor,
  context: tf.Tensor | undefined,
  eventRank: number,
  wanted: number | undefined,
  compute: (x: tf.Tensor, context?: tf.Tensor) => R,
): R[] {
  const batchShape = x.shape.slice(0, x.rank - eventRank);
  const count = batchShape.reduce((product, length) => product * length, 1);
  const most = Math.max(1, Math.floor((NUMBERS_PER_CHUNK * count) / Math.max(1, x.size)));
  const largest = checkChunk(wanted ?? Math.min(most, EVENTS_PER_CHUNK));
  if (count <= largest) return [compute(x, context)];
  // Of one length, but for the last: each other length would be a graph of its own.
  const chunk = Math.ceil(count / Math.ceil(count / largest));
  const rows = tf.reshape(x, [count, ...x.shape.slice(batchShape.length)]);
  // A context of its own for each event is divided as the events are; one for all of them goes with each chunk.
  const contexts = context && context.rank > 1 ? contextRows(context, batchShape, count) : undefined;
  return Array.from({ length: Math.ceil(count / chunk) }, (_, i) => {
    const [start, length] = [i * chunk, Math.min(chunk, count - i * chunk)];
    return compute(part(rows, start, length), contexts ? part(contexts, start, length) : context);
  });
}

/** The chunks' tensors, one behind the other along the first axis, as one of the given shape. */
export function joinChunks(parts: readonly tf.Tensor[], shape: readonly number[]): tf.Tensor {
  return parts.length === 1 ? parts[0] : tf.reshape(tf.concat([...parts]), [...shape]);
}

function part(all: tf.Tensor, start: number, length: number): tf.Tensor {
  const inner = all.shape.slice(1);
  return tf.slice(all, [start, ...inner.map(() => 0)], [length, ...inner]);
}

function contextRows(context: tf.Tensor, batchShape: readonly number[], count: number): tf.Tensor {
  const wanted = [...batchShape, context.shape[context.rank - 1]];
  if (!broadcastsTo(context.shape, wanted)) {
    throw new ShapeError(
      `context: expected a context of shape [${wanted}], or one that broadcasts to it; got shape [${context.shape}]`,
    );
  }
  return tf.reshape(tf.broadcastTo(context, wanted), [count, context.shape[context.rank - 1]]);
}

function checkChunk(chunk: number): number {
  if (Number.isInteger(chunk) && chunk >= 1) return chunk;
  throw new RangeError(`chunk: expected chunk ≥ 1, a whole number; got ${chunk}`);
}
