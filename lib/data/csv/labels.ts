import { tf } from "../../engine/tf.ts";

/** The classes that a column of a table tells. */
export interface TableLabels {
  /** Number of each row's class, from 0: shape [rows], int32. */
  readonly data: tf.Tensor1D;
  /** Names of the classes, by their number: in the order of numbers if all of them are, else of their characters. */
  readonly names: readonly string[];
}

/** Numbers the classes, so that the same ones get the same numbers in whatever order their rows come. */
export function numberLabels(texts: readonly string[]): TableLabels {
  const distinct = [...new Set(texts)];
  const areNumbers = distinct.every((text) => Number.isFinite(Number(text)));
  const names = areNumbers ? distinct.sort((a, b) => Number(a) - Number(b)) : distinct.sort();
  const numbers = new Map(names.map((name, number) => [name, number]));
  return {
    data: tf.tensor1d(
      Int32Array.from(texts, (text) => numbers.get(text) as number),
      "int32",
    ),
    names,
  };
}
