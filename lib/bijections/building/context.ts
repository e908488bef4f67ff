import type { tf } from "../../engine/tf.ts";
import { ShapeError } from "../../ground/errors.ts";
import { plural } from "../../ground/plural.ts";
import type { Bijection } from "../bijection.ts";

/** What is known of the context that something takes: how many numbers, 0 for none; left out where it is unknown. */
type TakesContext = Pick<Bijection, "contextSize">;

/** The context for a part of a composition: none for one that takes none, so that only the others see it. */
export function contextFor(part: TakesContext, context: tf.Tensor | undefined): tf.Tensor | undefined {
  return part.contextSize === 0 ? undefined : context;
}

/**
 * How many numbers the context of a composition has: as many as that of its parts, 0 if none of them takes one, and
 * undefined if this is unknown of a part and no other one tells.
 *
 * @throws ShapeError if two parts take contexts of different sizes.
 */
export function commonContextSize(who: string, parts: readonly TakesContext[]): number | undefined {
  const sizes = [...new Set(parts.map((part) => part.contextSize))];
  const taken = sizes.filter((size) => size !== undefined && size > 0);
  if (taken.length > 1) {
    throw new ShapeError(
      `${who}: expected parts that take the same context; got parts for contexts of ${taken.map((size) => plural(size as number, "number")).join(" and ")}`,
    );
  }
  return taken.length === 1 ? taken[0] : sizes.includes(undefined) ? undefined : 0;
}
