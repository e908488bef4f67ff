import { checkOptions } from "../../ground/arguments/check-options.ts";
import { inNameOf } from "../../ground/arguments/in-name-of.ts";
import { aFinite, aFunction, aText, demand, listOf } from "../../ground/arguments/kinds.ts";
import { type Figure, figure } from "../figure.ts";
import { linspace } from "../linspace.ts";
import { palette } from "../palette.ts";
import type { Frame, Layout, Trace } from "../types.ts";
import { type BinPair, binPairs } from "./bin-pairs.ts";
import { baseBin, binEdges, dataBin } from "./bin-traces.ts";
import { densityTrace, mapTrace, panelLayout, panels, withRoom } from "./flow-panels.ts";
import { type CompleteFlow, completeFlow } from "./scalar-flow.ts";
import type { ScalarFunction } from "./scalar-map.ts";

/** A family of maps f(z, t), each strictly monotone in z. */
export interface DeformationOptions {
  /** x = f(z, t). */
  readonly forward: (z: number, t: number) => number;
  /** ∂f/∂z; by default by central differences. */
  readonly derivative?: (z: number, t: number) => number;
  /** Pr(z); by default the standard normal density. */
  readonly base?: ScalarFunction;
  /** The part of the z axis that is shown; by default [−3, 3]. */
  readonly zRange?: readonly [number, number];
  /** The slider's ends; by default from 0 to 1. */
  readonly tRange?: readonly [number, number];
  /** Positions of the slider; 26 if left out. */
  readonly steps?: number;
  /** How many equal bins z is cut into; 8 if left out. */
  readonly bins?: number;
  /** What t is called on the slider. */
  readonly name?: string;
  readonly title?: string;
}

interface State {
  readonly t: number;
  readonly flow: CompleteFlow;
  readonly bins: readonly BinPair[];
  readonly x: readonly number[];
  readonly density: readonly number[];
}

/**
 * A slider deforms f; the bins of x follow and the density of x rises and falls, while the mass of every bin stays
 * what it was. The masses in the picture are integrals: over z below, over the deformed density of x at the left.
 *
 * Pr(x) = Pr(z) · |∂f/∂z|⁻¹, for each t.
 *
 * Works without a kernel: every position of the slider is a plotly frame.
 *
 * @throws RangeError if some f(·, t) has no inverse on `zRange`, or there are fewer than two steps or one bin.
 * @see Prince, Understanding Deep Learning, equation 16.1.
 */
export function deformationFigure(options: DeformationOptions): Figure {
  return inNameOf("deformationFigure", () => drawDeformation(options));
}

function drawDeformation(options: DeformationOptions): Figure {
  checkOptions("deformationFigure", options, "deformationFigure({ forward: (z, t) => (1 + t) * z })", {
    forward: demand(aFunction),
    derivative: aFunction,
    base: aFunction,
    zRange: listOf(aFinite),
    tRange: listOf(aFinite),
    steps: aFinite,
    bins: aFinite,
    name: aText,
    title: aText,
  });
  const { zRange = [-3, 3], tRange = [0, 1], steps = 26, bins = 8 } = options;
  const z = linspace(...zRange, 121);
  const states = linspace(...tRange, steps).map((t) => stateAt(options, t, zRange, bins, z));
  const [first] = states;
  if (first === undefined)
    throw new RangeError(`deformationFigure: expected two steps or more; got ${steps}`);
  const upRange = withRoom([
    Math.min(...states.map((state) => state.flow.xRange[0])),
    Math.max(...states.map((state) => state.flow.xRange[1])),
  ]);
  const base = z.map(first.flow.base);
  const still = [
    ...first.bins.map((bin, index) => baseBin(first.flow, bin, index, false)),
    densityTrace("below", z, base, "z", palette.base, false),
    ...(bins > mostLabels ? [] : [baseMasses(first.bins, Math.max(...base))]),
  ];
  const moving = movingTraces(first, z, upRange);
  // A frame names the traces that stay too, with no change: plotly takes what a frame does not name off the page while
  // it draws the others.
  const unchanged = still.map((): Trace => ({}));
  const frames = states.map(
    (state, index): Frame => ({
      name: `step ${index}`,
      data: [...unchanged, ...movingTraces(state, z, upRange)],
    }),
  );
  const layout = panelLayout({
    ...{ across: "z", up: "x", map: "<i>x</i> = <i>f</i>(<i>z</i>)", acrossRange: zRange, upRange },
    ...{
      acrossDensity: Math.max(...base) * 1.3,
      upDensity: Math.max(...states.flatMap((state) => state.density)),
    },
    ...(options.title === undefined ? {} : { title: options.title }),
  });
  const description =
    "A slider deforms f: bins of x (left) stretch and shrink with it, and each keeps the mass of its bin of z (below).";
  return figure([...still, ...moving], withSlider(layout, states, options.name ?? "t"), {
    frames,
    description,
    caption:
      "Each bin keeps its mass: the same number over its <i>z</i> (below) and beside its <i>x</i> (left).",
  });
}

