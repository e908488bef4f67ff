import type { Bijection } from "../../bijections/bijection.ts";
import { checkBijection } from "../../bijections/building/check-bijection.ts";
import { contextFor } from "../../bijections/building/context.ts";
import { asFloat } from "../../engine/as-float.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import { checkOptions } from "../../ground/arguments/check-options.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import { aFinite, anObject, aText, atMost, demand, listOf, numbers } from "../../ground/arguments/kinds.ts";
import { refuseContext } from "../../ground/arguments/refuse-context.ts";
import { plural } from "../../ground/plural.ts";
import { type Figure, figure } from "../figure.ts";
import { palette } from "../palette.ts";
import { inTheme } from "../theme.ts";
import type { Frame, Layout, Trace } from "../types.ts";
import {
  checkRange,
  coordinateNames,
  type GivenPoints,
  type PlaneRange,
  plainPoints,
  planeAxes,
  rangeAround,
} from "./plane.ts";
import { gridLines } from "./warped-grid.ts";

/** A flow of the plane, and what is followed through it. */
export interface FlowLayersOptions {
  /** A {@link chain}: each of its parts is one layer. */
  readonly bijection: Bijection;
  /** Points of z to follow, a tensor of shape [n, 2] or [x, y] each; a square grid over ±3 if left out. */
  readonly points?: GivenPoints;
  /** What of the plane is shown; all that the points pass if left out. */
  readonly range?: PlaneRange;
  /** What each layer is called; its own name if left out. */
  readonly names?: readonly string[];
  /** Pictures from one layer to the next; 8 if left out. */
  readonly between?: number;
  /** What the flow is conditioned on, [C] or [n, C]. */
  readonly context?: tf.Tensor | tf.TensorLike;
  readonly title?: string;
}

/**
 * How a flow turns z into x, layer by layer, from z on: points move in straight lines from where one layer puts them to where the
 * next does, and their colour from that of z to that of x. A slider and Play, which
 * open at z; works without a kernel. A picture that cannot be played shows x.
 *
 * @throws RangeError if there are no points, or none stays finite.
 * @throws ShapeError if the points are a tensor of another shape.
 * @see Prince, Understanding Deep Learning, figure 16.4 (the idea).
 */
export function flowLayersFigure(options: FlowLayersOptions): Figure {
  return inNameOf("flowLayersFigure", () => drawFlowLayers(options));
}

function drawFlowLayers(options: FlowLayersOptions): Figure {
  checkOptions("flowLayersFigure", options, "flowLayersFigure({ bijection })", {
    bijection: demand(anObject),
    points: numbers,
    range: listOf(listOf(aFinite)),
    names: listOf(aText),
    between: atMost(100, aFinite),
    context: numbers,
    title: aText,
  });
  checkRange("flowLayersFigure", options.range);
  checkBijection("flowLayersFigure", options.bijection);
  const { bijection, between = 8 } = options;
  const lines =
    options.points === undefined
      ? gridLines(
          [
            [-3, 3],
            [-3, 3],
          ],
          13,
          49,
        )
      : undefined;
  const start = (lines?.flat() ?? plainPoints(options.points ?? [])).map((point) => Array.from(point));
  const layers = follow(bijection, start, options.context);
  const parts = bijection.parts ?? [bijection];
  const names = ["z", ...parts.map((part, i) => options.names?.[i] ?? `${i + 1}: ${part.name ?? "layer"}`)];
  const places = layers
    .slice(1)
    .flatMap((_, i) => Array.from({ length: between }, (__, k) => ({ layer: i, share: k / between })));
  places.push({ layer: layers.length - 1, share: 0 });
  const states = places.map(({ layer, share }) => {
    const next = layers[layer + 1];
    const points = next === undefined || share === 0 ? layers[layer] : mix(layers[layer], next, share);
    return { points, progress: (layer + share) / (layers.length - 1), layer, share };
  });
  const trace = ({ points, progress }: (typeof states)[number]) => draw(points, progress, lines?.[0]?.length);
  const frames = states.map((state, i): Frame => ({ name: `${i}`, data: [trace(state)], traces: [0] }));
  const range = options.range ?? rangeAround(layers.flat());
  const labels = states.map(({ layer, share }) =>
    share > 0 ? `on the way through ${names[layer + 1]}` : layer === 0 ? names[0] : `after ${names[layer]}`,
  );
  const description =
    `${options.title ?? "A flow"}: ${plural(start.length, "point")} through ${plural(parts.length, "layer")} ` +
    `(${names.slice(1).join(", ")}); a still picture shows x, the end`;
  const darkColors = Object.fromEntries(
    states.map(({ progress }) => [colorAt("light", progress), colorAt("dark", progress)]),
  );
  // The figure opens at z, so that the way is seen before the end; a picture that cannot be played shows the end.
  return figure([trace(states[0])], withControls(range, labels, options.title), {
    frames,
    still: frames.length - 1,
    description,
    darkColors,
  });
}

