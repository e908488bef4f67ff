/**
 * A figure in words: what each curve, bar and map shows, with its numbers. Whoever does not see the picture, or cannot point at it,
 * reads what those learn who do.
 */

import { extent } from "d3-array";
import { plural } from "../ground/plural.ts";
import { plainText } from "./svg/text.ts";
import type { Axis, Frame, Layout, Title, Trace, Values } from "./types.ts";

/** Traces that are told one by one; what a figure has beyond is counted. */
const MOST_TRACES = 8;

/** Longer texts are cut. */
const MOST_LETTERS = 120;

/** So few points are told one by one. */
const FEW = 6;

/** Texts that pointing at a mark shows, told one by one. */
const MOST_TEXTS = 24;

/** What is drawn: one sentence for each trace that has a name or is a map, or for the first, if there is none. */
export function describeTraces(traces: readonly Trace[], layout: Layout, frames: readonly Frame[]): string[] {
  const named = traces.filter(
    (trace) => trace.mode !== "text" && (nameOf(trace) !== "" || trace.z !== undefined),
  );
  const drawn = traces.filter(({ x, y, z }) => x !== undefined || y !== undefined || z !== undefined);
  const groups = groupsOf(named.length > 0 ? named : drawn.slice(0, 1));
  return [
    ...groups.slice(0, MOST_TRACES).map((group) => describeGroup(group, layout)),
    ...(groups.length > MOST_TRACES ? [`${groups.length - MOST_TRACES} more are drawn.`] : []),
    ...pointedAt(traces),
    ...annotations(layout),
    ...sliders(layout, frames),
  ];
}

const nameOf = ({ name = "" }: Trace): string => words(name);

/** A text of the figure without plotly's tags, in one line of bounded length. */
function words(text: string): string {
  const plain = plainText(text).replace(/\s+/g, " ").trim();
  return plain.length > MOST_LETTERS ? `${plain.slice(0, MOST_LETTERS)}…` : plain;
}

/** Traces whose names are equal, or differ in their last number only, are told together. */
function groupsOf(traces: readonly Trace[]): (readonly [Trace, ...Trace[]])[] {
  const groups = new Map<string, [Trace, ...Trace[]]>();
  for (const [i, trace] of traces.entries()) {
    const name = nameOf(trace);
    const key = name === "" ? `${i}` : `${kindOf(trace)} ${name.replace(/ \d+$/, " #")}`;
    const group = groups.get(key);
    if (group) group.push(trace);
    else groups.set(key, [trace]);
  }
  return [...groups.values()];
}

function describeGroup(group: readonly [Trace, ...Trace[]], layout: Layout): string {
  const [first] = group;
  const last = nameOf(group.at(-1) ?? first);
  if (group.length === 1 || last === nameOf(first)) return describeTrace(first, layout);
  return `${group.length} times ${kindOf(first).toLowerCase()}, “${nameOf(first)}” to “${last}”.`;
}

function describeTrace(trace: Trace, layout: Layout): string {
  const name = nameOf(trace);
  const called = name === "" ? "" : ` “${name}”`;
  if (trace.z !== undefined) return `${kindOf(trace)}${called}: ${describeMap(trace, layout)}.`;
  const across = axisName(layout, trace.xaxis ?? "x", "x");
  const up = axisName(layout, trace.yaxis ?? "y", "y");
  // A density that stands on its side grows to the left or right.
  const drawn = pairs(trace);
  const isSorted = (at: 0 | 1) =>
    drawn.every((point, i) => i === 0 || (drawn[i - 1] as Point)[at] <= point[at]);
  const isOnItsSide = trace.fill === "tozerox" || trace.orientation === "h" || (isSorted(1) && !isSorted(0));
  const points = isOnItsSide ? drawn.map(([x, y]) => [y, x] as const) : drawn;
  const [along, height] = isOnItsSide ? [up, across] : [across, up];
  return `${kindOf(trace)}${called}: ${describePoints(points, trace, along, height)}.`;
}

type Point = readonly [number, number];

function describePoints(
  points: readonly Point[],
  { mode, type = "scatter" }: Trace,
  along: string,
  height: string,
): string {
  if (points.length === 0) return "no values";
  if (points.length <= FEW)
    return `through ${points.map(([x, y]) => `(${digits(x)}, ${digits(y)})`).join(", ")}`;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const many = plural(points.length, "value");
  if (mode === "markers") return `${span(along, xs)}; ${span(height, ys)}; ${many}`;
  const low = points.reduce((a, b) => (b[1] < a[1] ? b : a));
  const high = points.reduce((a, b) => (b[1] > a[1] ? b : a));
  const at = ([x, y]: Point) => `${digits(y)} at ${along} = ${digits(x)}`;
  const heights =
    low[1] === high[1]
      ? `${height} always ${digits(low[1])}`
      : `${height} lowest with ${at(low)}, highest with ${at(high)}`;
  const isCurve = type === "scatter" && xs.every((x, i) => i === 0 || (xs[i - 1] as number) <= x);
  const peaks = isCurve ? peaksOf(points) : [];
  const several = peaks.length > 1 && peaks.length <= 4 ? `; peaks of ${peaks.map(at).join(" and ")}` : "";
  return `${span(along, xs)}; ${heights}${several}; ${many}`;
}

