/**
 * What parent and child say to each other: one JSON object a line, over a private socket.
 *
 * The parent asks, the child answers each request once. Numbers that JSON cannot carry travel by their names, `"NaN"`; whoever
 * reads knows from the kind whether a number or a text stands there, so nothing has to walk over a whole message to find
 * them. A child that says anything else is ended: see `protocol` in session.ts.
 */

import type { Signatures } from "./kinds.ts";
import { finite, hasOwn, is, isArray, isView, keys, parse, stringify } from "./pristine.ts";
import type { Program } from "./program.ts";
import type { AnswerSize } from "./size.ts";

export type Request =
  /** Get ready. Nothing of the learner's has run when this is answered, so a failure here is ours. */
  | { readonly id: number; readonly op: "start"; readonly signatures: Signatures; readonly flowlab: boolean }
  /** The learner's modules as text: they never exist as files inside the sandbox. */
  | {
      readonly id: number;
      readonly op: "load";
      readonly program: Program;
      readonly forbidden: readonly string[];
    }
  | {
      readonly id: number;
      readonly op: "call";
      readonly target: WireTarget;
      readonly inputs: readonly unknown[];
      /** What the answer may hold at most. */
      readonly size: AnswerSize;
    };

export type WireTarget = { readonly export: string } | { readonly object: number; readonly method: string };

export type Answer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number;
      readonly ok: false;
      readonly trouble: "unsolved" | "threw" | "kind" | "size" | "changed" | "missing" | "load";
      readonly message: string;
      readonly trace?: string;
    };

/** File descriptor of the socket in the child. */
export const CHANNEL_FD = 3;

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
