/**
 * Values as PostgreSQL's JSON keeps them, also those that it refuses or changes: learners' code prints and answers whatever it likes.
 *
 * PostgreSQL refuses the character NUL and half a surrogate pair in a text, JSON turns −0 into 0 and NaN and infinities into null. Each
 * stands here as a sequence that begins with the control character SUBSTITUTE, and so does that character itself.
 */

const SUBSTITUTE = "\u001a";
const NUMBERS: Readonly<Record<string, number>> = {
  "-0": -0,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

/** With the flag u, a class of surrogates matches those that have no partner only. */
const REFUSED = new RegExp(`[\\0${SUBSTITUTE}\\ud800-\\udfff]`, "gu");
const ESCAPED = new RegExp(`${SUBSTITUTE}([0-9a-f]{4})`, "g");

/**
 * The text to bind to a parameter of type json. Always a text: PGlite would take an array as it is, and a server would read it as one of
 * its own arrays.
 *
 * @throws TypeError if there is nothing that JSON could say, as for undefined or a function, or no end, as for a list within itself.
 */
export function toJson(value: unknown): string {
  // A key is escaped where its object is reached, since a replacer cannot rename the key that it is asked about.
  const text = JSON.stringify(value, (_, inner: unknown) => escapeValue(inner));
  if (text === undefined) throw new TypeError(`JSON cannot say ${String(value)}; give a value or null`);
  return text;
}

/** What {@link toJson} was given, from what a query gave back, which has read the JSON already. */
export function fromJson(stored: unknown): unknown {
  if (typeof stored === "string") return restore(stored);
  if (Array.isArray(stored)) return stored.map(fromJson);
  if (typeof stored !== "object" || stored === null) return stored;
  // From entries: a key "__proto__" stays one among others.
  return Object.fromEntries(
    Object.entries(stored).map(([key, value]) => [unescapeText(key), fromJson(value)]),
  );
}

/** A text to bind to a parameter of type text. */
export const escapeText = (text: string): string =>
  text.replace(REFUSED, (character) => SUBSTITUTE + character.charCodeAt(0).toString(16).padStart(4, "0"));

/** What {@link escapeText} was given. */
export const unescapeText = (text: string): string =>
  text.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

function escapeValue(value: unknown): unknown {
  if (typeof value === "string") return escapeText(value);
  if (typeof value === "number")
    return Number.isFinite(value) && !Object.is(value, -0) ? value : escapeNumber(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  if (keys.every((key) => escapeText(key) === key)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [escapeText(key), inner]));
}

// After "#" no code can follow, so that it is no escaped character.
const escapeNumber = (value: number): string => `${SUBSTITUTE}#${Object.is(value, -0) ? "-0" : value}`;

function restore(text: string): unknown {
  if (text.startsWith(`${SUBSTITUTE}#`)) return NUMBERS[text.slice(2)];
  return unescapeText(text);
}
