import { tf } from "../tf.ts";

/** Tensors and plain values, nested in arrays and objects: what a compiled function takes and returns. */
export type Structure =
  | tf.Tensor
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Structure[]
  | { readonly [key: string]: Structure };

/** A structure's tensors in a fixed order, and a text that is equal for structures that differ in their numbers only. */
export interface Flattened {
  readonly tensors: tf.Tensor[];
  readonly key: string;
}

/**
 * Takes the tensors out of a structure.
 *
 * @throws TypeError if it contains anything but tensors, plain values, arrays and plain objects.
 */
export function flatten(structure: unknown): Flattened {
  const tensors: tf.Tensor[] = [];
  const describe = (value: unknown): string => {
    if (value instanceof tf.Tensor) {
      tensors.push(value);
      return `${value.dtype}[${value.shape}]`;
    }
    if (Array.isArray(value)) return `(${value.map(describe).join()})`;
    if (isPlainObject(value)) {
      return `{${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${describe(inner)}`)}}`;
    }
    if (typeof value === "object" && value !== null) throw unfit(value.constructor?.name ?? "an object");
    if (typeof value === "function" || typeof value === "symbol") throw unfit(`a ${typeof value}`);
    return typeof value === "string" ? JSON.stringify(value) : Object.is(value, -0) ? "-0" : String(value);
  };
  const key = describe(structure);
  return { tensors, key };
}

/** The same structure with other tensors, given in the order of {@link flatten}. */
export function rebuild(structure: unknown, tensors: readonly tf.Tensor[]): unknown {
  let next = 0;
  const copy = (value: unknown): unknown => {
    if (value instanceof tf.Tensor) return tensors[next++];
    if (Array.isArray(value)) return value.map(copy);
    if (!isPlainObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]));
  };
  return copy(structure);
}

/** The structure without its tensors' memory: what {@link rebuild} needs of a result. */
export function outline(structure: unknown, placeholder: tf.Tensor): unknown {
  return rebuild(structure, new Array(flatten(structure).tensors.length).fill(placeholder));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function unfit(what: string): TypeError {
  return new TypeError(`expected tensors, plain values, and arrays and objects of them; got ${what}`);
}
