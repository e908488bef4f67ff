import { aFinite, checkKind, demand } from "../ground/arguments/kinds.ts";
import { describe } from "../ground/arguments/plain-numbers.ts";
/**
 * Colours with one meaning across the whole course: what lives in base space is blue, what lives in data space is
 * orange, maps and losses have colours of their own. The hues follow Okabe and Ito and stay distinct with every common
 * form of colour blindness; every figure also tells them apart by position or dash. How they look on a dark page is
 * said in `theme.ts`.
 */
export const palette = {
  /** Base space: z, its density and its samples. */
  base: "#0072b2",
  /** Data space: x, its density and its samples, whether observed or drawn from a model. */
  data: "#d55e00",
  /** Data space, of what is compared with: the density that the data came from. */
  truth: "#7a3500",
  /** A map between the spaces, such as x = f(z). */
  map: "#3b4252",
  /** The loss of a training. */
  loss: "#8a6400",
  /** The loss on held-out data. */
  heldOut: "#c02fd0",
  /** What belongs to neither space and is compared with, such as the best possible loss. */
  neutral: "#6b7280",
  /** The one thing to look at: a highlighted bin or sample. */
  accent: "#009e73",
  /** A second highlighted thing. */
  accent2: "#a94ff5",
  /** The curve that was asked for, broad and pale under somebody's own. */
  asked: "#b4bcc8",
  /** Guides, dashes and bin edges. */
  guide: "#9aa3b2",
  /** Grid lines. */
  grid: "#e6e9ef",
  /** Titles, labels and legends. */
  text: "#2e3440",
  /** Behind everything. */
  paper: "#ffffff",
} as const;

/** Order in which traces without a colour of their own are coloured: none is taken for a space before the last ones. */
export const colorway = [
  palette.map,
  palette.accent,
  palette.accent2,
  "#b58900",
  "#56b4e9",
  palette.data,
  palette.base,
] as const;

/** A colour scale as plotly writes it: positions from 0 to 1 with their colours. */
export type ColorScale = readonly (readonly [number, string])[];

/** Densities in base space, from nothing (the paper) to much. */
export const baseScale: ColorScale = [
  [0, "#ffffff"],
  [0.25, "#cfe3f1"],
  [0.5, "#86bbdc"],
  [0.75, "#2f8bc4"],
  [1, "#01436b"],
];

/** Densities in data space, from nothing (the paper) to much. */
export const dataScale: ColorScale = [
  [0, "#ffffff"],
  [0.25, "#fbdcc7"],
  [0.5, "#f3a878"],
  [0.75, "#de7128"],
  [1, "#7a3500"],
];

/** Signed values: blue below zero, the paper at zero, orange above. Give the trace a `zmin` of −`zmax`. */
export const signedScale: ColorScale = [
  [0, "#01436b"],
  [0.25, "#6aaad2"],
  [0.5, "#ffffff"],
  [0.75, "#ef9a63"],
  [1, "#7a3500"],
];

/**
 * The same colour, see-through.
 *
 * @param color `#rrggbb`.
 * @param alpha 0 (invisible) to 1 (opaque).
 * @returns The colour as CSS writes it, `rgba(…)`.
 * @throws RangeError if `color` is not written as `#rrggbb`.
 */
export function fade(color: string, alpha: number): string {
  checkKind("fade", "alpha", alpha, demand(aFinite));
  if (typeof color !== "string" || !/^#[0-9a-f]{6}$/i.test(color)) {
    throw new RangeError(`fade: expected a colour written as #rrggbb; got ${describe(color)}`);
  }
  const channel = (start: number) => Number.parseInt(color.slice(start, start + 2), 16);
  return `rgba(${channel(1)},${channel(3)},${channel(5)},${alpha})`;
}
