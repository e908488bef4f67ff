import { checkKind, type Kind } from "./kinds.ts";
import { nearest } from "./nearest.ts";
import { describe } from "./plain-numbers.ts";

/** The options of each of several kinds, where one of them is wanted. */
type NamesOf<T> = T extends unknown ? keyof T & string : never;

/** The kind of each option that there is. */
export type Kinds<T> = { readonly [Name in NamesOf<T>]: Kind };

/**
 * Makes sure that a function got its options as an object, each of its kind, and none that it does not have: a misspelt
 * one would be left out without a word. The types ask for all this already; a call from JavaScript, or with a value of
 * type any, does not.
 *
 * @param example A call that is right, for the message.
 * @param kinds All the options that there are.
 * @throws TypeError if it is none, or has an option of another name, with the nearest ones, or of another kind.
 */
export function checkOptions<T extends object>(
  who: string,
  options: T,
  example: string,
  kinds: Kinds<T>,
): void {
  checkObject(who, options, example);
  for (const [name, value] of Object.entries(options)) {
    if (Object.hasOwn(kinds, name) || value === undefined) continue;
    const names = Object.keys(kinds);
    const near = nearest(name, names);
    const remedy = near.length > 0 ? `. Did you mean ${near.join(" or ")}?` : "";
    throw new TypeError(
      `${who}: expected no other options than ${names.join(", ")}; got ${JSON.stringify(name)}${remedy}`,
    );
  }
  for (const [name, kind] of Object.entries<Kind>(kinds)) {
    checkKind(who, name, (options as Record<string, unknown>)[name], kind);
  }
}

/** Options without those that are undefined, which are as good as left out: a default stays beside them. */
export function dropAbsent<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

/**
 * Makes sure that a function got an object.
 *
 * @param example A call that is right, for the message.
 * @throws TypeError if it is none.
 */
export function checkObject(who: string, given: unknown, example: string): void {
  if (typeof given === "object" && given !== null && !Array.isArray(given)) return;
  throw new TypeError(`${who}: expected options, e.g. ${example}; got ${describe(given)}`);
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
  // What a file holds instead of its name: Node would give all of it back in its error.
  if (typeof path === "string" && /[\r\n\0]/.test(path))
    throw new TypeError(
      `${who}: expected the path of a file, e.g. ${example}; got a text of ${path.length} characters in several lines. ` +
        "Write it into a file, and give that one's path",
    );
  if (typeof path === "string" && path !== "") return;
  throw new TypeError(`${who}: expected the path of a file, e.g. ${example}; got ${describe(path)}`);
}
