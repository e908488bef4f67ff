/**
 * What was asked of a learner's code and what it answered, in order.
 *
 * It serves twice: a failed check names the call on which it failed, and a misconception is recognised by giving the same
 * answers to the same calls.
 */

import type { Fields, FunctionKind, Kind, Learner, Methods, Signatures } from "./harness/kinds.ts";
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
  return `${name}(${call.inputs.map((input) => valueText(input)).join(", ")})`;
}

/** Two values as short text, with as many digits as it takes to tell them apart where six do not. */
export function valueTexts(a: unknown, b: unknown): [string, string] {
  const short: [string, string] = [valueText(a), valueText(b)];
  return short[0] === short[1] ? [valueText(a, DOUBLE_DIGITS), valueText(b, DOUBLE_DIGITS)] : short;
}

/** What tells any two doubles apart. */
const DOUBLE_DIGITS = 17;

/** A plain value as short text: six significant digits, long arrays cut. */
export function valueText(value: unknown, digits = 6): string {
  if (typeof value === "number") return numberText(value, digits);
  if (typeof value === "string") return JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}…` : value);
  if (Array.isArray(value)) {
    const shown = value
      .slice(0, 6)
      .map((item) => valueText(item, digits))
      .join(", ");
    return `[${shown}${value.length > 6 ? `, … ${value.length} in all` : ""}]`;
  }
  if (value !== null && typeof value === "object")
    return objectText(value as Record<string, unknown>, digits);
  return String(value);
}

function objectText(value: Record<string, unknown>, digits: number): string {
  if (typeof value.map === "string") {
    const parts = [...(value.parameters as unknown[]), ...((value.of as unknown[] | undefined) ?? [])];
    return `${value.map}(${parts.map((part) => valueText(part, digits)).join(", ")})`;
  }
  if (Array.isArray(value.shape) && Array.isArray(value.values))
    return `tensor [${value.shape}] ${valueText(value.values, digits)}`;
  return `{ ${Object.entries(value)
    .map(([name, field]) => `${name}: ${valueText(field, digits)}`)
    .join(", ")} }`;
}

function numberText(value: number, digits: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(digits)));
}
