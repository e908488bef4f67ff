import { aNumber, checkKind, demand, listOf } from "../../ground/arguments/kinds.ts";
import { checkParameters } from "../../ground/arguments/most-numbers.ts";
import { ShapeError } from "../../ground/errors.ts";

/** Length of an axis; a name, as "height" or "any", stands for any length. */
type Axis = number | string;

/** Lengths of the axes of an event: [] for single numbers, [3] for vectors, ["height", "width", 3] for colour images. */
export type EventShape = readonly [] | readonly [Axis] | readonly [Axis, Axis] | readonly [Axis, Axis, Axis];

/**
 * The events of a map whose elements have parameters of this shape. Parameters are repeated along an axis of length 1,
 * which may have any length in an event; the events are never repeated, which would make several numbers of one.
 *
 * A map whose parameters differ between elements is a map of the whole event: with fewer axes, a batch of numbers
 * would be taken for one event.
 *
 * @throws RangeError if a length is no whole number ≥ 1, there are more than three, or too many
 *   parameters.
 */
export function eventFor(name: string, shape: readonly number[]): EventShape {
  checkKind(name, "shape", shape, demand(listOf(aNumber)));
  if (shape.length <= 3 && shape.every((length) => Number.isInteger(length) && length >= 1)) {
    checkParameters(name, shape);
    return shape.map((length) => (length === 1 ? "any" : length)) as readonly Axis[] as EventShape;
  }
  throw new RangeError(
    `${name}: expected parameters with at most three axes, of whole lengths ≥ 1; got shape [${shape}]`,
  );
}

/** Whether the last axes of a tensor are such an event. */
export function isEvent({ shape }: { readonly shape: readonly number[] }, event: EventShape): boolean {
  const own = shape.slice(shape.length - event.length);
  return (
    shape.length >= event.length &&
    event.every((length, axis) => typeof length === "string" || length === own[axis])
  );
}

/** @throws ShapeError if the last axes of an input are no such event. */
export function checkEvent<T extends { readonly shape: readonly number[] }>(
  name: string,
  input: T,
  event: EventShape,
): T {
  if (isEvent(input, event)) return input;
  throw new ShapeError(
    `${name}: expected events of shape [${event.join(", ")}] after the batch axes; got shape [${input.shape}]`,
  );
}
