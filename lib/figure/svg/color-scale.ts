import { extent } from "d3-array";
import { scaleLinear } from "d3-scale";
import { palette } from "../palette.ts";
import type { Trace } from "../types.ts";

/** Which colours stand for which values in a heatmap. */
export interface ColorScale {
  readonly low: number;
  readonly high: number;
  /** The colour of a value; beyond the ends, that of the end. */
  color(value: number): string;
}

/** A heatmap's rows of numbers; what is none is NaN. */
export function valuesOf(trace: Trace): number[][] {
  const number = (value: number | string | null) => (value === null ? Number.NaN : Number(value));
  return (trace.z ?? []).map((row) => Array.from<number | string | null>(row).map(number));
}

/** From the smallest to the largest of a heatmap's values, if it does not say otherwise. */
export function colorScale(trace: Trace): ColorScale {
  const [least = 0, most = 1] = extent(valuesOf(trace).flat().filter(Number.isFinite));
  const low = (trace.zmin as number | undefined) ?? least;
  const high = (trace.zmax as number | undefined) ?? most;
  const stops = Array.isArray(trace.colorscale)
    ? (trace.colorscale as [number, string][])
    : ([
        [0, palette.paper],
        [1, palette.base],
      ] as [number, string][]);
  const at = scaleLinear<string>(
    stops.map(([position]) => low + position * (high - low || 1)),
    stops.map(([, color]) => color),
  ).clamp(true);
  return { low, high, color: (value) => at(value) };
}

/** Red, green and blue of a colour: d3 interpolates colours to `rgb(r, g, b)`; the ends of a scale stay as they were given. */
export function channels(color: string): number[] {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  if (hex !== null) return hex.slice(1).map((pair) => Number.parseInt(pair, 16));
  return (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
}
