import { bin, extent } from "d3-array";
import { tf } from "../../engine/tf.ts";
import { checkOptions } from "../../ground/arguments/check-options.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import { aFinite, aFunction, aText, aValue, listOf } from "../../ground/arguments/kinds.ts";
import { plural } from "../../ground/plural.ts";
import { type Figure, figure } from "../figure.ts";
import { linspace } from "../linspace.ts";
import { fade, palette } from "../palette.ts";
import type { Trace } from "../types.ts";
import type { ScalarFunction } from "./scalar-map.ts";

/** Values and the densities to hold against them: data, or samples of a model, or both. */
export interface DensityFitOptions {
  /** Observed values, a tensor's or an array's; shown as a filled histogram of area one. */
  readonly data?: tf.Tensor | ArrayLike<number>;
  /** Values that were drawn from a model; shown as the outline of a histogram of area one. */
  readonly samples?: tf.Tensor | ArrayLike<number>;
  /** The fitted density. */
  readonly model?: ScalarFunction;
  /** The density that the data came from, if it is known. */
  readonly truth?: ScalarFunction;
  /** What of the x axis is shown; all values if left out. */
  readonly range?: readonly [number, number];
  /** Bars of the histogram; 50 if left out. */
  readonly bins?: number;
  readonly title?: string;
}

/**
 * A histogram of data, or of samples of a model, with the model's density and, if known, the true one.
 *
 * @throws RangeError if there are neither data nor samples, or none of them is finite.
 */
export function densityFitFigure(options: DensityFitOptions): Figure {
  return inNameOf("densityFitFigure", () => drawDensityFit(options));
}

function drawDensityFit(options: DensityFitOptions): Figure {
  checkOptions("densityFitFigure", options, "densityFitFigure({ data, model })", {
    data: aValue,
    samples: aValue,
    model: aFunction,
    truth: aFunction,
    range: listOf(aFinite),
    bins: aFinite,
    title: aText,
  });
  const data = finite(options.data, "data");
  const samples = finite(options.samples, "samples");
  const [low, high] = extent([...(data ?? []), ...(samples ?? [])]);
  if (low === undefined || high === undefined) {
    throw new RangeError(
      "densityFitFigure: expected data or samples: an array of numbers or a tensor; got neither",
    );
  }
  const range = options.range ?? [low, high];
  const grid = linspace(...range, 301);
  const curve = (density: ScalarFunction, name: string, line: Trace["line"]): Trace => ({
    name,
    mode: "lines",
    x: grid,
    y: grid.map(density),
    ...(line === undefined ? {} : { line }),
    hovertemplate,
  });
  const { model, truth } = options;
  const traces = [
    ...(data === undefined ? [] : [bars(data, range, options.bins ?? 50)]),
    ...(samples === undefined ? [] : [outline(samples, range, options.bins ?? 50)]),
    ...(truth === undefined
      ? []
      : [curve(truth, "true density", { color: palette.truth, width: 2, dash: "dash" })]),
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

function finite(values: DensityFitOptions["data"], name: string): readonly number[] | undefined {
  if (values === undefined) return undefined;
  const given = values instanceof tf.Tensor ? values.dataSync() : values;
  const numbers = Array.from(given).filter(Number.isFinite);
  if (numbers.length > 0) return numbers;
  throw new RangeError(
    `densityFitFigure: expected finite ${name}; got ${plural(given.length, "value")}, none of them finite`,
  );
}

/** Counts divided by bin width and by the number of all values, so that areas are shares of them. */
function histogram(values: readonly number[], range: readonly [number, number], count: number) {
  const edges = linspace(...range, count + 1);
  const bins = bin().domain([range[0], range[1]]).thresholds(edges.slice(1, -1))(values);
  const width = (range[1] - range[0]) / count;
  return { edges, bins, width, heights: bins.map((part) => part.length / (values.length * width)) };
}

const hovertemplate = "x = %{x:.3f}<br>density %{y:.4f}<extra></extra>";

function bars(values: readonly number[], range: readonly [number, number], count: number): Trace {
  const { bins, width, heights } = histogram(values, range, count);
  return {
    type: "bar",
    name: `data (${values.length.toLocaleString("en")})`,
    x: bins.map(({ x0 = 0, x1 = 0 }) => (x0 + x1) / 2),
    y: heights,
    width,
    marker: { color: fade(palette.data, 0.28), line: { width: 0 } },
    hovertemplate,
  };
}

/** The histogram's sky line, so that it can lie on that of data. */
function outline(values: readonly number[], range: readonly [number, number], count: number): Trace {
  const { edges, heights } = histogram(values, range, count);
  return {
    name: `samples of the model (${values.length.toLocaleString("en")})`,
    mode: "lines",
    x: edges.flatMap((edge) => [edge, edge]),
    y: [0, ...heights.flatMap((height) => [height, height]), 0],
    line: { color: palette.data, width: 1.2 },
    fill: "tozeroy",
    fillcolor: fade(palette.data, 0.14),
    hovertemplate,
  };
}
