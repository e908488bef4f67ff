/**
 * Built-ins as they were before the learner's code ran, and loops that need none.
 *
 * A learner who gives `Array.prototype.map` or `JSON` another meaning changes it for the harness too, which shares her process.
 * Whatever touches her values uses these instead, so that her mistake is judged by her answers and not by a crash of ours.
 */

export const { isArray } = Array;
export const { keys, hasOwn, is } = Object;
export const { getPrototypeOf: prototypeOf } = Object;
export const { ownKeys: keysOf } = Reflect;
export const { isView } = ArrayBuffer;
export const { stringify, parse } = JSON;
export const { isFinite: finite } = Number;
export const { apply } = Reflect;

/** `list.map(convert)` for anything with a length. */
export function mapList<A, B>(list: ArrayLike<A>, convert: (item: A, index: number) => B): B[] {
  const { length } = list;
  const result: B[] = [];
  for (let i = 0; i < length; i++) result[i] = convert(list[i] as A, i);
  return result;
}

/** `list.every(holds)` for anything with a length. */
export function every<A>(list: ArrayLike<A>, holds: (item: A) => boolean): boolean {
  const { length } = list;
  for (let i = 0; i < length; i++) if (!holds(list[i] as A)) return false;
  return true;
}

/** A plain object with the same keys and converted values. */
export function mapFields<A, B>(
  fields: { readonly [name: string]: A },
  convert: (field: A, name: string) => B,
): Record<string, B> {
  const result: Record<string, B> = {};
  const names = keys(fields);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    result[name] = convert(fields[name] as A, name);
  }
  return result;
}
