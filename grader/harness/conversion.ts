/**
 * Plain values ↔ what the learner's code works with. Runs beside that code, in the sandbox or in the notebook.
 *
 * Nothing here may be trusted by the judge: a learner can change it under our feet. `validate.ts` looks at every value again
 * on the other side.
 */

import type { Tensor } from "@tensorflow/tfjs";
import type { FunctionKind, Kind, MapRef, NDArray, Signatures } from "./kinds.ts";
import { typeText } from "./kinds.ts";
import { buildMap } from "./maps.ts";
import { every, is, isArray, isView, keys, mapped, mappedFields, parse, stringify } from "./pristine.ts";
import { numberOf } from "./protocol.ts";

type TensorFlow = typeof import("@tensorflow/tfjs");

/** The learner's function returned something else than its signature says. */
export class WrongKind extends Error {}

/** Objects that the learner's code returned and whose methods may be called later. */
export type Retained = {
  readonly value: object;
  readonly methods: { readonly [name: string]: FunctionKind };
}[];

/** Whether a call of these signatures needs TensorFlow.js in the learner's process. */
export function needsTensors(signatures: Signatures): boolean {
  return stringify(signatures).includes('"kind":"tensor"');
}

export function toReal(kind: Kind, plain: unknown, tf: TensorFlow | undefined): unknown {
  switch (kind.kind) {
    case "tensor": {
      const { values, shape } = plain as NDArray;
      if (!tf) throw new Error("conversion: a tensor was asked for without TensorFlow.js");
      return tf.tensor(received(values), shape as number[], "float32");
    }
    case "map": {
      return buildMap(receivedMap(plain as MapRef));
    }
    case "number":
      return numberOf(plain);
    case "record":
      return mappedFields(kind.fields, (field, name) =>
        toReal(field, (plain as Record<string, unknown>)[name], tf),
      );
    case "vector":
      return received(plain as number[]);
    case "matrix":
      return mapped(plain as number[][], received);
    default:
      return plain;
  }
}

function receivedMap({ map, parameters, of }: MapRef): MapRef {
  return { map, parameters: received(parameters), ...(of && { of: mapped(of, receivedMap) }) };
}

/** Whether an argument is still what it was made from. Only arrays can be changed: tensors, numbers and functions cannot. */
export function unchanged(kind: Kind, plain: unknown, real: unknown): boolean {
  switch (kind.kind) {
    case "vector":
      return sameNumbers(plain as number[], real);
    case "matrix":
      return (
        isArray(real) &&
        real.length === (plain as number[][]).length &&
        every(
          mapped(plain as number[][], (row, i) => sameNumbers(row, real[i])),
          (same) => same,
        )
      );
    default:
      return true;
  }
}

function sameNumbers(plain: readonly number[], real: unknown): boolean {
  if (!isArray(real) || real.length !== plain.length) return false;
  for (let i = 0; i < plain.length; i++) if (!is(numberOf(plain[i]), real[i])) return false;
  return true;
}

export function toPlain(kind: Kind, real: unknown, where: string, retained: Retained): unknown {
  const wrong = (got: string): never => {
    throw new WrongKind(`${where} should be ${typeText(kind)}; got ${got}`);
  };
  switch (kind.kind) {
    case "number":
      return typeof real === "number" ? real : wrong(describe(real));
    case "boolean":
      return typeof real === "boolean" ? real : wrong(describe(real));
    case "text":
      return typeof real === "string" ? real : wrong(describe(real));
    case "vector":
      return numbers(real) ?? wrong(describe(real));
    case "matrix":
      if (!isArray(real)) return wrong(describe(real));
      return mapped(real, (row) => numbers(row) ?? wrong(`a row that is ${describe(row)}`));
    case "derivation":
      return isArray(real) && every(real, (e) => typeof e === "string") ? copy(real) : wrong(describe(real));
    case "tensor":
      return isTensor(real)
        ? { shape: copy(real.shape), values: copy(real.dataSync()) }
        : wrong(describe(real));
    case "figure": {
      const seen = real as { data?: unknown; layout?: unknown } | null | undefined;
      if (!isArray(seen?.data)) return wrong(describe(real));
      return parse(stringify({ data: seen.data, layout: seen.layout ?? {} }, plainArrays));
    }
    case "record": {
      if (real === null || typeof real !== "object") return wrong(describe(real));
      return mappedFields(kind.fields, (field, name) =>
        toPlain(field, (real as Record<string, unknown>)[name], `${where}.${name}`, retained),
      );
    }
    case "object": {
      if (real === null || (typeof real !== "object" && typeof real !== "function"))
        return wrong(describe(real));
      mapped(keys(kind.methods), (name) => {
        if (typeof (real as Record<string, unknown>)[name] !== "function")
          wrong(`an object without the method ${name}`);
      });
      retained[retained.length] = { value: real, methods: kind.methods };
      return retained.length - 1;
    }
    default:
      return wrong("a value of a kind that cannot be returned");
  }
}

/** Numbers as they came over the channel, special ones by name. */
function received(list: readonly number[]): number[] {
  return mapped(list, (item) => numberOf(item) as number);
}

function numbers(value: unknown): number[] | undefined {
  if (!isArray(value) && !isView(value)) return undefined;
  const list = copy(value as ArrayLike<unknown>);
  return every(list, (v) => typeof v === "number") ? (list as number[]) : undefined;
}

function isTensor(value: unknown): value is Tensor {
  const seen = value as Partial<Tensor> | null | undefined;
  return typeof seen?.dataSync === "function" && isArray(seen.shape);
}

function plainArrays(_key: string, value: unknown): unknown {
  return isView(value) ? copy(value as unknown as ArrayLike<number>) : value;
}

function copy<A>(list: ArrayLike<A>): A[] {
  return mapped(list, (item) => item);
}

/** What a value is, in a learner's words; of an array, what is in it, to the depth of a matrix. */
export function describe(value: unknown, depth = 0): string {
  if (value === undefined) return "undefined (is a return missing?)";
  if (value === null) return "null";
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "string") return `the string ${stringify(value.slice(0, 40))}`;
  if (isArray(value)) {
    const first = value.length > 0 && depth < 2 ? ` (first: ${describe(value[0], depth + 1)})` : "";
    return `an array of ${value.length}${first}`;
  }
  if (isTensor(value)) return `a tensor of shape [${value.shape}]`;
  if (value instanceof Promise) return "a promise (is an await missing?)";
  if (typeof value === "function") return "a function";
  return `a value of type ${typeof value}`;
}
