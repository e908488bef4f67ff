import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import { checkOptions } from "../../ground/arguments/check-options.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import {
  aFinite,
  aFunction,
  aSize,
  aTensor,
  aText,
  checkKind,
  demand,
  listOf,
} from "../../ground/arguments/kinds.ts";
import { ShapeError } from "../../ground/errors.ts";
import { type Figure, figure } from "../figure.ts";
import { palette, signedScale } from "../palette.ts";
import type { Trace } from "../types.ts";

/** A Jacobian to look at. */
export interface JacobianOptions {
  /** Entry [i][j] is ∂x_i/∂z_j, as {@link jacobianOf} gives it. */
  readonly matrix: readonly ArrayLike<number>[];
  /** What the outputs and the inputs are called; x and z if left out. */
  readonly names?: readonly [string, string];
  readonly title?: string;
}

/**
 * The structure of a Jacobian: blue below zero, orange above, and exact zeros in grey, so that a triangular, block or
 * diagonal pattern shows at once.
 *
 * The description counts the zeros.
 *
 * @throws RangeError if there are no entries, or none is finite.
 * @see Prince, Understanding Deep Learning, sections 16.3.2 to 16.3.4, for such patterns.
 */
export function jacobianFigure(options: JacobianOptions): Figure {
  return inNameOf("jacobianFigure", () => drawJacobian(options));
}

function drawJacobian(options: JacobianOptions): Figure {
  checkOptions("jacobianFigure", options, "jacobianFigure({ matrix })", {
    matrix: demand(listOf(listOf(aFinite))),
    names: listOf(aText),
    title: aText,
  });
  const rows = options.matrix.map((row) => Array.from(row));
  const entries = rows.flat();
  const largest = entries.filter(Number.isFinite).reduce((a, b) => Math.max(a, Math.abs(b)), 0) || 1;
  const zeros = entries.filter((value) => value === 0).length;
  const [output, input] = options.names ?? ["x", "z"];
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
  const place = { x: numbers(rows[0]?.length ?? 0), y: numbers(rows.length), xgap: 1, ygap: 1 };
  const text = `∂${output}<sub>%{y}</sub>/∂${input}<sub>%{x}</sub>`;
  const values: Trace = {
    ...place,
    type: "heatmap",
    name: "derivatives",
    z: rows.map((row) => row.map((value) => (value === 0 ? null : value))),
    ...{ zmin: -largest, zmax: largest, colorscale: signedScale },
    colorbar: { title: { text: "derivative", side: "right" }, thickness: 12, outlinewidth: 0, len: 0.9 },
    hovertemplate: `${text} = %{z:.4g}<extra></extra>`,
  };
  const blanks: Trace = {
    ...place,
    type: "heatmap",
    name: "exact zeros",
    z: rows.map((row) => row.map((value) => (value === 0 ? 0 : null))),
    ...{ zmin: 0, zmax: 1, showscale: false },
    colorscale: [
      [0, zeroColor],
      [1, zeroColor],
    ],
    hovertemplate: `${text} = 0, exactly<extra></extra>`,
  };
  const traces = [...(zeros < entries.length ? [values] : []), ...(zeros > 0 ? [blanks] : [])];
  const layout = {
    xaxis: axis(`input: <i>${input}<sub>j</sub></i>`, rows[0]?.length ?? 0, [
      0.5,
      (rows[0]?.length ?? 0) + 0.5,
    ]),
    yaxis: {
      ...axis(`output: <i>${output}<sub>i</sub></i>`, rows.length, [rows.length + 0.5, 0.5]),
      scaleanchor: "x",
    },
    height: 460,
    showlegend: false,
    ...(options.title === undefined ? {} : { title: options.title }),
  };
  const description =
    `${options.title ?? "Jacobian"}: ${rows.length} × ${rows[0]?.length ?? 0} entries, ` +
    `${zeros} of them exactly 0 (grey), the largest ${largest.toPrecision(4)}`;
  return figure(traces, layout, { description });
}

/** Darker than the white of a small number, and of neither hue. */
const zeroColor = palette.guide;

function axis(title: string, count: number, range: readonly [number, number]) {
  const every = Math.ceil(count / 16);
  const tickvals = Array.from({ length: count }, (_, i) => i + 1).filter((i) => (i - 1) % every === 0);
  return { title, range, constrain: "domain", showgrid: false, tickvals, ticktext: tickvals.map(String) };
}

/**
 * The Jacobian of a map at a point, one backward pass for each output: entry [i][j] is ∂x_i/∂z_j.
 *
 * @param map From a tensor of one event to another; it is called with shape [1, ...event].
 * @param at The event, flattened.
 * @param eventShape Its shape; one axis if left out.
 * @returns As many rows as the output has numbers, as many columns as the event has.
 */
export function jacobianOf(
  map: (z: tf.Tensor) => tf.Tensor,
  at: ArrayLike<number>,
  eventShape?: readonly number[],
): number[][] {
  checkKind("jacobianOf", "the map", map, demand(aFunction));
  checkKind("jacobianOf", "the point", at, demand(listOf(aFinite)));
  checkKind("jacobianOf", "the square of the point's length", at.length ** 2, aSize);
  const event = eventShape ?? [at.length];
  checkKind("jacobianOf", "the event's shape", event, listOf(aFinite));
  if (Array.from(event).reduce((product, length) => product * length, 1) !== at.length) {
    throw new ShapeError(
      `jacobianOf: expected a point with the numbers of an event of shape [${event}]; got ${at.length}`,
    );
  }
  return tidy(() => {
    const z = tf.tensor(Array.from(at), [1, ...event], "float32");
    const image = map(z);
    checkKind("jacobianOf", "what the map gives", image, demand(aTensor));
    const outputs = image.size;
    return Array.from({ length: outputs }, (_, i) => {
      const choose = tf.oneHot(tf.scalar(i, "int32"), outputs) as tf.Tensor;
      const output = (value: tf.Tensor) => tf.sum(tf.mul(tf.reshape(map(value), [-1]), choose));
      return Array.from(tf.grad(output)(z).dataSync());
    });
  });
}
