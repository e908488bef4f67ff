import { scaleLinear } from "d3-scale";
import { palette } from "../palette.ts";
import { pngAddress } from "../png.ts";
import type { Title, Trace } from "../types.ts";
import { type Area, titleText } from "./axes.ts";
import { type ColorScale, channels, colorScale } from "./color-scale.ts";
import { attributes, drawText, textWidth } from "./text.ts";

const [THICKNESS, GAP, TICK, SIZE, AFTER] = [12, 14, 4, 12, 8];
/** Shades of a bar. It is a small picture: a gradient would need a name, which may be taken in the page around. */
const SHADES = 128;

/** What tells the colours of a heatmap: a bar with its values, and their name beside it. */
interface ColorBar {
  readonly scale: ColorScale;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
  readonly title: string;
  /** All of it, with the gaps before and after. */
  readonly width: number;
}

/** The bars of the heatmaps that ask for one, as plotly.js takes it: by `colorbar`, unless `showscale` is false. */
export function colorBars(data: readonly Trace[]): ColorBar[] {
  return data.flatMap((trace) => {
    const asked = trace.colorbar as { title?: Title } | undefined;
    if (asked === undefined || trace.showscale === false || trace.visible === false) return [];
    const scale = colorScale(trace);
    const axis = scaleLinear([scale.low, scale.high], [0, 1]);
    const format = axis.tickFormat(6);
    const ticks = axis.ticks(6).map((value) => ({ value, label: format(value) }));
    const labels = Math.max(0, ...ticks.map(({ label }) => textWidth(label, SIZE)));
    const title = titleText(asked.title);
    const width = GAP + THICKNESS + TICK + 3 + labels + (title === "" ? 0 : SIZE + 10) + AFTER;
    return [{ scale, ticks, title, width }];
  });
}

/** Draws bars one beside the other, from the plot's right edge on. */
export function drawColorBars(bars: readonly ColorBar[], area: Area): string {
  let left = area.left + area.width;
  return bars
    .map((bar) => {
      const drawn = drawColorBar(bar, left + GAP, area);
      left += bar.width;
      return drawn;
    })
    .join("");
}

function drawColorBar({ scale, ticks, title, width }: ColorBar, x: number, { top, height }: Area): string {
  const at = scaleLinear([scale.low, scale.high], [top + height, top]);
  const shades = Array.from({ length: SHADES }, (_, i) =>
    channels(scale.color(scale.high - ((i + 0.5) / SHADES) * (scale.high - scale.low))),
  );
  const picture = { width: 1, height: SHADES, data: Uint8Array.from(shades.flat()) };
  const box = { x, y: top, width: THICKNESS, height };
  const bar = `<image${attributes({ ...box, preserveAspectRatio: "none", href: pngAddress(picture) })}/>`;
  const end = x + THICKNESS;
  const style = { size: SIZE, color: palette.text } as const;
  const marks = ticks.map(({ value, label }) => {
    const y = at(value);
    const line = attributes({ x1: end, x2: end + TICK, y1: y, y2: y, stroke: palette.guide });
    return `<line${line}/>${drawText(label, end + TICK + 3, y, { ...style, baseline: "middle" })}`;
  });
  const name = title === "" ? "" : drawTitle(title, x - GAP + width - AFTER, top + height / 2);
  return `<g>${bar}${marks.join("")}${name}</g>`;
}

function drawTitle(title: string, right: number, middle: number): string {
  return drawText(title, right - SIZE, middle, {
    ...{ size: SIZE + 1, color: palette.text },
    ...{ anchor: "middle", rotate: 90 },
  });
}
