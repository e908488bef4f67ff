import type { Bijection } from "../bijection.ts";
import type { Direction } from "./lipschitz.ts";

/** Lengths of the axes of an event. */
export type Lengths = readonly number[];

/**
 * The shape of the events that come out of a composition, where it is known of each part.
 *
 * @param parts In the order in which they are applied.
 * @throws ShapeError if a part does not take what the one before gives.
 */
export function shapeThrough(
  parts: readonly Pick<Bijection, "shapeAfter">[],
  direction: Direction,
  shape: Lengths,
): Lengths | undefined {
  let known: Lengths | undefined = shape;
  for (const part of parts) known = known && part.shapeAfter?.(direction, known);
  return known;
}
