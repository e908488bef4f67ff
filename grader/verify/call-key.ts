/** Texts by which calls are told apart: the same for equal arguments. */

import { createHash } from "node:crypto";

/** Up to this the text itself is the key. */
const LONG = 256;
const keys = new WeakMap<object, string>();

/** Short, however large the argument is: pictures that a flow was fitted to come with every question about it. */
export function keyOf(input: unknown): string {
  if (typeof input !== "object" || input === null) return JSON.stringify(input) ?? "";
  const key = keys.get(input) ?? short(JSON.stringify(input));
  keys.set(input, key);
  return key;
}

export const callKey = (inputs: readonly unknown[]): string => inputs.map(keyOf).join();

const short = (text: string): string =>
  text.length <= LONG ? text : createHash("sha256").update(text).digest("base64");
