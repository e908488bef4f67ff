import { extent } from "d3-array";
import { scaleLinear, scaleLog, scalePoint } from "d3-scale";
import type { Axis, Layout, Title, Trace } from "../types.ts";

/** The part of the picture that plots may use, in pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** One axis with everything decided: where it lies, which values it spans, what its ticks say. */
export interface PlacedAxis {
  readonly id: string;
  readonly letter: "x" | "y";
  readonly options: Axis;
  /** Ends in pixels; for a vertical axis the lower end first. */
  readonly pixels: readonly [number, number];
  readonly scale: (value: number | string) => number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

/** All axes of a figure by their id ("x", "y2", …). */
export function placeAxes(data: readonly Trace[], layout: Layout, area: Area): Map<string, PlacedAxis> {
  const ids = new Set(["x", "y"]);
  for (const trace of data) {
    ids.add(trace.xaxis ?? "x");
    ids.add(trace.yaxis ?? "y");
  }
  const shaped = withEqualUnits([...ids], layout, area);
  return new Map([...ids].map((id) => [id, placeAxis(id, data, shaped, area)]));
}

/**
 * The layout with the domains shrunk of axes that are tied together: where `scaleanchor` says so, one unit is as long
 * up as it is across, and the plot stays in the middle of its place. Both axes must have a range.
 */
function withEqualUnits(ids: readonly string[], layout: Layout, area: Area): Layout {
  const changes = ids.flatMap((id) => {
    const up = axisOptions(id, layout);
    const across = axisOptions(`${up.scaleanchor ?? ""}` || id, layout);
    if (id[0] !== "y" || up.scaleanchor === undefined || !up.range || !across.range) return [];
    const [width, height] = [share(across.domain) * area.width, share(up.domain) * area.height];
    const units = [span(across.range) / width, span(up.range) / height] as const;
    const coarse = Math.max(...units);
    return [
      [optionsKey(`${up.scaleanchor}`), { ...across, domain: shrink(across.domain, units[0] / coarse) }],
      [optionsKey(id), { ...up, domain: shrink(up.domain, units[1] / coarse) }],
    ];
  });
  return { ...layout, ...Object.fromEntries(changes) };
}

const span = ([low, high]: readonly [number, number]) => Math.abs(high - low);
const share = (domain: readonly [number, number] = [0, 1]) => domain[1] - domain[0];

function shrink([low, high]: readonly [number, number] = [0, 1], factor: number): [number, number] {
  const [middle, half] = [(low + high) / 2, ((high - low) * factor) / 2];
  return [middle - half, middle + half];
}

/** Where an axis id keeps its options: "x2" in layout.xaxis2. */
export function axisOptions(id: string, layout: Layout): Axis {
  return (layout[optionsKey(id)] as Axis | undefined) ?? {};
}

function optionsKey(id: string): string {
  return `${id[0]}axis${id.slice(1)}`;
}

/** The text of a title, whichever way it was given. */
export function titleText(title: Title | undefined): string {
  return typeof title === "string" ? title : (title?.text ?? "");
}

function placeAxis(id: string, data: readonly Trace[], layout: Layout, area: Area): PlacedAxis {
  const letter = id[0] as "x" | "y";
  const options = axisOptions(id, layout);
  const pixels = pixelRange(letter, options.domain ?? [0, 1], area);
  const values = data
    .filter((trace) => (trace[`${letter}axis`] ?? letter) === id)
    .flatMap(shownValues(letter));
  const categories = [...new Set(values.filter((value) => typeof value === "string"))];
  if (categories.length > 0) return { id, letter, options, pixels, ...categoryScale(categories, pixels) };
  const numbers = values.filter((value) => typeof value === "number" && Number.isFinite(value)) as number[];
  return { id, letter, options, pixels, ...numericScale(options, numbers, pixels, letter) };
}

function pixelRange(letter: "x" | "y", domain: readonly [number, number], area: Area): [number, number] {
  if (letter === "x") return [area.left + domain[0] * area.width, area.left + domain[1] * area.width];
  const bottom = area.top + area.height;
  return [bottom - domain[0] * area.height, bottom - domain[1] * area.height];
}

/** Values that an axis must show: the trace's own, and zero where an area or a bar starts there. */
function shownValues(letter: "x" | "y") {
  return (trace: Trace): (number | string | null)[] => {
    const own = Array.from<number | string | null>(trace[letter] ?? indices(trace, letter));
    if (trace.type === "bar") {
      const alongBar = (trace.orientation === "h") === (letter === "x");
      return alongBar ? [...own, 0] : widen(own);
    }
    if (trace.type === "heatmap" || trace.type === "contour") return widen(own);
    return trace.fill === `tozero${letter}` ? [...own, 0] : own;
  };
}

function indices(trace: Trace, letter: "x" | "y"): number[] {
  const length =
    trace.z === undefined
      ? (trace[letter === "x" ? "y" : "x"]?.length ?? 0)
      : letter === "x"
        ? (trace.z[0]?.length ?? 0)
        : trace.z.length;
  return [...Array(length).keys()];
}

/** Cells and bars reach half a step beyond the outermost centres. */
function widen(values: (number | string | null)[]): (number | string | null)[] {
  const numbers = values.filter((value) => typeof value === "number");
  const [first, second] = numbers;
  const last = numbers.at(-1);
  if (first === undefined || second === undefined || last === undefined) return values;
  const half = (second - first) / 2;
  return [...values, first - half, last + half];
}

function categoryScale(categories: string[], [from, to]: readonly [number, number]) {
  const place = scalePoint(categories, [from, to]).padding(0.5);
  const scale = (value: number | string) => place(`${value}`) ?? from;
  return { scale, ticks: categories.map((label) => ({ at: scale(label), label })) };
}

function numericScale(
  options: Axis,
  values: number[],
  pixels: readonly [number, number],
  letter: "x" | "y",
): Pick<PlacedAxis, "scale" | "ticks"> {
  const isLog = options.type === "log";
  const shown = isLog ? values.filter((value) => value > 0) : values;
  const domain = options.range ?? pad(shown, isLog, options.rangemode);
  // plotly writes the range of a logarithmic axis in powers of ten.
  const ends = options.range !== undefined && isLog ? domain.map((power) => 10 ** power) : domain;
  const scale = isLog ? scaleLog(ends, pixels) : scaleLinear(ends, pixels);
  const count = Math.max(2, Math.round(Math.abs(pixels[1] - pixels[0]) / (letter === "x" ? 80 : 45)));
  const place = (value: number | string) => scale(Number(value)) ?? Number.NaN;
  const { tickvals, ticktext } = options;
  if (tickvals !== undefined) {
    return {
      scale: place,
      ticks: tickvals.map((value, i) => ({ at: place(value), label: ticktext?.[i] ?? `${value}` })),
    };
  }
  const wanted = isLog ? count : atMostTicks(scale, count, options.nticks);
  const format = isLog ? scale.tickFormat(wanted, "~g") : scale.tickFormat(wanted);
  const ticks = scale.ticks(wanted).map((value) => ({ at: place(value), label: format(value) }));
  return { scale: place, ticks: ticks.filter((tick) => tick.label !== "") };
}

/** The count to ask for, so that no more than `most` ticks come: d3 takes it for a hint. */
function atMostTicks(scale: { ticks(count: number): number[] }, count: number, most = 0): number {
  if (!(most >= 1)) return count;
  let wanted = Math.min(count, most);
  while (scale.ticks(wanted).length > most) wanted *= 0.8;
  return wanted;
}

/** Ends of an axis that is given none. @see plotly.js, layout.xaxis.rangemode, which a logarithmic axis has not */
function pad(values: number[], isLog: boolean, rangemode: Axis["rangemode"] = "normal"): [number, number] {
  const [low, high] = extent(values);
  if (low === undefined || high === undefined) return isLog ? [1, 10] : [0, 1];
  if (isLog) return [low / 1.3, high * 1.3];
  if (rangemode === "tozero")
    return low === 0 && high === 0 ? [0, 1] : padEnds(Math.min(low, 0), Math.max(high, 0));
  const [from, to] = padEnds(low, high);
  if (rangemode === "nonnegative") return to > 0 ? [Math.max(from, 0), to] : [0, 1];
  return [from, to];
}

function padEnds(low: number, high: number): [number, number] {
  if (low === high) return [low - 1, high + 1];
  const room = (high - low) * 0.05;
  // A density or a count rests on its axis: no room below zero if nothing is below zero.
  return [low === 0 ? 0 : low - room, high === 0 ? 0 : high + room];
}