function stateAt(
  options: DeformationOptions,
  t: number,
  zRange: readonly [number, number],
  bins: number,
  z: readonly number[],
): State {
  const { forward, derivative, base } = options;
  const flow = completeFlow({
    forward: (value) => forward(value, t),
    ...(derivative === undefined ? {} : { derivative: (value) => derivative(value, t) }),
    ...(base === undefined ? {} : { base }),
    zRange,
  });
  const density = z.map((value) => flow.base(value) / Math.abs(flow.derivative(value)));
  return { t, flow, bins: binPairs(flow, bins), x: z.map(flow.forward), density };
}

function movingTraces(state: State, z: readonly number[], upRange: readonly [number, number]): Trace[] {
  return [
    ...state.bins.map((bin, index) => dataBin(state.flow, bin, index, false)),
    densityTrace("left", state.x, state.density, "x", palette.data, false),
    binEdges(state.flow, state.bins, upRange[0]),
    mapTrace(z, state.x, "z", "x"),
    ...(state.bins.length > mostLabels ? [] : [dataMasses(state, upRange)]),
  ];
}

const percent = (mass: number) => `${(100 * mass).toFixed(1)}%`;

/** More labels than these do not fit beside each other on a narrow page, in two rows; pointing at a bin tells its mass. */
const mostLabels = 12;

/** Masses of the bins of z, over the bins, in two rows in turn: neighbours would run together. */
function baseMasses(bins: readonly BinPair[], top: number): Trace {
  return {
    ...panels.below,
    name: "mass in each bin of z",
    mode: "text",
    x: bins.map((bin) => (bin.z[0] + bin.z[1]) / 2),
    y: bins.map((_, index) => top * (index % 2 === 0 ? 1.12 : 1.32)),
    text: bins.map((bin) => percent(bin.baseMass)),
    cliponaxis: false,
    textfont: { size: 11, color: palette.base },
    hoverinfo: "skip",
  };
}

/** Masses of the bins of x, between the two upper panels: there they never cover a density or the curve. */
function dataMasses(state: State, upRange: readonly [number, number]): Trace {
  // About the height of a line of text: labels of thin bins stand closer together than that, so they move apart.
  const gap = (upRange[1] - upRange[0]) / 20;
  const centres = state.bins.map((bin) => (bin.x[0] + bin.x[1]) / 2);
  return {
    ...panels.map,
    name: "mass in each bin of x",
    mode: "text",
    x: state.bins.map(() => state.flow.zRange[0]),
    y: spreadOut(centres, gap, upRange),
    text: state.bins.map((bin) => percent(bin.dataMass)),
    textposition: "middle left",
    cliponaxis: false,
    textfont: { size: 11, color: palette.data },
    hoverinfo: "skip",
  };
}

/** The same order, at least `gap` apart, moved as little as one sweep up and one down need. */
function spreadOut(places: readonly number[], gap: number, [low, high]: readonly [number, number]): number[] {
  const order = places.map((_, index) => index).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const moved = order.map((index) => places[index] ?? 0);
  for (let i = 0; i < moved.length; i++) {
    moved[i] = Math.max(moved[i] ?? 0, i === 0 ? low + gap / 2 : (moved[i - 1] ?? 0) + gap);
  }
  for (let i = moved.length - 1; i >= 0; i--) {
    moved[i] = Math.min(moved[i] ?? 0, i === moved.length - 1 ? high - gap / 2 : (moved[i + 1] ?? 0) - gap);
  }
  return places.map((_, index) => moved[order.indexOf(index)] ?? 0);
}

function withSlider(layout: Layout, states: readonly State[], name: string): Layout {
  const instant = { mode: "immediate", frame: { duration: 0, redraw: false }, transition: { duration: 0 } };
  const play = {
    mode: "immediate",
    fromcurrent: true,
    frame: { duration: 60, redraw: false },
    transition: { duration: 0 },
  };
  const button = (label: string, args: unknown[]) => ({ label, method: "animate", args });
  const slider = {
    ...{ x: 0, len: 1, xanchor: "left", y: 0, yanchor: "top", pad: { t: 52, b: 4, l: 0, r: 0 } },
    currentvalue: { prefix: `${name} = `, xanchor: "left", font: { size: 14 } },
    font: { size: 11 },
    steps: states.map((state, index) => ({
      label: state.t.toFixed(2),
      method: "animate",
      args: [[`step ${index}`], instant],
    })),
  };
  const buttons = {
    type: "buttons",
    direction: "left",
    showactive: false,
    // Below the slider: they are as wide in a narrow window as in a wide one.
    ...{ x: 0, xanchor: "left", y: 0, yanchor: "top", pad: { t: 140 } },
    buttons: [button("▶ Play", [null, play]), button("❚❚", [[null], instant])],
  };
  const margin = { ...(layout.margin as Record<string, number>), b: 208 };
  return { ...layout, height: 678, margin, sliders: [slider], updatemenus: [buttons] };
}
