import { bin, extent } from "d3-array";
import { tf } from "../engine/tf.ts";
import { type Figure, figure } from "./figure.ts";
import { fade, palette } from "./palette.ts";
import { linspace, type ScalarFunction } from "./scalar-flow.ts";
import type { Trace } from "./types.ts";

/** Data and the densities to hold against them. */
export interface DensityFitOptions {
  /** Observed values, a tensor's or an array's; shown as a histogram of area one. */
  readonly data: tf.Tensor | ArrayLike<number>;
  /** The fitted density. */
  readonly model?: ScalarFunction;
  /** The density that the data came from, if it is known. */
  readonly truth?: ScalarFunction;
  /** What of the x axis is shown; all data if left out. */
  readonly range?: readonly [number, number];
  /** Bars of the histogram; 50 if left out. */
  readonly bins?: number;
  readonly title?: string;
}

/**
 * A histogram of data with the model's density and, if known, the true one.
 *
 * @throws RangeError if there are no finite data.
 */
export function densityFitFigure(options: DensityFitOptions): Figure {
  const data = options.data instanceof tf.Tensor ? options.data.dataSync() : options.data;
  const values = Array.from(data).filter(Number.isFinite);
  const [low, high] = extent(values);
  if (low === undefined || high === undefined) {
    throw new RangeError(`expected finite data; got ${data.length} values, none of them finite`);
  }
  const range = options.range ?? [low, high];
  const grid = linspace(...range, 301);
  const curve = (density: ScalarFunction, name: string, line: Trace["line"]): Trace => ({
    name,
    mode: "lines",
    x: grid,
    y: grid.map(density),
    ...(line === undefined ? {} : { line }),
    hovertemplate: "x = %{x:.3f}<br>density %{y:.4f}<extra></extra>",
  });
  const { model, truth } = options;
  const traces = [
    histogram(values, range, options.bins ?? 50),
    ...(truth === undefined
      ? []
      : [curve(truth, "true density", { color: palette.neutral, width: 2, dash: "dash" })]),
    ...(model === undefined ? [] : [curve(model, "model density", { color: palette.data, width: 3 })]),
  ];
  const layout = {
    xaxis: { title: "<i>x</i>", range },
    yaxis: { title: "density", rangemode: "tozero" },
    height: 360,
    ...(options.title === undefined ? {} : { title: options.title }),
  };
  const shown = traces.map((trace) => trace.name).join(", ");
  return figure(traces, layout, { description: `${options.title ?? "Density fit"}: ${shown}` });
}

/** Counts divided by bin width and by the number of all data, so that areas are shares of the data. */
function histogram(values: readonly number[], range: readonly [number, number], count: number): Trace {
  const edges = linspace(...range, count + 1);
  const bins = bin().domain([range[0], range[1]]).thresholds(edges.slice(1, -1))(values);
  const width = (range[1] - range[0]) / count;
  return {
    type: "bar",
    name: `data (${values.length})`,
    x: bins.map(({ x0 = 0, x1 = 0 }) => (x0 + x1) / 2),
    y: bins.map((part) => part.length / (values.length * width)),
    width,
    marker: { color: fade(palette.data, 0.28), line: { width: 0 } },
    hovertemplate: "x = %{x:.3f}<br>density %{y:.4f}<extra></extra>",
  };
}
