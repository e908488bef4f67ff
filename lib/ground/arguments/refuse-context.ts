import { ShapeError } from "../errors.ts";

/**
 * Makes sure that a context is not given to what takes none.
 *
 * @param size How many numbers a context has; 0 for none, undefined where it is unknown.
 * @throws ShapeError if there is a context, and `size` is 0.
 */
export function refuseContext(
  who: string,
  size: number | undefined,
  context: { readonly shape: readonly number[] } | undefined,
): void {
  if (size !== 0 || context === undefined) return;
  throw new ShapeError(
    `${who}: expected no context, because nothing in it depends on one; got one of shape [${context.shape}]. Give a ` +
      "conditioner, or the flow that makes them, the option context with the number of its entries, e.g. " +
      "maf({ dimensions: 2, context: 1 }), or leave the context out",
  );
}
