import { linspace } from "../linspace.ts";
import { fade, palette } from "../palette.ts";
import type { Trace } from "../types.ts";
import type { BinPair } from "./bin-pairs.ts";
import { panels } from "./flow-panels.ts";
import type { CompleteFlow } from "./scalar-flow.ts";

const pointsPerBin = 15;

/** A mass as it is shown: four digits behind the point. */
export function showMass(mass: number): string {
  return mass.toFixed(4);
}

/** Fill of a bin: every other one a little darker, the highlighted one in the accent colour. */
function binColor(index: number, highlighted: boolean, hue: string): string {
  return highlighted ? fade(palette.accent, 0.6) : fade(hue, index % 2 === 0 ? 0.34 : 0.17);
}

/** The area under Pr(z) over one bin. */
export function baseBin(flow: CompleteFlow, bin: BinPair, index: number, highlighted: boolean): Trace {
  const z = linspace(...bin.z, pointsPerBin);
  return {
    ...panels.below,
    ...binLook(binColor(index, highlighted, palette.base)),
    name: `z bin ${index + 1}`,
    x: [bin.z[0], ...z, bin.z[1]],
    y: [0, ...z.map(flow.base), 0],
    text: hover("z", bin.z, bin.baseMass),
  };
}

/** The area under Pr(x) over the image of one bin, lying on its side. */
export function dataBin(flow: CompleteFlow, bin: BinPair, index: number, highlighted: boolean): Trace {
  const z = linspace(...bin.z, pointsPerBin);
  const x = z.map(flow.forward);
  const density = z.map((value) => flow.base(value) / Math.abs(flow.derivative(value)));
  return {
    ...panels.left,
    ...binLook(binColor(index, highlighted, palette.data)),
    name: `x bin ${index + 1}`,
    x: [0, ...density, 0],
    y: [x[0] ?? 0, ...x, x.at(-1) ?? 0],
    text: hover("x", bin.x, bin.dataMass),
  };
}

function binLook(fillcolor: string): Trace {
  return {
    mode: "lines",
    fill: "toself",
    fillcolor,
    line: { width: 0.8, color: palette.guide },
    hoveron: "fills",
    hoverinfo: "text",
    showlegend: false,
  };
}

function hover(name: string, [low, high]: readonly [number, number], mass: number): string {
  const ends = [low, high].map((end) => end.toFixed(2).replace("-", "−")).join(", ");
  return `${name} in [${ends}]: mass ${showMass(mass)}`;
}

/** The bins' edges: up from the z axis to the curve, then left to the x axis. */
export function binEdges(flow: CompleteFlow, bins: readonly BinPair[], bottom: number): Trace {
  const edges = [...bins.map((bin) => bin.z[0]), bins.at(-1)?.z[1] ?? 0];
  return {
    ...panels.map,
    name: "bin edges",
    mode: "lines",
    x: edges.flatMap((z) => [z, z, flow.zRange[0], null]),
    y: edges.flatMap((z) => [bottom, flow.forward(z), flow.forward(z), null]),
    line: { color: palette.guide, width: 1, dash: "dot" },
    hoverinfo: "skip",
    showlegend: false,
  };
}

/** The strip that one bin casts: up to the curve and left to the x axis. */
export function binStrip(flow: CompleteFlow, bin: BinPair, bottom: number): Trace {
  const z = linspace(...bin.z, pointsPerBin);
  const x = z.map(flow.forward);
  const left = flow.zRange[0];
  const [first = 0, last = 0] = [x[0], x.at(-1)];
  return {
    ...panels.map,
    name: "highlighted bin",
    mode: "lines",
    x: [bin.z[0], ...z, bin.z[1], bin.z[0], null, left, bin.z[0], ...z, left],
    y: [bottom, ...x, bottom, bottom, null, first, first, ...x, last],
    fill: "toself",
    fillcolor: fade(palette.accent, 0.16),
    line: { width: 0, color: palette.accent },
    hoverinfo: "skip",
    showlegend: false,
  };
}
