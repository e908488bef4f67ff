/**
 * What was asked of a learner's code and what it answered, in order.
 *
 * It serves twice: a failed check names the call on which it failed, and a misconception is recognised by giving the same
 * answers to the same calls.
 */

import type { Fields, FunctionKind, Kind, Learner, Methods, Signatures } from "../harness/kinds.ts";
import { LearnerError, type Session, type Target } from "./session.ts";

export interface Call {
  readonly target: Target;
  readonly inputs: readonly unknown[];
  readonly answer: { readonly value: unknown } | { readonly threw: LearnerError };
}

export interface Transcript {
  readonly calls: Call[];
  /** The latest call as a learner would type it. */
  last(): string | undefined;
}

export function transcript(): Transcript {
  const calls: Call[] = [];
  return {
    calls,
    last: () => {
      const call = calls.at(-1);
      return call && callText(call);
    },
  };
}

/** The `learner` of a check: signatures become async functions that ask the session and are written down. */
export function learnerHandle<S extends Signatures>(
  signatures: S,
  session: Session,
  log: Transcript,
): Learner<S> {
  const handle: Record<string, (...inputs: unknown[]) => Promise<unknown>> = {};
  for (const [name, kind] of Object.entries(signatures)) {
    handle[name] = (...inputs) => ask(session, log, { export: name }, kind, inputs);
  }
  return handle as Learner<S>;
}

async function ask(session: Session, log: Transcript, target: Target, kind: FunctionKind, inputs: unknown[]) {
  const value = await record(log, target, inputs, () => session.call(target, inputs));
  return attach(session, log, kind.returns, value);
}

/** Turns the place of a retained object into a handle with methods, also within a record. */
function attach(session: Session, log: Transcript, kind: Kind, value: unknown): unknown {
  if (kind.kind === "record") {
    const fields = Object.entries(kind.fields as Fields).map(([name, field]) => [
      name,
      attach(session, log, field, (value as Record<string, unknown>)[name]),
    ]);
    return Object.fromEntries(fields);
  }
  if (kind.kind !== "object") return value;
  const methods = Object.entries(kind.methods as Methods).map(([name, method]) => [
    name,
    (...inputs: unknown[]) => ask(session, log, { object: value as number, method: name }, method, inputs),
  ]);
  return Object.fromEntries(methods);
}

async function record(
  log: Transcript,
  target: Target,
  inputs: readonly unknown[],
  run: () => Promise<unknown>,
) {
  try {
    const value = await run();
    log.calls.push({ target, inputs, answer: { value } });
    return value;
  } catch (error) {
    if (error instanceof LearnerError) log.calls.push({ target, inputs, answer: { threw: error } });
    throw error;
  }
}

/** `density(0.37)`, as a learner would type it, with long arguments cut. */
export function callText(call: Pick<Call, "target" | "inputs">): string {
  const name = "export" in call.target ? call.target.export : `….${call.target.method}`;
  return `${name}(${call.inputs.map(inputText).join(", ")})`;
}

/** 1 + 1e-12 is not 1: an argument beside a whole number shows that it is beside it. */
function inputText(input: unknown): string {
  const short = valueText(input);
  const beside = typeof input === "number" && /^-?\d{1,3}$/.test(short) && Number(short) !== input;
  return beside ? String(input) : short;
}

/** Two values as short text, with as many digits as it takes to tell them apart where six do not. */
export function valueTexts(a: unknown, b: unknown): [string, string] {
  const short: [string, string] = [valueText(a), valueText(b)];
  if (short[0] !== short[1]) return short;
  return partsThatDiffer(a, b) ?? [valueText(a, DOUBLE_DIGITS), valueText(b, DOUBLE_DIGITS)];
}

/** Of two long lists that begin alike, what stands from their first difference on. */
function partsThatDiffer(a: unknown, b: unknown): [string, string] | undefined {
  if (!Array.isArray(a) || !Array.isArray(b)) return undefined;
  let written = 0;
  const at = a.findIndex((item, i) => {
    if (Object.is(item, b[i])) return false;
    written += 1;
    return written > MOST_WRITTEN || valueText(item) !== valueText(b[i]);
  });
  if (at < SHOWN || written > MOST_WRITTEN) return undefined;
  const text = (list: readonly unknown[]): string => {
    const shown = list.slice(at, at + SHOWN).map((item) => valueText(item));
    const more = list.length > at + SHOWN ? `, … ${list.length} in all` : "";
    return cut(`[… ${at} alike, ${shown.join(", ")}${more}]`, SHOWN_IN_ALL);
  };
  return [text(a), text(b)];
}

/** Of long lists that differ everywhere, but in digits that are not shown, so many places are looked at: a turn is short. */
const MOST_WRITTEN = 1000;

/** What tells any two doubles apart. */
const DOUBLE_DIGITS = 17;

/** What is shown of a list or of an object's fields, of a text, and of what is nested: a value may be a stranger's, and large. */
const SHOWN = 6;
const SHOWN_CHARACTERS = 80;
const SHOWN_LEVELS = 4;
const SHOWN_IN_ALL = 600;

/** A plain value as short text: six significant digits, long arrays cut. */
export function valueText(value: unknown, digits = 6): string {
  return cut(partText(value, digits, SHOWN_LEVELS), SHOWN_IN_ALL);
}

/** A text cut to this many characters. */
export function cut(text: string, characters: number): string {
  return text.length > characters ? `${text.slice(0, characters - 3)}…` : text;
}

function partText(value: unknown, digits: number, levels: number): string {
  if (typeof value === "number") return numberText(value, digits);
  if (typeof value === "string") return JSON.stringify(cut(value, SHOWN_CHARACTERS));
  if (value === null || typeof value !== "object") return String(value);
  if (levels === 0) return "…";
  const part = (item: unknown) => partText(item, digits, levels - 1);
  if (Array.isArray(value)) {
    const more = value.length > SHOWN ? `, … ${value.length} in all` : "";
    return `[${value.slice(0, SHOWN).map(part).join(", ")}${more}]`;
  }
  const { map, parameters, of, linearMap, shape, values } = value as { readonly [name: string]: unknown };
  if (Array.isArray(linearMap)) return `v => A v with A = ${part(linearMap)}`;
  if (typeof map === "string" && Array.isArray(parameters)) {
    const parts = [...parameters.slice(0, SHOWN), ...(Array.isArray(of) ? of.slice(0, SHOWN) : [])];
    return `${cut(map, SHOWN_CHARACTERS)}(${parts.map(part).join(", ")})`;
  }
  if (Array.isArray(shape) && Array.isArray(values))
    return `tensor [${shape.slice(0, SHOWN).map(part).join(",")}] ${part(values)}`;
  const names = Object.keys(value);
  const shown = names
    .slice(0, SHOWN)
    .map((name) => `${cut(name, SHOWN_CHARACTERS)}: ${part((value as Record<string, unknown>)[name])}`);
  return `{ ${[...shown, ...(names.length > SHOWN ? [`… ${names.length} in all`] : [])].join(", ")} }`;
}

function numberText(value: number, digits: number): string {
  if (!Number.isFinite(value) || (Number.isInteger(value) && Math.abs(value) < 1e15)) return String(value);
  return String(Number(value.toPrecision(digits)));
}