function kindOf({ type = "scatter", mode = "lines", fill }: Trace): string {
  const kinds: Readonly<Record<string, string>> = {
    bar: "Bars",
    histogram: "Histogram",
    heatmap: "Map of values",
    contour: "Lines of equal value",
    image: "Picture",
  };
  const kind = kinds[type];
  if (kind !== undefined) return kind;
  if (mode.includes("lines")) return fill === undefined || fill === "none" ? "Line" : "Area";
  return mode.includes("markers") ? "Points" : "Texts";
}

const span = (name: string, values: readonly number[]): string => {
  const [low = 0, high = 0] = extent(values);
  return `${name} from ${digits(low)} to ${digits(high)}`;
};

function peaksOf(points: readonly Point[]): Point[] {
  return points.filter((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    return before !== undefined && after !== undefined && point[1] > before[1] && point[1] >= after[1];
  });
}

function pairs({ x, y }: Trace): Point[] {
  return Array.from(y ?? [], (height, i) => [Number(x?.[i] ?? i), height] as const).filter(
    (pair): pair is [number, number] =>
      pair.every((value) => typeof value === "number" && Number.isFinite(value)),
  );
}

function describeMap({ x, y, z = [], xaxis = "x", yaxis = "y" }: Trace, layout: Layout): string {
  const cells = z.flatMap((row, r) =>
    Array.from(row, (value, c) => ({ value: Number(value), r, c })).filter(
      ({ value }, i) => row[i] !== null && Number.isFinite(value),
    ),
  );
  const size = `${plural(z.length, "row")} of ${z[0]?.length ?? 0}`;
  const [first] = cells;
  if (first === undefined) return size;
  const low = cells.reduce((a, b) => (b.value < a.value ? b : a), first);
  const high = cells.reduce((a, b) => (b.value > a.value ? b : a), first);
  const across = axisName(layout, xaxis, "x");
  const up = axisName(layout, yaxis, "y");
  const place = (values: Values | undefined, i: number) => {
    const value = values?.[i] ?? i;
    return typeof value === "number" ? digits(value) : words(`${value}`);
  };
  const at = ({ value, r, c }: { value: number; r: number; c: number }) =>
    `${digits(value)} at ${across} = ${place(x, c)}, ${up} = ${place(y, r)}`;
  return low.value === high.value
    ? `${size}, all ${digits(low.value)}`
    : `${size}, from ${at(low)} to ${at(high)}`;
}

/** What pointing at the marks would show, where that is a text of its own. */
function pointedAt(traces: readonly Trace[]): string[] {
  const texts = traces.flatMap(({ text, mode, hoverinfo }) => {
    if (mode !== "text" && hoverinfo !== "text") return [];
    return [...new Set(typeof text === "string" ? [text] : (text ?? []))];
  });
  const said = [...new Set(texts.map(words))].filter((text) => text !== "");
  if (said.length === 0) return [];
  const more = said.length > MOST_TEXTS ? `; and ${said.length - MOST_TEXTS} more` : "";
  return [`Its marks say: ${said.slice(0, MOST_TEXTS).join("; ")}${more}.`];
}

function annotations({ annotations = [] }: Layout): string[] {
  const said = annotations.map(({ text }) => words(text)).filter((text) => text !== "");
  return said.length === 0 ? [] : [`Written in it: ${said.slice(0, MOST_TEXTS).join("; ")}.`];
}

function sliders(layout: Layout, frames: readonly Frame[]): string[] {
  const all = (layout.sliders ?? []) as readonly {
    readonly steps?: readonly { readonly label?: string }[];
    readonly currentvalue?: { readonly prefix?: string };
  }[];
  const told = all.flatMap(({ steps = [], currentvalue }) => {
    const name = words(currentvalue?.prefix ?? "");
    const [first, last] = [steps[0]?.label, steps.at(-1)?.label].map((label) => words(label ?? ""));
    return steps.length === 0
      ? []
      : [`A slider goes from ${name} ${first} to ${name} ${last} in ${steps.length} positions.`];
  });
  return told.length > 0 || frames.length === 0
    ? told
    : [`It has ${frames.length} states that play one after the other.`];
}

/** What stands at an axis; else its letter. */
function axisName(layout: Layout, axis: string, letter: string): string {
  const key = `${letter}axis${axis.slice(1)}`;
  const title = (layout[key] as Axis | undefined)?.title;
  const text = words(textOf(title));
  return text === "" ? letter : text;
}

const textOf = (title: Title | undefined): string =>
  typeof title === "string" ? title : (title?.text ?? "");

const digits = (value: number): string => `${Number(value.toPrecision(3))}`.replace("-", "−");
