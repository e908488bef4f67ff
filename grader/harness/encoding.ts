/**
 * How a message of the protocol is written and read: JSON. Numbers that JSON cannot carry travel by their names, `"NaN"`; whoever
 * reads knows from the kind whether a number or a text stands there, so nothing has to walk over a whole message to find them.
 */

import { finite, hasOwn, is, isArray, isView, keys, parse, stringify } from "./pristine.ts";

const SPECIAL = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
  "-0": -0,
};

/**
 * A message as one line of JSON. Written out here because JSON.stringify asks every prototype for a `toJSON`, which the
 * learner's code may have put there.
 */
export function encode(message: unknown): string {
  if (typeof message === "number") return encodeNumber(message);
  if (typeof message === "string" || typeof message === "boolean") return stringify(message);
  if (typeof message !== "object" || message === null) return "null";
  return isArray(message) || isView(message)
    ? encodeList(message as ArrayLike<unknown>)
    : encodeObject(message);
}

export function encodeNumber(value: number): string {
  if (is(value, -0)) return '"-0"';
  return finite(value) ? `${value}` : `"${value}"`;
}

function encodeList(list: ArrayLike<unknown>): string {
  const { length } = list;
  let text = "[";
  for (let i = 0; i < length; i++) text += (i > 0 ? "," : "") + encode(list[i]);
  return `${text}]`;
}

function encodeObject(object: object): string {
  const names = keys(object);
  let text = "{";
  for (let i = 0; i < names.length; i++) {
    const value = (object as Record<string, unknown>)[names[i] as string];
    if (value !== undefined) text += `${(text === "{" ? "" : ",") + stringify(names[i])}:${encode(value)}`;
  }
  return `${text}}`;
}

/**
 * The message, with special numbers still by their names: see `numberOf`.
 *
 * @throws SyntaxError if the line is not JSON.
 */
export function decode(line: string): unknown {
  return parse(line);
}

/** Where a number belongs, what stands there as a number; undefined if it is none. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && hasOwn(SPECIAL, value)
    ? SPECIAL[value as keyof typeof SPECIAL]
    : undefined;
}
