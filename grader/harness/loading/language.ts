/**
 * Whether what the language provides is as it was before a learner's code ran: methods of `Array.prototype`, `Math.random`, names of
 * `globalThis`. All of it is written down before the first exercise of a room and compared after each.
 *
 * What Node provides besides is not looked at: a program that names any of it leaves its room to nobody (drivers/rooms/closed.ts).
 */

import { hasOwn, is, keysOf, prototypeOf } from "../pristine.ts";

const { defineProperty, getOwnPropertyDescriptor, isExtensible } = Object;
const { memoryUsage } = process;
const activeResources = process.getActiveResourcesInfo.bind(process);
const MB = 1024 * 1024;

/** The names of the language whose use is seen by what it changes. Reading one of Node's names would load what it stands for. */
export const LANGUAGE =
  "globalThis Infinity NaN undefined eval isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape Object Function Boolean Symbol Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError Number BigInt Math Date String RegExp Array Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array BigInt64Array BigUint64Array Float32Array Float64Array Map Set WeakMap WeakSet ArrayBuffer DataView JSON Iterator Promise Reflect Proxy Intl".split(
    " ",
  );

/** Names of Node's by which the rest of it can be reached, or something left to happen later. */
const WAYS_OUT =
  "process global console Buffer setTimeout setInterval setImmediate queueMicrotask structuredClone performance";

/** One object of the language. */
interface Part {
  readonly of: object;
  readonly prototype: object | null;
  readonly extensible: boolean;
  readonly count: number;
  /** In pairs: a key and what stands there. */
  readonly values: readonly unknown[];
  /** In threes: a key, its getter and its setter. */
  readonly accessors: readonly unknown[];
}

/**
 * Writes down what there is.
 *
 * @returns Whether it still is so, nothing is left to happen, and no more than this memory is held besides.
 */
export function surveyLanguage(): (mostMB: number) => boolean {
  let wentOut = false;
  for (const name of WAYS_OUT.split(" "))
    noticeUse(name, () => {
      wentOut = true;
    });
  const parts = survey();
  const [held, active] = [heldMB(), activeResources().length];
  return (mostMB) =>
    !wentOut && isAsBefore(parts) && activeResources().length <= active && heldMB() - held <= mostMB;
}

/** A program does not have to write a name to use it. At its first use the name is what it was. */
function noticeUse(name: string, notice: () => void): void {
  const real = getOwnPropertyDescriptor(globalThis, name);
  if (!real?.configurable) return;
  const reveal = (): Record<string, unknown> => {
    notice();
    defineProperty(globalThis, name, real);
    return globalThis;
  };
  defineProperty(globalThis, name, {
    configurable: true,
    enumerable: real.enumerable ?? false,
    get: () => reveal()[name],
    set(value: unknown) {
      reveal()[name] = value;
    },
  });
}

/** Everything that can be reached from the language's names and from its syntax. */
function survey(): readonly Part[] {
  const global = describe(globalThis, LANGUAGE);
  const parts: Part[] = [global];
  const seen = new Set<unknown>([globalThis]);
  const queue: unknown[] = [global.prototype, ...global.values, ...namelessObjects()];
  for (let i = 0; i < queue.length; i++) {
    const of = queue[i];
    if (!isPlace(of) || seen.has(of)) continue;
    seen.add(of);
    const part = describe(of, keysOf(of));
    parts.push(part);
    queue.push(part.prototype);
    for (const value of part.values) queue.push(value);
  }
  return parts;
}

/** Where a learner's code may put something: objects and constructors. A method is only told from another one. */
const isPlace = (of: unknown): of is object =>
  typeof of === "function" ? hasOwn(of, "prototype") : typeof of === "object" && of !== null;

/** What has no name. */
function namelessObjects(): readonly unknown[] {
  return [
    [].values(),
    new Map().keys(),
    new Set().keys(),
    ""[Symbol.iterator](),
    "".matchAll(/a/g),
    function* () {},
    async () => {},
    async function* () {},
  ].map(prototypeOf);
}

function describe(of: object, names: readonly (string | symbol)[]): Part {
  const values: unknown[] = [];
  const accessors: unknown[] = [];
  for (const name of names) {
    const found = getOwnPropertyDescriptor(of, name);
    if (found?.get || found?.set) accessors.push(name, found.get, found.set);
    else if (found) values.push(name, found.value);
  }
  const [prototype, extensible, count] = [prototypeOf(of), isExtensible(of), keysOf(of).length];
  return { of, prototype, extensible, count, values, accessors };
}

/** By nothing that the learner's code may have changed. */
function isAsBefore(parts: readonly Part[]): boolean {
  const { length } = parts;
  for (let i = 0; i < length; i++) {
    const { of, prototype, extensible, count, values, accessors } = parts[i] as Part;
    if (keysOf(of).length !== count || prototypeOf(of) !== prototype || isExtensible(of) !== extensible)
      return false;
    for (let j = 0; j < values.length; j += 2)
      if (!is((of as Record<string, unknown>)[values[j] as string], values[j + 1])) return false;
    for (let j = 0; j < accessors.length; j += 3) {
      const now = getOwnPropertyDescriptor(of, accessors[j] as string);
      if (now?.get !== accessors[j + 1] || now?.set !== accessors[j + 2]) return false;
    }
  }
  return true;
}

function heldMB(): number {
  const { heapTotal, external } = memoryUsage();
  return (heapTotal + external) / MB;
}
