/**
 * The learner's module as something to call: the same steps in the notebook and in the sandbox.
 */

import { isUnchanged, needsTensors, type Retained, toPlain, toReal, WrongKind } from "./conversion.ts";
import type { FunctionKind, Kind, Signatures } from "./kinds.ts";
import { apply, isArray, isView, mapList } from "./pristine.ts";
import type { Answer, WireTarget } from "./protocol.ts";
import { type AnswerSize, excess, sizeText } from "./size.ts";
import { isTensor, readTensors, sizeOf } from "./tensor-numbers.ts";
import { UNSOLVED_MESSAGE } from "./unsolved.ts";
import { show } from "./wrong-shape.ts";

type Outcome = { ok: true; value: unknown } | Omit<Extract<Answer, { ok: false }>, "id">;

export interface LearnerModule {
  /** @param size What the answer may hold; a larger one becomes an outcome that says so. */
  call(target: WireTarget, inputs: readonly unknown[], size: AnswerSize): Promise<Outcome>;
}

async function tensorFlow() {
  const { tf } = await import("flowlab");
  return tf;
}

/**
 * Wraps what the learner's module provides. Never throws: whatever the learner's code does becomes an outcome.
 *
 * @param provided The learner's exports by name; may lack some.
 */
export async function learnerModule(
  provided: Record<string, unknown>,
  signatures: Signatures,
): Promise<LearnerModule> {
  const tf = needsTensors(signatures) ? await tensorFlow() : undefined;
  const retained: Retained = [];

  function resolve(
    target: WireTarget,
  ): { name: string; run: (inputs: unknown[]) => unknown; kind: FunctionKind } | string {
    if ("export" in target) {
      const kind = signatures[target.export];
      if (kind?.kind !== "function") return `${target.export} is not a function of this exercise`;
      const run = provided[target.export];
      if (typeof run !== "function")
        return `${target.export} is not defined: keep the name and make it a function`;
      return { name: target.export, run: (inputs) => apply(run, undefined, inputs), kind };
    }
    const owner = retained[target.object];
    const kind = owner?.methods[target.method];
    if (!owner || !kind) return `there is no method ${target.method} on object ${target.object}`;
    return {
      name: target.method,
      run: (inputs) =>
        (owner.value as Record<string, (...a: unknown[]) => unknown>)[target.method](...inputs),
      kind,
    };
  }

  return {
    async call(target, inputs, size) {
      const found = resolve(target);
      if (typeof found === "string") return { ok: false, trouble: "missing", message: found };
      try {
        const real = mapList(found.kind.parameters, (p, i) => toReal(p.of, inputs[i], tf));
        // Its own list: `arguments` of the learner's function may be written to as well.
        const result = await found.run(mapList(real, (argument) => argument));
        const changed = firstChanged(found.kind, inputs, real);
        if (changed) return { ok: false, trouble: "changed", message: changedMessage(found.name, changed) };
        // Before it is copied, where that can be seen at once.
        const { returns } = found.kind;
        if (isList(returns) && lengthOf(result) > size.values) return tooLarge(found.name, result, size);
        const value = toPlain(returns, readTensors(returns, result), found.name, retained);
        return excess(value, size) ? tooLarge(found.name, result, size) : { ok: true, value };
      } catch (error) {
        return failure(error);
      }
    },
  };
}

const isList = ({ kind }: Kind): boolean => kind === "vector" || kind === "matrix" || kind === "derivation";

const lengthOf = (value: unknown): number =>
  isTensor(value)
    ? sizeOf(value)
    : isArray(value) || isView(value)
      ? (value as unknown as ArrayLike<unknown>).length
      : 0;

function tooLarge(name: string, result: unknown, size: AnswerSize): Outcome {
  const what =
    typeof result === "string" ? `a text of ${result.length} characters` : show(result).slice(0, 200);
  return {
    ok: false,
    trouble: "size",
    message: `the result of ${name} is too large: ${what}; this check reads at most ${sizeText(size)}: return only what is asked for`,
  };
}

function firstChanged(kind: FunctionKind, inputs: readonly unknown[], real: readonly unknown[]) {
  const { parameters } = kind;
  for (let i = 0; i < parameters.length; i++) {
    const { of, name } = parameters[i] as (typeof parameters)[number];
    if (!isUnchanged(of, inputs[i], real[i])) return name;
  }
  return undefined;
}

function changedMessage(name: string, parameter: string): string {
  return `${name} changed the array \`${parameter}\` that it was given; whoever calls it still needs it: work on a copy`;
}

/** An exception of the learner's as data: also when it is not an Error, or one whose getters throw. */
export function failure(error: unknown): Omit<Extract<Answer, { ok: false }>, "id"> {
  try {
    if (error instanceof WrongKind)
      return { ok: false, trouble: "kind", message: error.message.slice(0, 2000) };
    if (!(error instanceof Error))
      return { ok: false, trouble: "threw", message: `threw ${String(error)}`.slice(0, 2000) };
    const message = `${String(error.name)}: ${String(error.message)}`.slice(0, 2000);
    if (error.message === UNSOLVED_MESSAGE)
      return { ok: false, trouble: "unsolved", message: UNSOLVED_MESSAGE };
    return { ok: false, trouble: "threw", message, trace: String(error.stack).slice(0, 8000) };
  } catch {
    return { ok: false, trouble: "threw", message: "threw something that cannot be shown" };
  }
}