/** Where the points are at first and after each part. */
function follow(
  bijection: Bijection,
  points: number[][],
  context: FlowLayersOptions["context"],
): number[][][] {
  return tidy(() => {
    const layers = [points];
    const own = context === undefined ? undefined : asFloat(context, "flowLayersFigure, context");
    refuseContext("flowLayersFigure", bijection.contextSize, own);
    let current = tf.tensor2d(points, [points.length, 2]) as tf.Tensor;
    for (const part of bijection.parts ?? [bijection]) {
      current = part.forward(current, contextFor(part, own)).value;
      layers.push(current.arraySync() as number[][]);
    }
    return layers;
  });
}

function mix(from: number[][], to: number[][], share: number): number[][] {
  return from.map((point, i) => point.map((value, d) => (1 - share) * value + share * (to[i]?.[d] ?? value)));
}

/** Points as markers, or as lines of so many points each. */
function draw(points: number[][], progress: number, lineLength: number | undefined): Trace {
  const color = colorAt("light", progress);
  const coordinate = (d: number) =>
    points.flatMap((point, i) => {
      const value = Math.round((point[d] ?? 0) * 1e4) / 1e4;
      return lineLength !== undefined && (i + 1) % lineLength === 0 ? [value, null] : [value];
    });
  const look: Trace =
    lineLength === undefined
      ? { mode: "markers", marker: { color, size: 4, opacity: 0.6 } }
      : { mode: "lines", line: { color, width: 1.2 } };
  return { ...look, x: coordinate(0), y: coordinate(1), hoverinfo: "skip" };
}

/** The colour on the way from that of z to that of x. */
function colorAt(theme: "light" | "dark", progress: number): string {
  const [from, to] = [palette.base, palette.data].map((color) => inTheme(color, theme));
  return blend(from, to, progress);
}

function blend(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map((start) => {
    const [a, b] = [from, to].map((color) => Number.parseInt(color.slice(start, start + 2), 16));
    return Math.round((1 - share) * a + share * b)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}

function withControls(range: PlaneRange, labels: readonly string[], title: string | undefined): Layout {
  const still = { mode: "immediate", frame: { duration: 0, redraw: false }, transition: { duration: 0 } };
  const play = { ...still, fromcurrent: false, frame: { duration: 50, redraw: false } };
  const button = (label: string, args: unknown[]) => ({ label, method: "animate", args });
  const slider = {
    ...{ x: 0, len: 1, xanchor: "left", y: 0, yanchor: "top", pad: { t: 62, b: 4, l: 0, r: 0 } },
    active: 0,
    currentvalue: { prefix: "", xanchor: "left", font: { size: 14 } },
    ...{ font: { size: 11 }, ticklen: 0, minorticklen: 0, tickcolor: palette.paper },
    steps: labels.map((label, i) => ({ label, method: "animate", args: [[`${i}`], still] })),
  };
  const buttons = {
    type: "buttons",
    direction: "left",
    showactive: false,
    // Below the slider: they are as wide in a narrow window as in a wide one.
    ...{ x: 0, xanchor: "left", y: 0, yanchor: "top", pad: { t: 122 } },
    buttons: [button("▶ Play", [null, play]), button("❚❚", [[null], still])],
  };
  return {
    ...planeAxes(range, coordinateNames("data")),
    height: 616,
    margin: { b: 186 },
    showlegend: false,
    sliders: [slider],
    updatemenus: [buttons],
    ...(title === undefined ? {} : { title }),
  };
}
