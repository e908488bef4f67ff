/** A learner's function as an experiment calls it: what goes wrong in it says that it is hers, and how to go on without. */

import type { FunctionKind, Methods } from "../harness/kinds.ts";
import { readTensors } from "../harness/tensor-numbers.ts";
import { show } from "../harness/wrong-shape.ts";
import { hasNaN, shapeProblem } from "./shape.ts";

export type AnyFunction = (...inputs: never[]) => unknown;
type Call = (...inputs: unknown[]) => unknown;

/** The learner's own code failed in a later cell. */
export class YourCodeError extends Error {
  override readonly name = "YourCodeError";
}

export interface Guarded {
  readonly id: string;
  readonly name: string;
  readonly kind: FunctionKind;
  readonly hers: AnyFunction;
  /** The course's, in whose place it is. */
  readonly fallback: AnyFunction;
  /** Whether the cell waits for what it gives. */
  readonly waits: boolean;
}

/** Async functions can be told apart before they are called; one that merely returns a promise cannot. */
export const isAsync = (value: unknown): boolean =>
  typeof value === "function" && Object.prototype.toString.call(value) === "[object AsyncFunction]";

/**
 * @throws YourCodeError when called: if hers throws; if it gives another kind of value than its signature says; if there is a NaN in
 * it where the course's has none.
 */
export function guard(guarded: Guarded): AnyFunction {
  const { hers, name, waits } = guarded;
  const call: Call = (...inputs) => {
    const failed = (error: unknown) => blame(guarded, inputs, error);
    let value: unknown;
    try {
      value = hers(...(inputs as never[]));
    } catch (error) {
      throw failed(error);
    }
    if (!(value instanceof Promise)) return sound(guarded, inputs, value);
    if (waits)
      return value.then(
        (settled) => sound(guarded, inputs, settled),
        (error) => Promise.reject(failed(error)),
      );
    // Nobody will wait for it.
    value.catch(() => {});
    throw new YourCodeError(
      `${hersAt(guarded, inputs)} gave a promise, and this cell does not wait for one. ${remedy(guarded)}`,
    );
  };
  return Object.defineProperty(call, "name", { value: name }) as AnyFunction;
}

function sound(guarded: Guarded, inputs: readonly unknown[], given: unknown): unknown {
  const { kind, name } = guarded;
  // As the check took it: what later cells compute with are numbers.
  const value = readTensors(kind.returns, given);
  const problem = shapeProblem(kind.returns, value, name);
  if (problem !== undefined)
    throw new YourCodeError(
      `${hersAt(guarded, inputs)} gave what it should not: ${problem}. ${remedy(guarded)}`,
    );
  if (hasNaN(value) && !courseHasNaN(guarded, inputs))
    throw new YourCodeError(
      `${hersAt(guarded, inputs)} gave ${show(value)}, where the course's gives no NaN. ${remedy(guarded)}`,
    );
  return kind.returns.kind === "object"
    ? guardMethods(guarded, kind.returns.methods, value as object)
    : value;
}

/** A NaN may be the right answer, as after a step that was too long; then the course's has one, too. */
function courseHasNaN({ fallback }: Guarded, inputs: readonly unknown[]): boolean {
  try {
    const value = fallback(...(inputs as never[]));
    return value instanceof Promise || hasNaN(value);
  } catch {
    return true;
  }
}

/** The object itself, but for the methods of its signature. */
function guardMethods({ id, name, waits }: Guarded, methods: Methods, value: object): object {
  const made = new Map<PropertyKey, unknown>();
  return new Proxy(value, {
    get(target, key) {
      const found: unknown = Reflect.get(target, key);
      if (typeof found !== "function") return found;
      if (!made.has(key)) made.set(key, method(found as AnyFunction, key, target));
      return made.get(key);
    },
  });

  function method(found: AnyFunction, key: PropertyKey, target: object): unknown {
    const bound = found.bind(target) as AnyFunction;
    const kind = typeof key === "string" && Object.hasOwn(methods, key) ? methods[key] : undefined;
    if (kind === undefined) return bound;
    const called = `${name}(…).${String(key)}`;
    return guard({ id, name: called, kind, hers: bound, fallback: nothingBeside, waits });
  }
}

/** There is no object of the course's beside hers: a NaN in what a method gives is left to the experiment. */
const nothingBeside = (): number => Number.NaN;

function blame(guarded: Guarded, inputs: readonly unknown[], error: unknown): YourCodeError {
  // Of two functions of hers that call each other, the inner one has said it.
  if (error instanceof YourCodeError) return error;
  const what = error instanceof Error ? `${error.name}: ${error.message}` : `${show(error)}`;
  const wrapped = new YourCodeError(`${hersAt(guarded, inputs)} threw ${what}. ${remedy(guarded)}`, {
    cause: error,
  });
  // Her own line, not this one.
  const frames = error instanceof Error ? /\n\s+at [\s\S]*/.exec(`${error.stack}`)?.[0] : undefined;
  if (frames !== undefined) wrapped.stack = `${wrapped.name}: ${wrapped.message}${frames}`;
  return wrapped;
}

const hersAt = ({ id, name }: Guarded, inputs: readonly unknown[]): string =>
  `Your own ${name}, from exercise ${id}, is what this cell runs: ${name}(${inputs.map((input) => show(input)).join(", ")})`;

const remedy = ({ id }: Guarded): string =>
  `Its check did not ask this. Mend it, run its check and then this cell again; or go on with the course's: write { use: "course" } as the last argument of check.passed("${id}", …).`;
