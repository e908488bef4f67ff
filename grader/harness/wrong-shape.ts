/**
 * What a learner's function returned in place of what its signature says, in her words: `returned [0.4, 1.2]; expected { a: number; b: number }`.
 *
 * It runs beside her code and looks at her values: nothing of theirs is called.
 */

import type { Fields, Kind } from "./kinds.ts";
import { typeText } from "./kinds.ts";
import { apply, hasOwn, isArray, isView, keys, prototypeOf, stringify } from "./pristine.ts";

/** Entries and characters of a value that are shown. */
const MOST_ENTRIES = 4;
const MOST_CHARACTERS = 40;
const { toPrecision } = Number.prototype;

/** @param name The function. @param path The place inside its result: `.a`, `[3]`. */
export function wrongShape(kind: Kind, got: unknown, name: string, path = ""): string {
  const returned = path === "" ? `${name} returned ` : `in what ${name} returned, ${place(path)} is `;
  if (got === undefined && path === "")
    return `${name} returned nothing (undefined): is a return missing? Expected ${nameKind(kind)}`;
  return `${returned}${show(got)}${remark(kind, got)}; expected ${nameKind(kind)}`;
}

/** A record without one of its fields. */
export function missingField(fields: Fields, got: object, field: string, name: string): string {
  const own = keys(got);
  const whole = `expected ${nameKind({ kind: "record", fields })}`;
  const alike = own.find((other) => lower(other) === lower(field));
  if (alike !== undefined)
    return `${name} returned ${show(got)}: its field is called ${alike}, not ${field}; ${whole}`;
  const outer = own.find((other) => isRecord((got as never)[other]) && hasOwn((got as never)[other], field));
  if (outer !== undefined)
    return `${name} returned ${show(got)}: ${field} is one level too deep, inside ${outer}; ${whole}`;
  return `${name} returned ${show(got)}: the field ${field} is missing; ${whole}`;
}

const place = (path: string): string =>
  /^\[\d+\]$/.test(path) ? `entry ${path.slice(1, -1)}` : path.startsWith(".") ? path.slice(1) : path;

const nameKind = (kind: Kind): string =>
  ({ number: "a number", boolean: "true or false", text: "a text", vector: "a list of numbers, number[]" })[
    kind.kind as string
  ] ?? typeText(kind);

/** What to do about it, where one thing is likely. */
function remark(kind: Kind, got: unknown): string {
  if (typeof got === "string" && got !== "" && !Number.isNaN(+got))
    return ", a text that reads like a number";
  if (typeof got === "string") return ", a text";
  if (isPromise(got)) return " (is an await missing?)";
  if (isTensor(got)) return kind.kind === "tensor" ? "" : " (its numbers come out with dataSync())";
  if (typeof got === "function") return " (is it called?)";
  if (!isArray(got)) return "";
  if (kind.kind === "number" && got.length === 1 && typeof got[0] === "number")
    return ", a list with one number";
  if (kind.kind === "vector" && isArray(got[0])) return ", a list of lists";
  if (kind.kind === "matrix" && typeof got[0] === "number") return ", one list of numbers";
  return kind.kind === "vector" ? "" : ", a list";
}

/** A value as short text, whatever it is. */
export function show(value: unknown, depth = 0): string {
  if (typeof value === "number") return numberText(value);
  if (typeof value === "string") {
    const cut = value.length > MOST_CHARACTERS ? `${value.slice(0, MOST_CHARACTERS)}…` : value;
    return stringify(cut);
  }
  if (typeof value === "bigint") return `${value}n`;
  if (value === null || value === undefined || typeof value === "boolean") return `${value}`;
  if (typeof value === "symbol") return "a symbol";
  if (typeof value === "function") return "a function";
  if (isPromise(value)) return "a promise";
  if (isTensor(value)) return `a tensor of shape [${dimensions(value.shape)}]`;
  if (isArray(value) || isView(value)) return listText(value as ArrayLike<unknown>, depth);
  return objectText(value as object, depth);
}

function numberText(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return `${value}`;
  return `${+(apply(toPrecision, value, [6]) as string)}`;
}

function listText(list: ArrayLike<unknown>, depth: number): string {
  if (depth > 1) return list.length === 0 ? "[]" : "[…]";
  let text = "";
  for (let i = 0; i < list.length && i < MOST_ENTRIES; i++)
    text += (i > 0 ? ", " : "") + show(list[i], depth + 1);
  return `[${text}${list.length > MOST_ENTRIES ? `, … ${list.length} in all` : ""}]`;
}

function objectText(value: object, depth: number): string {
  const names = keys(value);
  if (names.length === 0) return isPlain(value) ? "{}" : "an object without fields of its own";
  if (depth > 1) return "{ … }";
  let text = "";
  for (let i = 0; i < names.length && i < MOST_ENTRIES; i++) {
    const name = names[i] as string;
    text += `${i > 0 ? ", " : ""}${name.slice(0, MOST_CHARACTERS)}: ${show((value as never)[name], depth + 1)}`;
  }
  return `{ ${text}${names.length > MOST_ENTRIES ? ", …" : ""} }`;
}

function dimensions(shape: ArrayLike<unknown>): string {
  let text = "";
  for (let i = 0; i < shape.length && i < 8; i++) text += (i > 0 ? ", " : "") + show(shape[i]);
  return text;
}

const isPlain = (value: object): boolean =>
  prototypeOf(value) === Object.prototype || prototypeOf(value) === null;
const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !isArray(value);
const isPromise = (value: unknown): boolean =>
  value instanceof Promise || (isRecord(value) && typeof (value as { then?: unknown }).then === "function");
const isTensor = (value: unknown): value is { shape: unknown[] } =>
  isRecord(value) &&
  typeof (value as { dataSync?: unknown }).dataSync === "function" &&
  isArray((value as { shape?: unknown }).shape);
const lower = (text: string): string => text.toLowerCase();
