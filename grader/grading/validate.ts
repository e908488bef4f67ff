/**
 * Answers from the learner's side, looked at by the judge.
 *
 * Whatever arrives is taken to come from a stranger: every value is checked against its kind and built anew, so that what a
 * check sees has no prototype, getter or surplus field that somebody else chose.
 */

import { numberOf } from "../harness/encoding.ts";
import type { Fields, Kind, NDArray, PlainFigure } from "../harness/kinds.ts";
import { typeText } from "../harness/kinds.ts";
import { LARGEST_ANSWER } from "../harness/size.ts";
import { plural } from "../plural.ts";
import { LearnerError } from "./session.ts";

/** Most numbers in one answer; what crosses a channel has been counted there, by the check's own measure. */
const MAX_NUMBERS = LARGEST_ANSWER.values;
const MAX_TEXT = 100_000;
const MAX_EXPRESSIONS = 1000;
const MAX_FIGURE_DEPTH = 24;
const MAX_OBJECTS = 10_000;

/**
 * The value as this kind, built from scratch.
 *
 * @param where How a learner would name it: "the result of density".
 * @throws LearnerError `kind` if it is something else than the kind says, `protocol` if the harness could not have sent it.
 */
export function validatePlain(kind: Kind, value: unknown, where: string): unknown {
  switch (kind.kind) {
    case "number":
      return numberOf(value) ?? wrong(kind, value, where);
    case "boolean":
      return typeof value === "boolean" ? value : wrong(kind, value, where);
    case "text":
      return text(kind, value, where);
    case "vector":
      return numbers(kind, value, where, { left: MAX_NUMBERS });
    case "matrix":
      return matrix(kind, value, where);
    case "derivation":
      return list(kind, value, where, MAX_EXPRESSIONS).map((line) => text(kind, line, where));
    case "tensor":
      return tensor(kind, value, where);
    case "figure":
      return figure(kind, value, where);
    case "record":
      return record(kind, kind.fields, value, where);
    case "object":
      return index(value, where);
    case "map":
    case "linear-map":
      throw new LearnerError("kind", `${where} is a function; a function cannot be an answer`);
  }
}

function text(kind: Kind, value: unknown, where: string): string {
  if (typeof value !== "string") return wrong(kind, value, where);
  if (value.length > MAX_TEXT)
    throw new LearnerError("kind", `${where} has ${value.length} characters; at most ${MAX_TEXT} are read`);
  return value;
}

function list(kind: Kind, value: unknown, where: string, most: number): unknown[] {
  if (!Array.isArray(value)) return wrong(kind, value, where);
  if (value.length > most)
    throw new LearnerError("kind", `${where} has ${value.length} entries; at most ${most} are read`);
  return value;
}

function numbers(kind: Kind, value: unknown, where: string, budget: { left: number }): number[] {
  const seen = list(kind, value, where, budget.left);
  budget.left -= seen.length;
  const values: number[] = [];
  for (let i = 0; i < seen.length; i++) {
    const value = numberOf(seen[i]);
    if (value === undefined) return wrong(kind, seen[i], `entry ${i} of ${where}`);
    values.push(value);
  }
  return values;
}

function matrix(kind: Kind, value: unknown, where: string): number[][] {
  const budget = { left: MAX_NUMBERS };
  const rows = list(kind, value, where, MAX_NUMBERS).map((row, i) =>
    numbers(kind, row, `row ${i} of ${where}`, budget),
  );
  const odd = rows.findIndex((row) => row.length !== rows[0]?.length);
  if (odd > 0) {
    throw new LearnerError(
      "kind",
      `${where}: row ${odd} has ${plural(rows[odd]?.length ?? 0, "entry", "entries")}, row 0 has ${rows[0]?.length}`,
    );
  }
  return rows;
}

function tensor(kind: Extract<Kind, { kind: "tensor" }>, value: unknown, where: string): NDArray {
  const seen = fields(kind, value, where);
  const shape = numbers(kind, seen.get("shape"), `the shape of ${where}`, { left: 16 });
  const values = numbers(kind, seen.get("values"), where, { left: MAX_NUMBERS });
  const sound =
    shape.every((n) => Number.isSafeInteger(n) && n >= 0) &&
    shape.reduce((a, b) => a * b, 1) === values.length;
  if (!sound)
    throw new LearnerError(
      "protocol",
      `${where}: ${plural(values.length, "number does", "numbers do")} not fill the shape [${shape}]`,
    );
  if (shape.length !== kind.rank) {
    throw new LearnerError(
      "kind",
      `${where} should be a tensor of rank ${kind.rank}; got shape [${shape}], rank ${shape.length}`,
    );
  }
  return { shape, values };
}

function figure(kind: Kind, value: unknown, where: string): PlainFigure {
  const seen = fields(kind, value, where);
  const data = list(kind, seen.get("data"), `data of ${where}`, 1000).map((trace) => {
    fields(kind, trace, `a trace of ${where}`);
    return rebuild(trace, where, 0) as { [key: string]: unknown };
  });
  fields(kind, seen.get("layout"), `layout of ${where}`);
  return { data, layout: rebuild(seen.get("layout"), where, 0) as { [key: string]: unknown } };
}

function record(kind: Kind, of: Fields, value: unknown, where: string): { [name: string]: unknown } {
  const seen = fields(kind, value, where);
  const entries = Object.entries(of).map(([name, field]) => [
    name,
    validatePlain(field, seen.get(name), `${where}.${name}`),
  ]);
  return Object.fromEntries(entries);
}

function index(value: unknown, where: string): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) < MAX_OBJECTS)
    return value as number;
  throw new LearnerError("protocol", `${where} is not one of the session's objects`);
}

/** Own fields only: a field that is absent stays absent, whatever Object.prototype has. */
function fields(kind: Kind, value: unknown, where: string): Map<string, unknown> {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return wrong(kind, value, where);
  return new Map(Object.entries(value));
}

/** JSON built anew. `__proto__` as a key would become a prototype in the next copy that somebody makes; it is left out. */
function rebuild(value: unknown, where: string, depth: number): unknown {
  if (depth > MAX_FIGURE_DEPTH)
    throw new LearnerError("kind", `${where} is nested more than ${MAX_FIGURE_DEPTH} levels deep`);
  if (Array.isArray(value)) return value.map((item) => rebuild(item, where, depth + 1));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([key]) => key !== "__proto__");
  return Object.fromEntries(entries.map(([key, item]) => [key, rebuild(item, where, depth + 1)]));
}

function wrong(kind: Kind, value: unknown, where: string): never {
  throw new LearnerError("kind", `${where} should be ${typeText(kind)}; got ${tell(value)}`);
}

function tell(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "string") return `the string ${JSON.stringify(value.slice(0, 40))}`;
  return typeof value === "number" ? `the number ${value}` : typeof value;
}
