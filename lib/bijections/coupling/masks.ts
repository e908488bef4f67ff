import { checkHas } from "../../ground/arguments/check-options.ts";
import { aFlag, aSize, checkKind, listOf } from "../../ground/arguments/kinds.ts";
import { describe } from "../../ground/arguments/plain-numbers.ts";
/**
 * Which numbers of an event a {@link coupling} transforms; the others steer it and stay as they are.
 *
 * Over "dimensions": the last axis of vectors; over "channels": the last axis of images; over "pixels": the rows and
 * columns of images, with all channels of a pixel treated alike.
 */
export type Mask =
  | { readonly over: "dimensions" | "channels"; readonly selected: readonly boolean[] }
  | { readonly over: "pixels"; readonly selected: readonly (readonly boolean[])[] };

/**
 * One half of the dimensions of a vector, transformed under the other.
 *
 * An odd dimension in the middle belongs to the second half.
 *
 * @see Prince, Understanding Deep Learning, section 16.3.3.
 */
export function halfMask(dimensions: number, half: "first" | "second"): Mask {
  return { over: "dimensions", selected: halves("halfMask", dimensions, half) };
}

/** Every other dimension of a vector, the even or the odd ones, counted from 0. */
export function alternatingMask(dimensions: number, parity: "even" | "odd"): Mask {
  return { over: "dimensions", selected: alternate("alternatingMask", dimensions, parity) };
}

/**
 * One half of the channels of an image, transformed under the other; an odd channel belongs to the second half.
 *
 * @see Dinh, Sohl-Dickstein, Bengio 2017, arXiv:1605.08803v3, section 3.4 and figure 3.
 */
export function channelMask(channels: number, half: "first" | "second"): Mask {
  return { over: "channels", selected: halves("channelMask", channels, half) };
}

/**
 * The pixels of an image whose row and column add up to an even or an odd number, as the fields of a chessboard.
 *
 * @see Dinh, Sohl-Dickstein, Bengio 2017, arXiv:1605.08803v3, section 3.4 and figure 3.
 */
export function checkerboardMask(height: number, width: number, parity: "even" | "odd"): Mask {
  checkSize("checkerboardMask", height);
  const even = alternate("checkerboardMask", width, parity);
  checkKind("checkerboardMask", "height × width", height * width, aSize);
  const odd = even.map((selected) => !selected);
  return {
    over: "pixels",
    selected: Array.from({ length: height }, (_, row) => (row % 2 === 0 ? even : odd)),
  };
}

/**
 * A mask written out, or a list of flags for the dimensions of a vector, checked.
 *
 * @throws RangeError if the mask selects nothing or everything, or its rows differ in length.
 */
export function checkMask(mask: Mask | readonly boolean[], who: string): Mask {
  if (Array.isArray(mask)) checkKind(who, "mask", mask, listOf(aFlag));
  else checkHas(who, mask, ["over", "selected"], 'a mask, such as halfMask(2, "first")');
  const full: Mask = "over" in mask ? mask : { over: "dimensions", selected: mask };
  const all = full.selected.flat();
  const chosen = all.filter(Boolean).length;
  const count = `all ${all.length} ${full.over}`;
  if (all.length < 2) {
    throw new RangeError(`${who}: expected a mask for at least 2 ${full.over}; got one for ${all.length}`);
  }
  if (chosen === all.length) {
    throw new RangeError(`${who}: mask selects ${count}; leave at least one to condition on`);
  }
  if (chosen === 0)
    throw new RangeError(`${who}: mask leaves out ${count}; select at least one to transform`);
  if (full.over === "pixels" && full.selected.some((row) => row.length !== full.selected[0].length)) {
    throw new RangeError(
      `${who}: expected mask rows of equal length; got ${full.selected.map((r) => r.length)}`,
    );
  }
  return full;
}

function halves(who: string, size: number, half: "first" | "second"): boolean[] {
  checkSize(who, size);
  checkOneOf(who, "half", half, ["first", "second"]);
  const first = Math.floor(size / 2);
  return flags(who, size, (i) => (half === "first" ? i < first : i >= first));
}

function alternate(who: string, size: number, parity: "even" | "odd"): boolean[] {
  checkOneOf(who, "parity", parity, ["even", "odd"]);
  return flags(who, size, (i) => i % 2 === (parity === "even" ? 0 : 1));
}

function flags(who: string, size: number, selects: (i: number) => boolean): boolean[] {
  checkSize(who, size);
  return Array.from({ length: size }, (_, i) => selects(i));
}

function checkSize(who: string, size: number): void {
  if (!Number.isInteger(size) || size < 1)
    throw new RangeError(`${who}: expected a whole number ≥ 1 to divide; got ${describe(size)}`);
  checkKind(who, "what is divided", size, aSize);
}

/** A half that is misspelt would be the other one, without a word. */
function checkOneOf(who: string, what: string, given: string, known: readonly string[]): void {
  if (known.includes(given)) return;
  throw new RangeError(`${who}: expected the ${what} "${known.join('" or "')}"; got ${describe(given)}`);
}
