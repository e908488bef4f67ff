/**
 * Plain values ↔ what the learner's code works with. Runs beside that code, in the sandbox or in the notebook.
 *
 * Nothing here may be trusted by the judge: a learner can change it under our feet. `validate.ts` looks at every value again
 * on the other side.
 */

import { numberOf } from "./encoding.ts";
import type { FunctionKind, Kind, LinearMapRef, MapRef, NDArray, Signatures } from "./kinds.ts";
import { buildLinearMap, buildMap } from "./maps.ts";
import { every, is, isArray, isView, keys, mapFields, mapList, parse, stringify } from "./pristine.ts";
import { isTensor, listsOf } from "./tensor-numbers.ts";
import { missingField, wrongShape } from "./wrong-shape.ts";

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
      return tf.tensor(receive(values), shape as number[], "float32");
    }
    case "map": {
      return buildMap(receiveMap(plain as MapRef));
    }
    case "linear-map": {
      const { linearMap, most } = plain as LinearMapRef;
      return buildLinearMap({ linearMap: mapList(linearMap, receive), most: numberOf(most) as number });
    }
    case "number":
      return numberOf(plain);
    case "record":
      return mapFields(kind.fields, (field, name) =>
        toReal(field, (plain as Record<string, unknown>)[name], tf),
      );
    case "vector":
      return receive(plain as number[]);
    case "matrix":
      return mapList(plain as number[][], receive);
    default:
      return plain;
  }
}

function receiveMap({ map, parameters, of }: MapRef): MapRef {
  return { map, parameters: receive(parameters), ...(of && { of: mapList(of, receiveMap) }) };
}

/** Whether an argument is still what it was made from. Only arrays can be changed: tensors, numbers and functions cannot. */
export function isUnchanged(kind: Kind, plain: unknown, real: unknown): boolean {
  switch (kind.kind) {
    case "vector":
      return sameNumbers(plain as number[], real);
    case "matrix":
      return (
        isArray(real) &&
        real.length === (plain as number[][]).length &&
        every(
          mapList(plain as number[][], (row, i) => sameNumbers(row, real[i])),
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

/**
 * @param name The function whose result it is.
 * @param path Where in the result: `.a`, or nothing for all of it.
 */
export function toPlain(kind: Kind, real: unknown, name: string, retained: Retained, path = ""): unknown {
  const wrong = (): never => {
    throw new WrongKind(wrongShape(kind, real, name, path));
  };
  switch (kind.kind) {
    case "number":
      return typeof real === "number" ? real : wrong();
    case "boolean":
      return typeof real === "boolean" ? real : wrong();
    case "text":
      return typeof real === "string" ? real : wrong();
    case "vector":
      return isList(real) ? numbers(real, name, path) : wrong();
    case "matrix":
      if (!isArray(real)) return wrong();
      return mapList(real, (row, i) => toPlain({ kind: "vector" }, row, name, retained, `${path}[${i}]`));
    case "derivation":
      return isArray(real) && every(real, (e) => typeof e === "string") ? copy(real) : wrong();
    case "tensor":
      return isTensor(real) ? { shape: copy(real.shape), values: copy(real.dataSync()) } : wrong();
    case "figure": {
      const seen = real as { data?: unknown; layout?: unknown } | null | undefined;
      if (!isArray(seen?.data)) return wrong();
      return parse(stringify({ data: seen.data, layout: seen.layout ?? {} }, plainArrays));
    }
    case "record": {
      if (real === null || typeof real !== "object" || isList(real)) return wrong();
      return mapFields(kind.fields, (field, label) => {
        const value = (real as Record<string, unknown>)[label];
        if (value === undefined) throw new WrongKind(missingField(kind.fields, real, label, name));
        return toPlain(field, value, name, retained, `${path}.${label}`);
      });
    }
    case "object": {
      if (real === null || (typeof real !== "object" && typeof real !== "function")) return wrong();
      mapList(keys(kind.methods), (method) => {
        if (typeof (real as Record<string, unknown>)[method] !== "function")
          throw new WrongKind(`${name} returned an object without the method ${method}`);
      });
      retained[retained.length] = { value: real, methods: kind.methods };
      return retained.length - 1;
    }
    default:
      return wrong();
  }
}

/** Numbers as they came over the channel, special ones by name. */
function receive(list: readonly number[]): number[] {
  return mapList(list, (item) => numberOf(item) as number);
}

const isList = (value: unknown): value is ArrayLike<unknown> => isArray(value) || isView(value);

function numbers(list: ArrayLike<unknown>, name: string, path: string): number[] {
  return mapList(list, (value, i) => {
    if (typeof value === "number") return value;
    throw new WrongKind(
      isList(value) && path === ""
        ? wrongShape({ kind: "vector" }, list, name)
        : wrongShape({ kind: "number" }, value, name, `${path}[${i}]`),
    );
  });
}

function plainArrays(_key: string, value: unknown): unknown {
  if (isTensor(value)) return listsOf(value);
  return isView(value) ? copy(value as unknown as ArrayLike<number>) : value;
}

function copy<A>(list: ArrayLike<A>): A[] {
  return mapList(list, (item) => item);
}
