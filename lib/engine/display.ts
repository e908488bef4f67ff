import { inspect } from "node:util";
import type { Tensor, Variable } from "@tensorflow/tfjs";
import type { TensorFlow } from "../ground/tensorflow.ts";

/** Above this many numbers, only the ends of each axis are shown. */
const ALL_UP_TO = 1000;
/** Numbers shown at each end of a long axis. */
const EDGE = 3;

/** Lets every tensor show type, shape and numbers: in a notebook's output, in `console.log` and in `util.inspect`. */
export function addDisplay(tf: TensorFlow): void {
  const methods: Record<symbol, (this: Tensor) => unknown> = {
    [Symbol.for("Jupyter.display")]() {
      return { "text/plain": formatTensor(this) };
    },
    [inspect.custom]() {
      return formatTensor(this);
    },
  };
  for (const key of Object.getOwnPropertySymbols(methods)) {
    Object.defineProperty(tf.Tensor.prototype, key, {
      value: methods[key],
      configurable: true,
      writable: true,
    });
  }
}

/**
 * A tensor as text: `Tensor float32 [2, 3]` and its numbers, aligned, the middle of a large one left out.
 *
 * Reads the numbers from the backend; a disposed tensor is shown by type and shape alone.
 */
export function formatTensor(tensor: Tensor): string {
  const name = (tensor as Partial<Variable>).name;
  const kind = name === undefined ? "Tensor" : `Variable ${name}`;
  const title = `${kind} ${tensor.dtype} [${tensor.shape.join(", ")}]`;
  if (tensor.isDisposed) return `${title} (disposed)`;
  const shown = shownPositions(tensor.shape);
  const values = readValues(tensor);
  const cells = formatCells(positionsOf(tensor.shape, shown).map((position) => values[position]));
  if (tensor.rank === 0) return `${title} ${cells[0]}`;
  return `${title}\n${nest(shown, cells, " ")}`;
}

/** Indices shown along each axis; −1 stands for the numbers left out. */
function shownPositions(shape: number[]): number[][] {
  const abbreviate = shape.reduce((size, length) => size * length, 1) > ALL_UP_TO;
  return shape.map((length) => {
    if (!abbreviate || length <= 2 * EDGE) return Array.from({ length }, (_, i) => i);
    const end = Array.from({ length: EDGE }, (_, i) => length - EDGE + i);
    return [...Array.from({ length: EDGE }, (_, i) => i), -1, ...end];
  });
}

/** Offsets of the shown numbers, row by row. */
function positionsOf(shape: number[], shown: number[][]): number[] {
  return shown.reduce<number[]>(
    (offsets, axis, d) =>
      offsets.flatMap((offset) => axis.filter((i) => i >= 0).map((i) => offset * shape[d] + i)),
    [0],
  );
}

function readValues(tensor: Tensor): ArrayLike<unknown> {
  const data = tensor.dataSync() as ArrayLike<unknown>;
  if (tensor.dtype === "bool") return Array.from(data, Boolean);
  if (tensor.dtype !== "complex64") return data;
  // real and imaginary parts alternate
  const parts = data as ArrayLike<number>;
  return Array.from({ length: tensor.size }, (_, i) => {
    const imaginary = parts[2 * i + 1];
    return `${shorten(parts[2 * i])}${imaginary < 0 ? "-" : "+"}${shorten(Math.abs(imaginary))}i`;
  });
}

function shorten(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** The values as texts of equal width: all whole, all with the same decimals, or all in scientific notation. */
function formatCells(values: unknown[]): string[] {
  const numbers = values.filter((value): value is number => typeof value === "number");
  const write = numberFormat(numbers.filter(Number.isFinite));
  const texts = values.map((value) => {
    if (typeof value === "string") return /^[-\d.]+[-+][\d.]+i$/.test(value) ? value : JSON.stringify(value);
    return typeof value === "number" && Number.isFinite(value) ? write(value) : String(value);
  });
  const width = Math.max(0, ...texts.map((text) => text.length));
  return texts.map((text) => text.padStart(width));
}

function numberFormat(numbers: number[]): (value: number) => string {
  const sizes = numbers.map(Math.abs).filter((size) => size > 0);
  const [largest, smallest] = [Math.max(0, ...sizes), Math.min(Infinity, ...sizes)];
  if (numbers.every(Number.isInteger) && largest < 1e9) return String;
  if (largest >= 1e6 || smallest < 1e-4) return (value) => value.toExponential(4);
  // float32 carries seven digits; four decimals of them are read, and trailing zeros say nothing.
  const needed = numbers.map((value) => decimalsOf(value.toFixed(4)));
  const decimals = Math.max(1, ...needed);
  return (value) => value.toFixed(decimals);
}

function decimalsOf(text: string): number {
  return text.replace(/0+$/, "").split(".")[1].length;
}

/** Nests the cells in brackets as deep as the tensor's rank; `indent` is that of the first bracket. */
function nest(shown: number[][], cells: string[], indent: string): string {
  const [axis, ...inner] = shown;
  const count = axis.filter((i) => i >= 0).length;
  const size = count === 0 ? 0 : cells.length / count;
  let next = 0;
  const parts = axis.map((i) => {
    if (i < 0) return "…";
    const part = cells.slice(next * size, (next + 1) * size);
    next += 1;
    return inner.length === 0 ? part[0] : nest(inner, part, `${indent} `);
  });
  const separator = inner.length === 0 ? ", " : `,${"\n".repeat(inner.length)}${indent} `;
  return `${indent.length === 1 ? " " : ""}[${parts.join(separator)}]`;
}
