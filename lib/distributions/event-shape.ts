import { aSize, checkKind } from "../ground/arguments/kinds.ts";
import { describe } from "../ground/arguments/plain-numbers.ts";

/**
 * Checks the shape of a distribution's events.
 *
 * @returns Numbers of an event.
 * @throws TypeError if it is no list. @throws RangeError if a length is no whole number ≥ 1, or an event has too many numbers.
 */
export function sizeOfEvent(who: string, eventShape: readonly number[]): number {
  if (!Array.isArray(eventShape)) {
    const got = describe(eventShape);
    throw new TypeError(
      `${who}: expected the shape of an event as a list, e.g. [2], or [] for numbers; got ${got}`,
    );
  }
  const wrong = eventShape.find((length) => !Number.isInteger(length) || length < 1);
  if (wrong !== undefined)
    throw new RangeError(`${who}: expected an event's shape of whole lengths ≥ 1; got [${eventShape}]`);
  const size = eventShape.reduce((product, length) => product * length, 1);
  checkKind(who, "an event", size, aSize);
  return size;
}
