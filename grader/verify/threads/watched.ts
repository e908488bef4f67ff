/**
 * The programs of an exercise (its solution, its reference, its wrong answers) so that each call of theirs is noted before it begins: one that
 * never ends could not tell of itself.
 */

import type { AnyExercise } from "../../exercise.ts";
import type { FunctionKind, Kind, Signatures } from "../../harness/kinds.ts";
import type { Part } from "../part.ts";
import type { Modules } from "../share.ts";

/** One call, and whose. */
export interface Asked {
  /** `the solution`, `misconception "doubled"`. */
  readonly program: string;
  readonly part?: Part;
  readonly name: string;
  readonly inputs: readonly unknown[];
}

export interface Notes {
  begin(call: Asked): void;
  end(): void;
}

export function watchPrograms(
  exercise: AnyExercise,
  { solution, stub, ...others }: Modules,
  notes: Notes,
): { exercise: AnyExercise; modules: Modules } {
  // Its programs are files: what is asked of them is the course's own code.
  if (exercise.file) return { exercise, modules: { solution, stub } };
  const watch = <P extends object>(provided: P, program: string, part?: Part): P =>
    watchProgram(provided, exercise.signatures, notes, { program, ...(part && { part }) });
  const { reference } = exercise;
  return {
    exercise: {
      ...exercise,
      ...(reference && { reference: watch(reference, "the reference") }),
      misconceptions: exercise.misconceptions.map(({ variants, ...one }) => ({
        ...one,
        implementation: watch(one.implementation, `misconception "${one.id}"`, "misconceptions"),
        ...(variants && {
          variants: variants.map((program, i) =>
            watch(program, `variant ${i + 1} of misconception "${one.id}"`, "misconceptions"),
          ),
        }),
      })),
      ...(exercise.mutants && {
        mutants: exercise.mutants.map((one) => ({
          ...one,
          implementation: watch(one.implementation, `mutant "${one.id}"`, "misconceptions"),
        })),
      }),
    },
    modules: { ...others, stub, solution: watch(solution, "the solution", "solution") },
  };
}

function watchProgram<P extends object>(
  provided: P,
  signatures: Signatures,
  notes: Notes,
  whose: Pick<Asked, "program" | "part">,
): P {
  const functions = Object.entries(signatures).flatMap(([name, kind]) => {
    const run = (provided as Record<string, unknown>)[name];
    return typeof run === "function"
      ? [[name, watchFunction(run as Run, { ...whose, name }, kind, notes)]]
      : [];
  });
  return { ...provided, ...Object.fromEntries(functions) };
}

type Run = (...inputs: unknown[]) => unknown;

function watchFunction(run: Run, whose: Omit<Asked, "inputs">, { returns }: FunctionKind, notes: Notes): Run {
  return (...inputs) => {
    notes.begin({ ...whose, inputs });
    let result: unknown;
    try {
      result = run(...inputs);
      if (result instanceof Promise)
        return result.then((value) => watchMethods(value, returns, whose, notes)).finally(() => notes.end());
    } catch (error) {
      notes.end();
      throw error;
    }
    notes.end();
    return watchMethods(result, returns, whose, notes);
  };
}

/** Objects are asked later on, by their methods. Anything that is not as the signature says stays as it is. */
function watchMethods(value: unknown, kind: Kind, whose: Omit<Asked, "inputs">, notes: Notes): unknown {
  if (value === null || typeof value !== "object") return value;
  const fields = value as Record<string, unknown>;
  if (kind.kind === "record") {
    const objects = Object.entries(kind.fields).filter(
      ([, { kind: of }]) => of === "object" || of === "record",
    );
    if (objects.length === 0) return value;
    const watched = objects.map(([field, of]) => [field, watchMethods(fields[field], of, whose, notes)]);
    return { ...fields, ...Object.fromEntries(watched) };
  }
  if (kind.kind !== "object") return value;
  const methods = Object.entries(kind.methods).map(([method, of]) => {
    const name = `${whose.name}(…).${method}`;
    const run = (...inputs: unknown[]) => (fields[method] as Run)(...inputs);
    return [
      method,
      typeof fields[method] === "function" ? watchFunction(run, { ...whose, name }, of, notes) : undefined,
    ];
  });
  return Object.fromEntries(methods.filter(([, run]) => run !== undefined));
}
