import type { tf } from "../../engine/tf.ts";
import { broadcastsTo } from "../../ground/broadcast.ts";
import { ShapeError } from "../../ground/errors.ts";
import type { Bijection } from "../bijection.ts";

/**
 * The number of axes that an event must have if its elements have parameters of this shape: as many as the shape.
 *
 * A map whose parameters differ between elements is a map of the whole event: with fewer axes, a batch of numbers
 * would be taken for one event.
 *
 * @throws RangeError if a length is no whole number ≥ 1, or there are more than three.
 */
export function eventRankOf(name: string, shape: readonly number[]): Bijection["eventRank"] {
  if (shape.length <= 3 && shape.every((length) => Number.isInteger(length) && length >= 1)) {
    return shape.length as Bijection["eventRank"];
  }
  throw new RangeError(
    `${name}: expected parameters with at most three axes, of whole lengths ≥ 1; got shape [${shape}]`,
  );
}

/**
 * Makes sure that parameters of the elements belong to those of an input: that broadcasting repeats the parameters only,
 * and not the input, which would make several numbers of one.
 *
 * @throws ShapeError if it would, or the shapes do not broadcast.
 */
export function checkElements(name: string, input: tf.Tensor, shape: readonly number[]): void {
  if (broadcastsTo(shape, input.shape)) return;
  const any = shape.includes(1) ? ", any length where it is 1" : "";
  throw new ShapeError(
    `${name}: expected events of shape [${shape}]${any}, after any number of batch axes, because its parameters ` +
      `have that shape; got shape [${input.shape}]`,
  );
}
