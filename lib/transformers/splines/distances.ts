import { addOperation, type Numbers } from "../../engine/add-operation.ts";
import type { DoubleOperations, Doubles } from "../../engine/native/double.ts";
import type { tf } from "../../engine/tf.ts";
import { exp } from "../table-exp.ts";
import { type Interval, SMALLEST } from "./bins.ts";

/**
 * What is added to the interval at both ends, as a share of its length and of its numbers: more than rounding in double
 * precision, so that every number of the interval lies above its lowest edge and below its highest.
 */
const MARGIN = 2 ** -43;

/**
 * How far numbers lie above each edge of their bins, the two ends of the interval included: [K + 1, ...]. The bins are
 * those of {@link binSizes}; the unit is such that the interval is as long as the first less the last distance.
 *
 * In double precision: in a steep bin of a spline, a log-slope changes by up to 10⁶ over the interval, so that rounding
 * alone of the softmax's exponentials to float32, 6e-8, is 1e-3 of a log-slope at an edge. With e = exp(params) and
 * T = Σ_k e_k, edge k is at L·((1 − K·m)·Σ_{j<k} e_j/T + k·m). Times T/((1 − K·m)·L), that is linear in e.
 *
 * It has no gradient: the distances of the own bin are differentiated in `cornerOfLogits`.
 *
 * @param x In the interval: [1, ...].
 * @param params [K, ...], broadcasting with x, and small enough for exp in double precision.
 */
export function distancesToEdges(x: tf.Tensor, params: tf.Tensor, [low, high]: Interval): tf.Tensor {
  const [first, last] = [low, high].map(Math.fround);
  const margin = Math.max(last - first, Math.abs(first), Math.abs(last)) * MARGIN;
  return distances([x, params], { low: first - margin, length: last - first + 2 * margin });
}

interface Settings {
  readonly low: number;
  readonly length: number;
}

const distances = addOperation<Settings>({
  name: "FlowlabDistancesToEdges",
  plain: ([x, params], settings) => plainDistances(x, params, settings),
  native: (library, inputs, { low, length }) =>
    library.inDouble(inputs, ({ run, constant, reshape, rows }, [x, params]) => {
      const [bins, ...rest] = params.shape;
      // A row for each edge, measured from 0 instead of the lowest one; and one for how much there is per unit of x.
      const parts = Array.from({ length: bins + 2 }, (_, row) =>
        Array.from({ length: bins }, (_, k) => {
          const perUnit = partBelow(k, bins, bins) / length;
          return row > bins ? perUnit : partBelow(k, row, bins) + low * perUnit;
        }),
      );
      const matrix = constant(parts.flat(), [bins + 2, bins]);
      const weights = run("Exp", {}, [inRows(params, reshape)]);
      const product = run("MatMul", { transpose_a: false, transpose_b: false }, [matrix, weights]);
      const table = rest.length === 1 ? product : reshape(product, [bins + 2, ...rest]);
      const [edges, perUnit] = [rows(table, 0, bins + 1), rows(table, bins + 1, 1)];
      return run("Sub", {}, [run("Mul", {}, [x, perUnit]), edges]);
    }),
});

function inRows(params: Doubles, reshape: DoubleOperations["reshape"]): Doubles {
  const [bins, ...rest] = params.shape;
  return rest.length === 1
    ? params
    : reshape(params, [bins, rest.reduce((product, one) => product * one, 1)]);
}

/** How much of the exponential of bin k there is below an edge: all or nothing of it, and a part of every least size. */
const partBelow = (k: number, edge: number, bins: number) =>
  (k < edge ? 1 : 0) + (edge * SMALLEST) / (1 - bins * SMALLEST);

function plainDistances(x: Numbers, params: Numbers, { low, length }: Settings): Numbers {
  const [bins, ...rest] = params.shape;
  const [, ...shape] = x.shape;
  const columns = params.values.length / bins;
  const edges = edgesOf(params.values, bins, columns);
  const count = x.values.length;
  const columnOf = findColumns(rest, shape, count);
  const values = new Float32Array((bins + 1) * count);
  const shares = new Float64Array(count);
  for (let i = 0; i < count; i++)
    shares[i] = ((x.values[i] - low) / length) * edges[bins * columns + (columnOf ? columnOf[i] : i)];
  // Edge by edge: what lies in the memory side by side is read and written one after the other.
  for (let edge = 0; edge <= bins; edge++) {
    const [to, from] = [edge * count, edge * columns];
    if (columnOf) for (let i = 0; i < count; i++) values[to + i] = shares[i] - edges[from + columnOf[i]];
    else for (let i = 0; i < count; i++) values[to + i] = shares[i] - edges[from + i];
  }
  return { values, shape: [bins + 1, ...shape] };
}

/** [K + 1, columns] */
function edgesOf(params: ArrayLike<number>, bins: number, columns: number): Float64Array {
  const edges = new Float64Array((bins + 1) * columns);
  for (let i = 0; i < bins * columns; i++) edges[i + columns] = edges[i] + exp(params[i]);
  const least = SMALLEST / (1 - bins * SMALLEST);
  const units = edges.slice(bins * columns).map((total) => least * total);
  for (let edge = 1; edge <= bins; edge++)
    for (let column = 0; column < columns; column++) edges[edge * columns + column] += edge * units[column];
  return edges;
}

/** Which of the numbers of the first shape is at each place of the second, to which it is broadcast; nothing if each is at its own. */
function findColumns(from: readonly number[], to: readonly number[], count: number): Int32Array | undefined {
  const lengths = [...new Array<number>(to.length - from.length).fill(1), ...from];
  if (lengths.every((length, axis) => length === to[axis])) return undefined;
  return Int32Array.from({ length: count }, (_, i) => {
    let [left, index, stride] = [i, 0, 1];
    for (let axis = to.length - 1; axis >= 0; axis--) {
      index += stride * ((left % to[axis]) % lengths[axis]);
      left = Math.floor(left / to[axis]);
      stride *= lengths[axis];
    }
    return index;
  });
}
