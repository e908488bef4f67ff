import { describe } from "./plain-numbers.ts";

/**
 * Makes sure that a function got its options as an object. The types ask for it already; a call from JavaScript, or with
 * a value of type any, does not.
 *
 * @param example A call that is right, for the message.
 * @throws TypeError if it is none.
 */
export function checkOptions(who: string, options: unknown, example: string): void {
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return;
  throw new TypeError(`${who}: expected options, e.g. ${example}; got ${describe(options)}`);
}

/**
 * Makes sure that something is what a function takes: it has all of these methods or properties.
 *
 * @param what What is expected, with an example.
 * @throws TypeError if one is missing.
 */
export function checkHas(who: string, given: unknown, members: readonly string[], what: string): void {
  const isObject = typeof given === "object" && given !== null;
  if (isObject && members.every((member) => (given as Record<string, unknown>)[member] !== undefined)) return;
  const missing =
    isObject && !Array.isArray(given) ? members.find((member) => !(member in given)) : undefined;
  throw new TypeError(
    `${who}: expected ${what}; got ${describe(given)}${missing ? ` without ${missing}` : ""}`,
  );
}

/**
 * Makes sure that a function got the name of a file. Node takes a number for a file that is open already, and would wait
 * for ever at the end of a pipe.
 *
 * @param example A call that is right, for the message.
 * @throws TypeError if it is none.
 */
export function checkPath(who: string, path: unknown, example: string): void {
  if (typeof path === "string" && path !== "") return;
  throw new TypeError(`${who}: expected the path of a file, e.g. ${example}; got ${describe(path)}`);
}
