import { checkOptions, type Kinds } from "../../ground/arguments/check-options.ts";
import { aSize, checkKind } from "../../ground/arguments/kinds.ts";
import { describe } from "../../ground/arguments/plain-numbers.ts";

/**
 * Of the options of a bijection of vectors, `name({ dimensions })`.
 *
 * @param kinds All the options that there are.
 * @throws TypeError if they are none.
 * @throws RangeError if `dimensions` is no whole number from 1.
 */
export function checkVectorOptions<T extends { readonly dimensions: number }>(
  name: string,
  options: T,
  kinds: Kinds<T>,
): void {
  checkOptions(name, options, `${name}({ dimensions: 2 })`, kinds);
  checkDimensions(name, options.dimensions);
}

/**
 * Of the option that says how long the last axis is. It is called `dimensions`, of a vector, and of what takes vectors and images alike;
 * `channels` only where the last axis can be nothing but an image's: beside a height and a width, or of a convolution.
 *
 * @throws RangeError if it is no whole number from 1, or too large.
 */
export function checkDimensions(
  name: string,
  length: number,
  option: "dimensions" | "channels" = "dimensions",
): void {
  if (!Number.isInteger(length) || length < 1)
    throw new RangeError(`${name}: expected ${option} ≥ 1, a whole number; got ${describe(length)}`);
  checkKind(name, option, length, aSize);
}
