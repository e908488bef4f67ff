/**
 * Tensors that a learner's code gives where numbers are asked for: `[tf.scalar(1), 2]`, `{ value: z, logDet: 3 }`. What numbers they hold is
 * clear as long as the shape is the one that is asked for; any other one is left as it is, for a message to name it.
 *
 * It runs beside her code, and is asked by the check and by later cells alike.
 */

import type { Tensor } from "@tensorflow/tfjs";
import type { Kind } from "./kinds.ts";
import { isArray, isView, mapFields, mapList } from "./pristine.ts";
import { LARGEST_ANSWER } from "./size.ts";

const { fround } = Math;

/**
 * @returns The value itself where there is no such tensor in it. Else its copy, all of whose numbers are float32: a part of it was computed
 * in that arithmetic, and a check allows its errors where an answer is all of it.
 */
export function readTensors(kind: Kind, real: unknown): unknown {
  const seen = { tensors: 0, numbers: 0 };
  const read = numbersOf(kind, real, seen);
  return seen.tensors > 0 ? inFloat32(kind, read) : real;
}

export function isTensor(value: unknown): value is Tensor {
  const seen = value as Partial<Tensor> | null | undefined;
  return typeof seen?.dataSync === "function" && isArray(seen.shape);
}

/** As many numbers as it says that it holds. */
export function sizeOf({ shape }: Pick<Tensor, "shape">): number {
  let size = 1;
  for (let i = 0; i < shape.length; i++) size *= shape[i] as number;
  return size;
}

interface Seen {
  tensors: number;
  /** That have been read out of them. */
  numbers: number;
}

const NUMBER: Kind = { kind: "number" };
const VECTOR: Kind = { kind: "vector" };

function numbersOf(kind: Kind, real: unknown, seen: Seen): unknown {
  switch (kind.kind) {
    case "number":
      return isTensor(real) && sizeOf(real) === 1 ? (read(real, seen)?.[0] ?? real) : real;
    case "vector":
      if (isTensor(real)) return real.shape.length === 1 ? (read(real, seen) ?? real) : real;
      return isArray(real) ? mapList(real, (item) => numbersOf(NUMBER, item, seen)) : real;
    case "matrix":
      if (isTensor(real)) return real.shape.length === 2 ? (rowsOf(real, seen) ?? real) : real;
      return isArray(real) ? mapList(real, (row) => numbersOf(VECTOR, row, seen)) : real;
    case "record": {
      if (real === null || typeof real !== "object" || isArray(real) || isView(real) || isTensor(real))
        return real;
      const before = seen.tensors;
      const fields = mapFields(kind.fields, (field, name) =>
        numbersOf(field, (real as Record<string, unknown>)[name], seen),
      );
      return seen.tensors > before ? { ...real, ...fields } : real;
    }
    default:
      return real;
  }
}

/** Undefined for what are no real numbers, and for more of them than any check reads. */
function read(tensor: Tensor, seen: Seen): number[] | undefined {
  const { dtype } = tensor;
  if (dtype !== "float32" && dtype !== "int32") return undefined;
  if (!(seen.numbers + sizeOf(tensor) <= LARGEST_ANSWER.values)) return undefined;
  const numbers = mapList(tensor.dataSync(), (number) => number);
  seen.tensors += 1;
  seen.numbers += numbers.length;
  return numbers;
}

function rowsOf(tensor: Tensor, seen: Seen): number[][] | undefined {
  const all = read(tensor, seen);
  const [rows, columns] = tensor.shape as [number, number];
  if (!all) return undefined;
  const list: number[][] = [];
  for (let i = 0; i < rows; i++) {
    const row: number[] = [];
    for (let j = 0; j < columns; j++) row[j] = all[i * columns + j] as number;
    list[i] = row;
  }
  return list;
}

/** A tensor in a figure's data, as lists in lists. */
export function listsOf(tensor: Tensor): unknown {
  const seen = { tensors: 0, numbers: 0 };
  const { length: rank } = tensor.shape;
  if (rank === 0) return read(tensor, seen)?.[0];
  return rank === 1 ? read(tensor, seen) : rank === 2 ? rowsOf(tensor, seen) : undefined;
}

function inFloat32(kind: Kind, value: unknown): unknown {
  if (typeof value === "number") return fround(value);
  if (isArray(value)) return mapList(value, (item) => inFloat32(kind, item));
  if (kind.kind !== "record" || value === null || typeof value !== "object") return value;
  const fields = mapFields(kind.fields, (field, name) => {
    const part = (value as Record<string, unknown>)[name];
    return field.kind === "object" ? part : inFloat32(field, part);
  });
  return { ...value, ...fields };
}
